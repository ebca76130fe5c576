"""How a run failed, as Python tells it: the traceback, without frames of ours. The page folds those of other code.

The page brings this file with the first error. Plain Python, like prelude.py.
"""

import contextlib
import linecache
import re
import traceback

# What our files are called in frames, up to their own names.
_OURS = (lambda: 0).__code__.co_filename.rpartition("failure")[0]

# Pyodide's scripts: they run from their bytes where the page's policy lets them (`worker/verified-import.js`).
_SCRIPTS = re.compile(r"blob:|.*/pyodide(\.asm)?\.m?js$")


def outcome_of(error: BaseException, filename: str) -> dict:
    """The outcome of a run that ended with the exception, as `run/protocol.js` has it."""
    if not isinstance(error, SystemExit):
        return _told(error, filename)
    return _exit(error, filename) if error.code else {"state": "done", "value": None}


def _exit(stop: SystemExit, filename: str) -> dict:
    """How a program ends that says so, as Python shows it: the message, without a traceback."""
    code = int(stop.code) if isinstance(stop.code, int) else 1
    said = "" if isinstance(stop.code, int) else f"{stop.code}\n"
    return _told(stop, filename) | {"text": f"{said}The program ended with exit status {code}.", "line": None}


def _told(error: BaseException, filename: str) -> dict:
    """The exception as Python tells it, without frames of ours."""
    line = _line_in(filename, error)
    text = type(error).__name__
    # Code can break what tracebacks are made with.
    with contextlib.suppress(Exception):
        told = traceback.TracebackException(type(error), error, error.__traceback__)
        chain = [told]
        for each in chain:
            each.stack[:] = [frame for frame in each.stack if not (frame.filename.startswith(_OURS) or _SCRIPTS.match(frame.filename))]
            chain += filter(None, (each.__cause__, each.__context__, *(each.exceptions or ())))
        # What a JavaScript function throws passes through context managers around the run, which leave frames of theirs.
        files = [frame.filename for frame in told.stack]
        if filename in files:
            del told.stack[: files.index(filename)]
        text = "".join(told.format())
    # The two ends of a long message say what there is to know, and a page can bear them.
    if len(text) > 20_000:
        text = f"{text[:10_000]}\n…\n{text[-10_000:]}"
    name = error.name if isinstance(error, NameError) else None
    return {"state": "error", "type": type(error).__name__, "text": text, "line": line, "name": name}


def _line_in(filename: str, error: BaseException) -> int | None:
    """The line of the block that was at work, the innermost one; a syntax error is given the text of it."""
    if isinstance(error, SyntaxError) and error.filename == filename:
        # A SyntaxError that compile() raises for a syntax tree has no `text`.
        error.text = error.text or linecache.getline(filename, error.lineno or 0)
        return error.lineno
    lines = (line for frame, line in traceback.walk_tb(error.__traceback__) if frame.f_code.co_filename == filename)
    return [None, *lines][-1]
