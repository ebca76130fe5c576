"""Brings a module that Pyodide's distribution has when code needs it, while Python waits.

The page brings this file when such a module isn't found. Code needs what it imports itself, and what a package can't
go on without. Packages also try modules that they can do without: those stay away, as they would be large downloads
that nobody asked for.
"""

import ast
import importlib.util
import linecache
import re
import sys
from importlib.machinery import ExtensionFileLoader, PathFinder

# Where Python's own modules and packages lie in Pyodide.
_LIBRARY = "/lib/python"

# `importlib.util.find_spec` asks whether a module is there.
_ASKING = (importlib.util.__file__, importlib.util.find_spec.__code__.co_filename)

_CAUGHT = re.compile(r"\b(ImportError|ModuleNotFoundError|Exception|BaseException)\b")

_trees: dict[str, ast.AST] = {}


_load = _wait = None


def connect(load, wait) -> None:
    """Let `load`, a coroutine function, bring a package of the distribution, for which `wait` suspends Python."""
    global _load, _wait
    _load, _wait = load, wait


def find_spec(name: str, package: str):
    """The module's spec, out of this package, if the code that imports needs it."""
    # Above are the finder of module_finder.py and importlib.
    if not is_needed(name, sys._getframe(2)):
        return None
    try:
        _wait(_bring(package))
    except Exception as error:
        raise ModuleNotFoundError(f"No module named {name!r}: {error}", name=name) from None
    importlib.invalidate_caches()
    return PathFinder.find_spec(name)


async def _bring(package: str) -> None:
    """As a task of the run, so that Stop ends it."""
    await _load(package)


def is_needed(name: str, frame) -> bool:
    """Whether the code that imports can't go on without the module."""
    is_question = False
    while frame is not None:
        code = frame.f_code
        file = code.co_filename
        if file in _ASKING:
            is_question = True
        elif file.startswith("<frozen importlib"):
            # Compiled code has no frame that shows what it catches; what it needs the distribution brings with it.
            if isinstance(frame.f_locals.get("self"), ExtensionFileLoader):
                return False
        elif not file.startswith(_LIBRARY):
            return True
        elif is_question:
            return False
        elif (goes_on := _goes_on(frame)) is not None:
            # `zoneinfo.available_timezones` goes on, with nothing.
            is_standard = "/site-packages/" not in file and name not in sys.stdlib_module_names
            return is_standard or not goes_on
        frame = frame.f_back
    return True


def _goes_on(frame) -> bool | None:
    """Whether a frame goes on without the module; None where it lets the error through."""
    # pandas, and packages that have it from there: import_optional_dependency(name, errors="ignore").
    if frame.f_locals.get("errors", "raise") != "raise":
        return True
    for node in reversed(_around(_tree(frame), frame.f_lineno)):
        if isinstance(node, ast.With):
            return True
        for handler in node.handlers:
            if handler.type is None or _CAUGHT.search(ast.unparse(handler.type)):
                return not any(isinstance(inner, ast.Raise) for inner in ast.walk(handler))
    return None


def _tree(frame) -> ast.AST:
    file = frame.f_code.co_filename
    if file not in _trees:
        try:
            _trees[file] = ast.parse("".join(linecache.getlines(file, frame.f_globals)))
        except (SyntaxError, ValueError):
            _trees[file] = ast.Module([], [])
    return _trees[file]


def _around(node: ast.AST, line: int) -> list[ast.AST]:
    """What would catch an error of this line in its own function, the innermost last."""
    found: list[ast.AST] = []
    while True:
        inside = (child for child in ast.iter_child_nodes(node) if getattr(child, "lineno", line + 1) <= line <= child.end_lineno)
        child = next(inside, None)
        if child is None:
            return found
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            found = []
        elif (isinstance(node, (ast.Try, ast.TryStar)) and child in node.body) or _suppresses(node):
            found.append(node)
        node = child


def _suppresses(node: ast.AST) -> bool:
    text = " ".join(ast.unparse(item) for item in node.items) if isinstance(node, ast.With) else ""
    return "suppress(" in text and bool(_CAUGHT.search(text))
