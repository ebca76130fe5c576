"""Ends code that takes too long, from within: what ends the worker would end all sessions with it.

Python tells of each turn of a loop and each call (`sys.monitoring`) in the code of blocks; a call into C can't be
reached, there the page's own limit holds. Plain Python, like prelude.py.
"""

import asyncio
import contextlib
import sys
from time import monotonic

# None of those that `sys.monitoring` has names for.
_TOOL = 4


# No Exception: code that handles errors doesn't handle the end of its time.
class TimeIsUp(BaseException):
    pass


@contextlib.asynccontextmanager
async def time_limit(seconds: float):
    """End the block of code behind `seconds` with TimeIsUp, whether it computes or awaits."""
    deadline = monotonic() + seconds
    events = sys.monitoring.events
    watched = events.JUMP | events.PY_START | events.PY_RESUME

    def tick(code, *_):
        # Of the names that blocks and checks have in tracebacks.
        if not code.co_filename.startswith(("<block ", "<check ")):
            return sys.monitoring.DISABLE
        if monotonic() > deadline:
            raise TimeIsUp

    sys.monitoring.use_tool_id(_TOOL, "pyfence")
    try:
        for event in (events.JUMP, events.PY_START, events.PY_RESUME):
            sys.monitoring.register_callback(_TOOL, event, tick)
        sys.monitoring.set_events(_TOOL, watched)
        async with asyncio.timeout(seconds):
            yield
    except TimeoutError:
        if monotonic() < deadline:
            raise
        raise TimeIsUp from None
    finally:
        sys.monitoring.set_events(_TOOL, 0)
        sys.monitoring.free_tool_id(_TOOL)
