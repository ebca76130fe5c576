"""What code sets for its whole program: each session has its own, though one interpreter runs them all.

That is what stands in `sys` and in builtins (`sys.path`, `sys.excepthook`, a `print` of its own), the limit of recursion,
the filters of warnings, and the root logger.
The page brings this file with the first code that can set them, which imports something. Plain Python, like prelude.py.
"""

import builtins
import contextlib
import logging
import sys
import warnings

# What our files are called in frames, up to their own names.
_OURS = (lambda: 0).__code__.co_filename.rpartition("session_settings")[0]

_excepthook, _displayhook = sys.excepthook, sys.displayhook

# What each session set: names of `sys`, of builtins, of `warnings`; its root logger's level and handlers, its limit of recursion.
_names: dict[str, list[dict]] = {}
_others: dict[str, tuple[int, list, int]] = {}


def connect(prelude) -> None:
    """Let each session's code run within its own settings, and its hooks be called."""
    representations = prelude.representations

    def shown(value):
        if sys.displayhook is _displayhook:
            return representations(value)
        sys.displayhook(value)

    prelude.representations = shown
    prelude.within = _within


@contextlib.contextmanager
def _within(session: str):
    places = [vars(sys), vars(builtins), vars(warnings)]
    shared = [dict(place) for place in places]
    root = logging.root
    default = root.level, root.handlers, sys.getrecursionlimit()
    # A program has a name, by which argparse calls it.
    first = {"path": [*sys.path], "argv": ["block.py"]}, {}, {"filters": [*warnings.filters]}
    for place, own in zip(places, _names.get(session, first)):
        place.update(own)
    # Python forgets what it has warned of: each run is a program of its own.
    with warnings.catch_warnings():
        pass
    level, root.handlers, limit = _others.get(session, (root.level, [*root.handlers], default[2]))
    root.setLevel(level)
    sys.setrecursionlimit(limit)
    try:
        with _hooked():
            yield
    finally:
        _others[session] = root.level, root.handlers, sys.getrecursionlimit()
        _names[session] = [_taken_out(*pair) for pair in zip(places, shared)]
        root.setLevel(default[0])
        root.handlers = default[1]
        sys.setrecursionlimit(default[2])


def _taken_out(place: dict, before: dict) -> dict:
    """What was set in the place since; all is there again as it was before."""
    own = {name: value for name, value in place.items() if name not in before or before[name] is not value}
    for name, value in own.items():
        # What the runtime brought meanwhile is for all sessions.
        if not str(getattr(value, "__module__", "")).startswith("pyfence_"):
            del place[name]
    for name in before:
        place.setdefault(name, before[name])
    return own


def _is_ours(filename: str) -> bool:
    return filename.startswith(_OURS) or filename == contextlib.contextmanager.__code__.co_filename


@contextlib.contextmanager
def _hooked():
    """What `sys.excepthook` tells of an exception is all that is told; then the program ends, as Python does."""
    try:
        yield
    except Exception as error:
        if sys.excepthook is _excepthook:
            raise
        trace = error.__traceback__
        while trace and _is_ours(trace.tb_frame.f_code.co_filename):
            trace = trace.tb_next
        sys.excepthook(type(error), error, trace)
        raise SystemExit(1) from None
