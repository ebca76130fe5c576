"""Files that blocks are, and modules out of files where the code runs: both change while Python goes on.

The page brings this file where a block is a file, or has a module of the site. Plain Python, like prelude.py.
"""

import contextlib
import importlib.util
import itertools
import os
import sys
from json import loads
from pathlib import Path

# What is Python's own, or a package.
_LIBRARY = "/lib/python"

# Modules are where code runs, in few files; other folders may have many.
_LOOKED_AT = 1_000

# What files were when they were last looked at: the time of their change, their size.
_seen: dict[str, tuple[int, int]] = {}


def refresh(written: str) -> None:
    """Save files, a JSON list of paths and texts, and have the next `import` read anew what changed since the last."""
    changed = {file for file, stat in _stats().items() if _seen.get(file, stat) != stat}
    for file in loads(written):
        path = Path(file["path"])
        text = file["text"].rstrip("\n") + "\n"
        with contextlib.suppress(OSError, UnicodeDecodeError):
            if path.read_text() == text:
                continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        changed.add(str(path.resolve()))
    if changed:
        _forget(changed)
    _seen.update(_stats())


def _local() -> dict[str, str]:
    """The files of modules that are the page's own, by their names."""
    files = {name: getattr(module, "__dict__", {}).get("__file__") for name, module in [*sys.modules.items()] if name != "__main__"}
    return {name: os.path.realpath(file) for name, file in files.items() if isinstance(file, str) and _LIBRARY not in file and os.path.isfile(file)}


def _stats() -> dict[str, tuple[int, int]]:
    """Of modules, and of what may become one."""
    files = {*_local().values(), *map(os.path.realpath, itertools.islice(Path().rglob("*.py"), _LOOKED_AT))}
    stats = ((file, os.stat(file)) for file in files if os.path.isfile(file))
    return {file: (stat.st_mtime_ns, stat.st_size) for file, stat in stats}


def _forget(changed: set[str]) -> None:
    """Also modules that didn't change: they hold what those that did have defined."""
    local = _local()
    if changed.intersection(local.values()):
        for name in local:
            del sys.modules[name]
    for file in changed:
        # Python compares times by the second: an edit may be faster.
        with contextlib.suppress(OSError, NotImplementedError):
            os.remove(importlib.util.cache_from_source(file))
    importlib.invalidate_caches()
