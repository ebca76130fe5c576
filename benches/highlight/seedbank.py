#!/usr/bin/env python3
"""A seed bank: what is in store, what germinates, and what to sow next.

Small enough to read in one sitting, and long enough to show most of the language:

    >>> bank = SeedBank.from_csv("bean,2023,40,0.92\\n")
    >>> bank["bean"].viable
    36
"""

from __future__ import annotations

import asyncio
import csv
import io
import re
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum, auto
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import Final, Protocol, Self, overload

type Name = str
type Shelves[T] = dict[Name, list[T]]

HALF_LIFE: Final = 1_461  # days: four years, one of them long
MASK = 0xFF & ~0b0000_1111 | 0o17
AVOGADRO, ROTATION = 6.022_140_76e23, 3.5e-1 + 2j
LINE = re.compile(
    r"""
    (?P<name>[\w-]+) \s* ,      # bean, sweet-pea
    (?P<year>\d{4})  \s* ,
    (?P<count>\d+)   \s* ,
    (?P<rate>[01]?\.\d+)
    """,
    re.VERBOSE | re.ASCII,
)
MAGIC = b"\x89SEED\r\n\x1a\n"


class Season(Enum):
    SPRING = auto()
    SUMMER = auto()
    AUTUMN = auto()
    WINTER = auto()

    @classmethod
    def of(cls, day: date) -> Season:
        return list(cls)[(day.month % 12 // 3 + 3) % 4]


class Sower(Protocol):
    def sow(self, name: Name, *, count: int = 1) -> bool: ...


class NotInStore(LookupError):
    """Raised when nobody has ever handed in such a seed."""

    def __init__(self, name: Name, close: Iterable[Name] = ()) -> None:
        super().__init__(name)
        self.name = name
        self.close = sorted(close, key=len)

    def __str__(self) -> str:
        hint = f"; did you mean {' or '.join(map(repr, self.close))}?" if self.close else ""
        return f"no seeds of {self.name!r}{hint}"


@dataclass(frozen=True, slots=True, order=True)
class Lot:
    """Seeds of one kind and one harvest."""

    name: Name
    harvested: date
    count: int = field(default=0, compare=False)
    rate: float = field(default=1.0, compare=False, repr=False)

    def __post_init__(self) -> None:
        if not 0 <= self.rate <= 1:
            raise ValueError(f"{self.rate=} is no rate")
        assert self.count >= 0, "a lot can't owe seeds"

    @property
    def viable(self) -> int:
        return int(self.count * self.rate * self.decay(date.today()))

    def decay(self, day: date, /) -> float:
        age = (day - self.harvested).days
        return 0.5 ** (age / HALF_LIFE) if age > 0 else 1.0

    def __add__(self, other: Lot) -> Lot:
        if self.name != other.name or self.harvested != other.harvested:
            return NotImplemented
        total = self.count + other.count
        return Lot(self.name, self.harvested, total, min(self.rate, other.rate))


class SeedBank:
    """All lots, by name; the oldest of a name first."""

    limit = 10_000
    _instances: list[Self] = []

    def __init__(self, lots: Iterable[Lot] = ()) -> None:
        self._lots: defaultdict[Name, list[Lot]] = defaultdict(list)
        for lot in lots:
            self._lots[lot.name].append(lot)
        type(self)._instances.append(self)

    @classmethod
    def from_csv(cls, text: str) -> Self:
        rows = csv.reader(io.StringIO(text), delimiter=",", quotechar='"')
        return cls(
            Lot(name.strip().lower(), date(int(year), 9, 1), int(count), float(rate))
            for name, year, count, rate in rows
            if name and not name.startswith("#")
        )

    @overload
    def __getitem__(self, key: Name) -> Lot: ...
    @overload
    def __getitem__(self, key: slice) -> list[Lot]: ...
    def __getitem__(self, key):
        match key:
            case slice(start=None, stop=None):
                return list(self)
            case slice(start=first, stop=last) if first is not None:
                return [lot for lot in self if first <= lot.name < (last or "\uffff")]
            case str(name) | {"name": name} if (found := self._lots.get(name)):
                return found[0]
            case [name, -1] | (name, "last"):
                return self._lots[name][-1]
            case _:
                raise NotInStore(key, close=self.similar(str(key)))

    def __iter__(self) -> Iterator[Lot]:
        for lots in self._lots.values():
            yield from sorted(lots)

    def __len__(self) -> int:
        return sum(len(lots) for lots in self._lots.values())

    def __contains__(self, name: object) -> bool:
        return name in self._lots and any(lot.viable for lot in self._lots[name])

    @cached_property
    def names(self) -> frozenset[Name]:
        return frozenset(self._lots)

    @lru_cache(maxsize=128)
    def similar(self, name: Name, limit: float = 0.6) -> tuple[Name, ...]:
        def likeness(other: Name) -> float:
            ours, theirs = Counter(name), Counter(other)
            return 2 * (ours & theirs).total() / max(1, len(name) + len(other))

        return tuple(filter(lambda other: likeness(other) >= limit, self.names))

    @contextmanager
    def borrowed(self, name: Name, count: int = 1):
        global borrowed_today
        lot = self[name]
        if lot.viable < count:
            raise NotInStore(name) from None
        try:
            yield lot
        except (OSError, ValueError) as error:
            print(f"{name:<12}|{error!s:>30}", end="\n\n")
            raise
        else:
            borrowed_today += count
        finally:
            del lot

    def report(self, width: int = 40, *columns: str, **options: object) -> str:
        rule = "\N{BOX DRAWINGS LIGHT HORIZONTAL}" * width
        lines = [f"{'name':<{width - 18}}{'seeds':>8}{'rate':>10}", rule]
        for lot in self:
            lines.append(f"{lot.name:<{width - 18}}{lot.count:>8,}{lot.rate:>10.1%}")
        if options.get("total", True):
            lines += [rule, f"{'':<{width - 18}}{sum(lot.count for lot in self):>8_}"]
        return "\n".join(lines)

    def to_html(self) -> str:
        cell = "<td class=\"{cls}\">{text}</td>"
        rows = (
            f'''<tr id="{lot.name}">
              {cell.format(cls='name', text=f"{lot.name.title()}")}
              {cell.format(cls="count", text=lot.count)}
            </tr>'''
            for lot in self
        )
        return t"<table>{''.join(rows):safe}</table>"


borrowed_today = 0


def sowing_plan(
    bank: SeedBank,
    beds: int,
    wanted: Callable[[Lot], bool] = lambda lot: lot.rate > 0.5,
) -> dict[Season, list[Name]]:
    """Spreads what is wanted over the seasons.

    The oldest seeds go first, since they lose \t most by waiting.
    """
    plan: dict[Season, list[Name]] = {season: [] for season in Season}
    queue = sorted((lot for lot in bank if wanted(lot)), key=lambda lot: lot.harvested)
    while queue and beds > 0:
        lot, *queue = queue
        season = Season.of(lot.harvested + timedelta(days=180))
        if season is Season.WINTER and not lot.name.endswith(("bean", "pea")):
            continue
        plan[season].append(lot.name)
        beds -= 1
    return {season: names for season, names in plan.items() if names}


async def watered(beds: list[Name], pause: float = 0.05) -> AsyncIterator[tuple[int, Name]]:
    for number, bed in enumerate(beds, start=1):
        await asyncio.sleep(pause)
        yield number, bed


async def main(path: Path | None = None) -> int:
    text = path.read_text(encoding="utf-8") if path else "bean,2023,40,0.92\npea,2021,300,0.4\n"
    bank = SeedBank.from_csv(text)
    plan = sowing_plan(bank, beds=3)
    async with asyncio.TaskGroup() as group:
        task = group.create_task(asyncio.sleep(0, result=True))
    seen = [bed async for _, bed in watered([name for names in plan.values() for name in names])]
    if not (await task) or len(seen) != len(set(seen)):
        return 1
    say = partial(print, sep=" · ", flush=True)
    say(*seen, f"{len(bank)} lots", "\u2713" if seen else "\N{CROSS MARK}")
    print(bank.report(total=False))
    try:
        bank["beam"]
    except NotInStore as error:
        print(error, *error.args, sep="\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(asyncio.run(main()))
