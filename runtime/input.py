"""What `input()` does in a block: the page puts the prompt to the reader."""

import builtins
import io
import sys


def connect(ask, suspension, can_suspend=True) -> None:
    """Give code an `input` that asks, and a `sys.stdin` that does.

    `ask` puts a prompt to the reader and returns the line, None for none; with `suspension` (the module
    pyodide.ffi) it returns a promise of it, for which Python is suspended, where the browser can.
    """

    def input(prompt="", /) -> str:
        """Read a line from the reader."""
        if not can_suspend:
            raise RuntimeError("input() can't wait: this browser can't suspend Python (JSPI), and this page isn't isolated")
        if suspension is not None and not suspension.can_run_sync():
            raise RuntimeError("input() can't wait here: JavaScript called this code and wants its answer at once")
        answer = ask(str(prompt))
        line = answer if suspension is None else _untraced(suspension.run_sync, answer)
        if line is None:
            raise EOFError("no line was given")
        return line

    builtins.input = input
    sys.stdin = _Reader()


class _Reader(io.TextIOBase):
    """Lines of the reader, as a file."""

    def readable(self) -> bool:
        return True

    def readline(self, size=-1, /) -> str:
        try:
            return builtins.input() + "\n"
        except EOFError:
            return ""


def _untraced(wait, answer):
    """A debugger that asks the reader doesn't step into what runs meanwhile."""
    monitoring = getattr(sys, "monitoring", None)
    if monitoring is None or monitoring.get_tool(monitoring.DEBUGGER_ID) is None:
        return wait(answer)
    events = monitoring.get_events(monitoring.DEBUGGER_ID)
    monitoring.set_events(monitoring.DEBUGGER_ID, 0)
    try:
        return wait(answer)
    finally:
        monitoring.set_events(monitoring.DEBUGGER_ID, events)
