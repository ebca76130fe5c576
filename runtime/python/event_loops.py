"""One event loop for all code: a browser has one, and it runs already.

The page brings this file with code that makes loops of its own, as `asyncio.Runner` does. It acts when it is imported.
"""

import asyncio
import contextvars


class Runner(asyncio.Runner):
    """Runs coroutines in the loop that is there, while the code that called it waits."""

    def __enter__(self):
        return self

    def close(self) -> None:
        pass

    def get_loop(self) -> asyncio.AbstractEventLoop:
        return asyncio.get_running_loop()

    def run(self, coro, *, context=None):
        if not hasattr(self, "_own_context"):
            self._own_context = contextvars.copy_context()
        loop = self.get_loop()
        return loop.run_until_complete(loop.create_task(coro, context=context or self._own_context))


asyncio.Runner = asyncio.runners.Runner = Runner
asyncio.new_event_loop = asyncio.events.new_event_loop = asyncio.get_running_loop
