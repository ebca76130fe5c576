"""What pyfence runs inside Python: one block at a time, each in the globals of its session.

Plain Python with nothing of Pyodide in it, so that it is tested under CPython as well.
What goes to JavaScript goes as JSON: no object of one language is kept alive by the other.
"""

import ast
import asyncio
import contextlib
import inspect
import linecache
import sys
import traceback
import types
from json import dumps

_sessions: dict[str, types.ModuleType] = {}
_others: set[asyncio.Task] = set()

# What is to be done when a run is over: figures.py shows what it made.
at_end: list = []


async def run(code: str, session: str, filename: str) -> str:
    """Run a block and say how it went: its last value or its traceback."""
    global _others
    _others = asyncio.all_tasks() - {asyncio.current_task()}
    try:
        try:
            value = await _evaluate(code, _globals_of(session), filename)
            outcome = {"state": "done", "value": None if value is None else representations(value)}
        finally:
            for end in at_end:
                end()
    except SystemExit as stop:
        outcome = _failure(stop, filename) if stop.code else {"state": "done", "value": None}
    except BaseException as error:
        outcome = _failure(error, filename)
    return dumps(outcome)


def cancel() -> None:
    """End the run where it awaits, and what it began; Python may be suspended for a task within, as in `time.sleep`."""
    for task in asyncio.all_tasks() - _others:
        task.cancel()


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


def representations(value) -> dict[str, str]:
    """The value by media type; values.py has a function for this place that knows more than text."""
    return {"text/plain": repr(value)}


def _failure(error: BaseException, filename: str) -> dict:
    """The exception as Python tells it, from the reader's code on."""
    line, trace = _line_in(filename, error), error.__traceback__
    while trace and trace.tb_frame.f_code.co_filename == __file__:
        trace = trace.tb_next
    text = type(error).__name__
    # Code can break what tracebacks are made with.
    with contextlib.suppress(Exception):
        text = "".join(traceback.format_exception(type(error), error, trace))
    # The two ends of a long message say what there is to know, and a page can bear them.
    if len(text) > 20_000:
        text = f"{text[:10_000]}\n…\n{text[-10_000:]}"
    name = error.name if isinstance(error, NameError) else None
    return {"state": "error", "type": type(error).__name__, "text": text, "line": line, "name": name}


def _line_in(filename: str, error: BaseException) -> int | None:
    """The line of the block that was at work, the innermost one; a syntax error is given the text of it."""
    if isinstance(error, SyntaxError) and error.filename == filename:
        # What the parser let pass and the compiler doesn't comes without: a tree has no text.
        error.text = error.text or linecache.getline(filename, error.lineno or 0)
        return error.lineno
    lines = (line for frame, line in traceback.walk_tb(error.__traceback__) if frame.f_code.co_filename == filename)
    return [None, *lines][-1]
