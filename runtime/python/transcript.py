"""Runs the transcript of a console as a console does, and compares what it prints with what is written.

As with doctest, what is written below a prompt ends with an empty line or the next prompt, `...` in it stands for
anything, `<BLANKLINE>` for an empty line, and of a traceback the last line counts.
The page brings this file with the first transcript. Plain Python, like prelude.py.
"""

import ast
import contextlib
import io
import json
import linecache
import sys
import traceback

# What is told of a line.
_LENGTH = 200

# What is kept of what an example prints.
_KEPT = 100_000

_TRACEBACK = "Traceback (most recent call last):"


async def run(prelude, examples: str, code: str, session: str, filename: str) -> str:
    """What `prelude.run` does, for the code of a transcript; `examples` are those of notebook_syntax.py, as JSON.

    The outcome of a run that came to its end has `differences`: a line, what is written there and what came.
    """
    expected = json.loads(examples)
    is_compared = any(example["written"] for example in expected)
    differences: list[dict] = []

    async def evaluate(code: str, scope: dict, filename: str) -> None:
        lines = code.split("\n")
        linecache.cache[filename] = (len(code), None, [f"{line}\n" for line in lines], filename)
        tree = compile(code, filename, "exec", ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
        for example in expected:
            statements = [each for each in tree.body if example["start"] <= each.lineno <= example["end"]]
            shown = [each for each in statements if _is_shown(each, statements, example["is_cell"], lines)]
            found = await _printed(prelude, statements, shown, example["written"][:1] == [_TRACEBACK], scope, filename)
            if is_compared and (difference := _difference(example["written"], found)):
                place, written, came = difference
                # The last one where more was printed than is written.
                line = [example["end"], *example["lines"]][min(place + 1, len(example["lines"]))]
                differences.append({"line": line, "written": written[:_LENGTH], "found": came[:_LENGTH]})

    outcome = json.loads(await prelude.run(code, session, filename, evaluate))
    return json.dumps(outcome | {"differences": differences})


def _is_shown(statement: ast.stmt, statements: list[ast.stmt], is_cell: bool, lines: list[str]) -> bool:
    """Whether a value of the statement is shown: a cell shows that of its last line, unless a `;` ends it."""
    if not is_cell:
        return True
    behind = lines[statement.end_lineno - 1].encode()[statement.end_col_offset :]
    return statement is statements[-1] and not behind.lstrip().startswith(b";")


async def _printed(prelude, statements: list[ast.stmt], shown: list[ast.stmt], may_fail: bool, scope: dict, filename: str) -> list[str]:
    """The lines that statements print, with the values of those that are shown; of an error that may be, which is shown too, those that count."""
    tee = _Tee(sys.stdout)
    try:
        with contextlib.redirect_stdout(tee):
            for statement in statements:
                tree, mode = (ast.Interactive([statement]), "single") if statement in shown else (ast.Module([statement], []), "exec")
                await prelude.execute(tree, scope, filename, mode)
    except Exception as error:
        if not may_fail:
            raise
        told = "".join(traceback.format_exception_only(error))
        sys.stderr.write(told)
        return [_TRACEBACK, *told.rstrip().split("\n")[-1:]]
    text = "".join(tee.written)
    return [line.rstrip() for line in text.removesuffix("\n").split("\n")] if text else []


class _Tee(io.TextIOBase):
    """Notes what is written."""

    def __init__(self, stream) -> None:
        self.stream, self.left = stream, _KEPT
        self.written: list[str] = []

    def write(self, text: str) -> int:
        self.written.append(text[: self.left])
        self.left = max(0, self.left - len(text))
        return self.stream.write(text)

    def flush(self) -> None:
        self.stream.flush()


def _difference(written: list[str], found: list[str]) -> tuple[int, str, str] | None:
    """The place of the first line that differs, what is written there, and what was found."""
    if written[:1] == [_TRACEBACK] == found[:1]:
        # The frames between are somebody else's.
        return None if _matches(found[-1], written[-1].split("...")) else (len(written) - 1, written[-1], found[-1])
    written = ["" if line == "<BLANKLINE>" else line for line in written]
    if _matches("\n".join(found), "\n".join(written).split("...")):
        return None
    shorter = min(len(written), len(found))
    place = next((at for at in range(shorter) if not _matches(found[at], written[at].split("..."))), shorter)
    return place, *(lines[place] if place < len(lines) else "" for lines in (written, found))


def _matches(text: str, pieces: list[str]) -> bool:
    """Whether the pieces stand in the text in their order, the first at its beginning, the last at its end."""
    first, *between = pieces
    if not between:
        return text == first
    last = between.pop()
    if not text.startswith(first):
        return False
    place = len(first)
    for piece in between:
        place = text.find(piece, place)
        if place < 0:
            return False
        place += len(piece)
    return len(text) - place >= len(last) and text.endswith(last)
