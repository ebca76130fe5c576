"""Keeps what runs a block out of what Python tells of the stack: to its writer the block is the program.

The traceback of an error that ends a run is shortened in failure.py.

The page brings this file with code that imports something or defines a coroutine. Plain Python, like prelude.py.
"""

import inspect
import itertools
import sys
import traceback
import warnings

# What our files are called in frames, up to their own names.
_OURS = (lambda: 0).__code__.co_filename.rpartition("own_frames")[0]

_walk_stack, _outer_frames = traceback.walk_stack, inspect.getouterframes
_format_warning = warnings._formatwarnmsg_impl


def hide() -> None:
    """From now on `traceback.print_stack` and the like begin at the block, and warnings never name a file of ours."""
    traceback.walk_stack = lambda frame: _to_block(_walk_stack(frame or sys._getframe(1)))
    inspect.getouterframes = lambda frame, context=1: [*_to_block(_outer_frames(frame, context))]
    warnings._warn_unawaited_coroutine = _warn_unawaited
    warnings._formatwarnmsg_impl = _format_without_us


def _to_block(steps):
    return itertools.takewhile(lambda step: not _is_ours(step[0].f_code), steps)


def _format_without_us(told) -> str:
    """A warning as Python tells it; what comes of our own work, as of drawing a figure, has no place in the code."""
    return f"{told.category.__name__}: {told.message}\n" if told.filename.startswith(_OURS) else _format_warning(told)


def _warn_unawaited(coroutine) -> None:
    """What Python calls for a coroutine that goes unawaited; it may go while we tell of the run's end."""
    frame, code = sys._getframe().f_back, coroutine.cr_code
    is_elsewhere = frame is None or _is_ours(frame.f_code)
    place = (code.co_filename, code.co_firstlineno) if is_elsewhere else (frame.f_code.co_filename, frame.f_lineno)
    message = f"coroutine {coroutine.__qualname__!r} was never awaited"
    warnings.warn_explicit(message, RuntimeWarning, *place, source=coroutine)


def _is_ours(code) -> bool:
    return code.co_filename.startswith(_OURS)
