"""What `input()` does in a block: the page puts the prompt to the reader."""

import builtins


def connect(ask, suspension) -> None:
    """Give code an `input` that asks.

    `ask` puts a prompt to the reader and returns the line, None for none; with `suspension` (the module
    pyodide.ffi) it returns a promise of it, for which Python is suspended.
    """

    def input(prompt="", /) -> str:
        """Read a line from the reader."""
        if suspension is not None and not suspension.can_run_sync():
            raise RuntimeError("input() can't wait in this browser, or not called from here")
        answer = ask(str(prompt))
        line = answer if suspension is None else suspension.run_sync(answer)
        if line is None:
            raise EOFError("no line was given")
        return line

    builtins.input = input
