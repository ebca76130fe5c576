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
import types
from json import dumps

sessions = {}
_others = set()

# The function of failure.py that tells how a run failed, and what brings it here before the first time.
outcome_of = bring_failure = None

# What is to be done when a run is over: figures.py shows what it made.
at_end = []

# What a session's code runs in: session_settings.py has a context manager for this place.
within = contextlib.nullcontext


async def run(code: str, session: str, filename: str, evaluate=None) -> str:
    """Run a block and say how it went: its last value or its traceback; transcript.py has a way of its own to evaluate."""
    global _others
    _others = asyncio.all_tasks() - {asyncio.current_task()}
    try:
        with within(session):
            try:
                value = await (evaluate or evaluate_all)(code, globals_of(session, filename), filename)
                outcome = {"state": "done", "value": None if value is None else representations(value)}
            finally:
                for end in at_end:
                    end()
    except _Stopped as stopped:
        outcome = await failed(stopped.error, filename)
    except BaseException as error:
        outcome = await failed(error, filename)
    return dumps(outcome)


def cancel() -> None:
    """End the run where it awaits, and what it began; Python may be suspended for a task within, as in `time.sleep`."""
    for task in asyncio.all_tasks() - _others:
        task.cancel()


def before_each_step(act) -> None:
    """Call `act` at each turn of Python: what was set for the last one is forgotten."""
    step = asyncio.Handle._run

    def run(handle):
        act()
        step(handle)

    asyncio.Handle._run = run


def globals_of(session: str, filename: str) -> dict:
    """The session's globals, as the `__main__` that pickle, dataclasses and typing look for."""
    if session not in sessions:
        sessions[session] = types.ModuleType("__main__")
    sys.modules["__main__"] = sessions[session]
    scope = vars(sessions[session])
    # `inspect.getsource` of a class asks its module for the file.
    scope["__file__"] = filename
    # A warning is shown once a place, which would be once a session: each run is a program of its own.
    scope.pop("__warningregistry__", None)
    return scope


async def evaluate_all(code: str, scope: dict, filename: str):
    """Run every statement; the value is that of the last one when it is an expression that no `;` ends."""
    lines = code.split("\n")
    linecache.cache[filename] = (len(code), None, [f"{line}\n" for line in lines], filename)
    tree = compile(code, filename, "exec", ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    wants_value = tree.body and isinstance(tree.body[-1], ast.Expr) and not _is_ended(tree.body[-1], lines)
    last = tree.body.pop() if wants_value else None
    await execute(tree, scope, filename, "exec")
    if last is not None:
        return await execute(ast.Expression(last.value), scope, filename, "eval")


def _is_ended(statement, lines):
    """Whether a `;` stands behind it."""
    return lines[statement.end_lineno - 1].encode()[statement.end_col_offset :].lstrip().startswith(b";")


async def execute(tree: ast.AST, scope: dict, filename: str, mode: str):
    compiled = compile(tree, filename, mode, ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
    is_coroutine = compiled.co_flags & inspect.CO_COROUTINE
    try:
        result = eval(compiled, scope)
        return await result if is_coroutine else result
    except StopIteration as error:
        raise _Stopped(error) from None
    except RuntimeError as error:
        if is_coroutine and isinstance(error.__cause__, StopIteration) and error.__traceback__.tb_next is None:
            raise _Stopped(error.__cause__) from None
        raise


class _Stopped(BaseException):
    """Carries a StopIteration out of coroutines, which would make a RuntimeError of it (PEP 479)."""

    def __init__(self, error):
        self.error = error


async def failed(error: BaseException, filename: str) -> dict:
    with contextlib.suppress(Exception):
        if outcome_of is None:
            await bring_failure()
        return outcome_of(error, filename)
    # Where the file can't be had.
    return {"state": "error", "type": type(error).__name__, "text": repr(error), "line": None, "name": None}


def representations(value) -> dict[str, str]:
    """The value by media type; display.py has a function for this place that knows more than text."""
    return {"text/plain": repr(value)}
