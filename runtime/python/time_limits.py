"""Ends code that takes too long, from within: what ends the worker would end all sessions with it.

The page's clock sends a signal when the time is over. From then on Python also tells of each turn of a loop and each call
(`sys.monitoring`) in the code of blocks: watched so from the beginning, a loop would be ten times as slow. What computes
in C and looks for no signals can't be reached, there the page's own limit holds. Plain Python, like prelude.py.
"""

import asyncio
import contextlib
import signal
import sys
from time import monotonic

# None of those that `sys.monitoring` has names for.
_TOOL = 4

# A program's own virtual timer, which no browser has.
SIGNAL = int(signal.SIGVTALRM)

# Has the page's clock send the signal behind so many seconds; without them it doesn't. The page brings it.
alarm = None

# What files of ours are called in frames, up to their own names.
_OURS = (lambda: 0).__code__.co_filename.rpartition("time_limits")[0]


# No Exception: code that handles errors doesn't handle the end of its time.
class TimeIsUp(BaseException):
    pass


@contextlib.asynccontextmanager
async def time_limit(seconds: float):
    """End the block of code behind `seconds` with TimeIsUp, whether it computes or awaits."""
    deadline = monotonic() + seconds
    before = signal.signal(SIGNAL, _end_code)
    alarm(seconds)
    try:
        async with asyncio.timeout(seconds):
            yield
    except TimeoutError:
        if monotonic() < deadline:
            raise
        raise TimeIsUp from None
    finally:
        alarm()
        signal.signal(SIGNAL, before)
        if sys.monitoring.get_tool(_TOOL):
            sys.monitoring.set_events(_TOOL, 0)
            sys.monitoring.free_tool_id(_TOOL)


def _end_code(_, frame) -> None:
    """Raise TimeIsUp here, or in the code of blocks if code of ours is at work; and there again where it is caught."""
    events = sys.monitoring.events
    sys.monitoring.use_tool_id(_TOOL, "pyfence")
    for event in (events.JUMP, events.PY_START, events.PY_RESUME):
        sys.monitoring.register_callback(_TOOL, event, _raise)
    sys.monitoring.set_events(_TOOL, events.JUMP | events.PY_START | events.PY_RESUME)
    while frame and not frame.f_code.co_filename.startswith(_OURS):
        if _is_of_reader(frame.f_code):
            raise TimeIsUp
        frame = frame.f_back


def _raise(code, *_):
    if not _is_of_reader(code):
        return sys.monitoring.DISABLE
    raise TimeIsUp


def _is_of_reader(code) -> bool:
    """By the names that blocks and checks have in tracebacks."""
    return code.co_filename.startswith(("<block ", "<check "))
