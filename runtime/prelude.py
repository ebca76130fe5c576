"""What pyfence runs inside Python: one block at a time, each in the globals of its session.

Plain Python with nothing of Pyodide in it, so that it is tested under CPython as well.
What goes to JavaScript goes as JSON: no object of one language is kept alive by the other.
"""

import ast
import asyncio
import base64
import builtins
import contextlib
import importlib
import importlib.util
import inspect
import linecache
import os
import sys
import traceback
import types
from json import dumps

_sessions: dict[str, types.ModuleType] = {}
_others: set[asyncio.Task] = set()

# The module of figures.py, which the page brings when code is about matplotlib.
_FIGURES = "pyfence_figures"

_REPRESENTATIONS = {
    "text/html": "_repr_html_",
    "image/svg+xml": "_repr_svg_",
    "image/png": "_repr_png_",
    "image/jpeg": "_repr_jpeg_",
    "text/markdown": "_repr_markdown_",
    "text/latex": "_repr_latex_",
    "application/json": "_repr_json_",
}


def connect(show) -> None:
    """Give code `display`; `show` takes a value as JSON."""

    def display(*values) -> None:
        """Show values under the block, as the last one is shown."""
        for value in values:
            show(dumps(_representations(value)))

    builtins.display = display


async def run(code: str, session: str, filename: str) -> str:
    """Run a block and say how it went: its last value or its traceback."""
    global _others
    _others = asyncio.all_tasks() - {asyncio.current_task()}
    try:
        try:
            value = await _evaluate(code, _globals_of(session), filename)
            outcome = {"state": "done", "value": None if value is None else _representations(value)}
        finally:
            _show_figures()
    except SystemExit as stop:
        outcome = _failure(stop, filename) if stop.code else {"state": "done", "value": None}
    except BaseException as error:
        outcome = _failure(error, filename)
    return dumps(outcome)


def cancel() -> None:
    """End the run where it awaits, and what it began; Python may be suspended for a task within, as in `time.sleep`."""
    for task in asyncio.all_tasks() - _others:
        task.cancel()


def expect_figures() -> None:
    """Let matplotlib draw with our module, which can be imported from now on; pyplot does so at the first figure."""
    importlib.invalidate_caches()
    os.environ["MPLBACKEND"] = f"module://{_FIGURES}"


def _globals_of(session: str) -> dict:
    """The session's globals, as the `__main__` that pickle, dataclasses and typing look for."""
    if session not in _sessions:
        _sessions[session] = types.ModuleType("__main__")
    sys.modules["__main__"] = _sessions[session]
    return vars(_sessions[session])


async def _evaluate(code: str, scope: dict, filename: str):
    """Run every statement; the value is that of the last one when it is an expression that no `;` ends."""
    lines = code.split("\n")
    linecache.cache[filename] = (len(code), None, [f"{line}\n" for line in lines], filename)
    tree = compile(code, filename, "exec", ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    wants_value = tree.body and isinstance(tree.body[-1], ast.Expr) and not _is_ended(tree.body[-1], lines)
    last = tree.body.pop() if wants_value else None
    await _execute(tree, scope, filename, "exec")
    if last is not None:
        return await _execute(ast.Expression(last.value), scope, filename, "eval")


def _is_ended(statement: ast.stmt, lines: list[str]) -> bool:
    """Whether a `;` stands behind it."""
    line = lines[statement.end_lineno - 1].encode()
    return line[statement.end_col_offset :].lstrip().startswith(b";")


async def _execute(tree: ast.AST, scope: dict, filename: str, mode: str):
    compiled = compile(tree, filename, mode, ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
    result = eval(compiled, scope)
    return await result if compiled.co_flags & inspect.CO_COROUTINE else result


def _show_figures() -> None:
    """Show what pyplot holds."""
    if "matplotlib.pyplot" in sys.modules and importlib.util.find_spec(_FIGURES):
        importlib.import_module(_FIGURES).show_open()


def _representations(value) -> dict[str, str]:
    """The value by media type, as Jupyter's display protocol has it."""
    found = {"text/plain": repr(value)}
    if isinstance(value, type):
        return found
    for mime, method in _REPRESENTATIONS.items():
        # A picture that comes as PNG needn't be made as JPEG as well.
        if mime != "image/jpeg" or found["image/png"] is None:
            found[mime] = _asked(value, method)
    found |= _asked(value, "_repr_mimebundle_", include=None, exclude=None) or {}
    # A chart of Altair is data for a library that a page doesn't have; it can write itself out as HTML too.
    if any(mime.startswith("application/vnd.vegalite") for mime in found):
        found["text/html"] = _asked(value, "to_html")
    return {mime: _as_text(data) for mime, data in found.items() if data is not None}


def _asked(value, method: str, **arguments):
    with contextlib.suppress(Exception):
        data = getattr(value, method)(**arguments)
        data = data[0] if isinstance(data, tuple) else data
        return data if isinstance(data, (str, bytes, dict, list)) else None


def _as_text(data) -> str:
    if isinstance(data, bytes):
        return base64.b64encode(data).decode()
    return data if isinstance(data, str) else dumps(data, indent=2, default=str)


def _failure(error: BaseException, filename: str) -> dict:
    """The exception as Python tells it, in parts: what is about the reader's code and what isn't."""
    trace = error.__traceback__
    while trace is not None and trace.tb_frame.f_code.co_filename == __file__:
        trace = trace.tb_next
    parts: list[dict] = []
    for text in traceback.TracebackException(type(error), error, trace).format():
        foreign = text.startswith('  File "') and not text.startswith('  File "<block ')
        if parts and parts[-1]["foreign"] == foreign:
            parts[-1]["text"] += text
        else:
            parts.append({"text": text, "foreign": foreign})
    return {
        "state": "error",
        "type": type(error).__name__,
        "parts": parts,
        "line": _line_in(filename, error),
        "name": error.name if isinstance(error, NameError) else None,
    }


def _line_in(filename: str, error: BaseException) -> int | None:
    """The line of the block that was at work, the innermost one."""
    if isinstance(error, SyntaxError) and error.filename == filename:
        return error.lineno
    lines = [line for frame, line in traceback.walk_tb(error.__traceback__) if frame.f_code.co_filename == filename]
    return lines[-1] if lines else None
