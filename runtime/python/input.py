"""What `input()` does in a block: the page puts the prompt to the reader."""

import builtins
import getpass
import io
import sys

_MUST_NOT_WAIT = "input() can't wait here: JavaScript called this code and wants its answer at once"
_CANNOT_WAIT = "input() can't wait: this browser can't suspend Python (JSPI), and this page isn't isolated"


def connect(ask, suspension, can_suspend=True) -> None:
    """Give a run an `input` that asks, a `getpass` that does so unseen, and a `sys.stdin` of the reader's lines.

    `ask` puts a prompt to the reader, hidden or not, and returns the line, None for none; with `suspension` (the
    module pyodide.ffi) it returns a promise of it, for which Python is suspended, where the browser can.
    """

    def answer_to(prompt: str, is_secret: bool) -> str:
        if not can_suspend:
            raise RuntimeError(_CANNOT_WAIT)
        if suspension is not None and not suspension.can_run_sync():
            raise RuntimeError(_MUST_NOT_WAIT)
        answer = ask(prompt, is_secret)
        line = answer if suspension is None else _untraced(suspension.run_sync, answer)
        if line is None:
            raise EOFError("no line was given")
        return line

    def input(prompt="", /) -> str:
        """Read a line from the reader."""
        return answer_to(str(prompt), False)

    def read_password(prompt="Password: ", stream=None, **_) -> str:
        """Read a line that isn't shown."""
        return answer_to(str(prompt), True)

    builtins.input = input
    getpass.getpass = read_password
    _Bytes.rest = b""
    sys.stdin = sys.__stdin__ = _Reader()


class _Reader(io.TextIOWrapper):
    """Lines of the reader, as a file, which no code closes for all others."""

    def __init__(self) -> None:
        super().__init__(_Bytes(), encoding="utf-8")

    @property
    def buffer(self) -> "_Bytes":
        return _Bytes()

    detach = buffer.fget

    def close(self) -> None:
        pass


class _Bytes(io.BufferedIOBase):
    """The same as bytes: one line at a time, whose rest is for whoever reads next."""

    name = "<stdin>"
    rest = b""

    def readable(self) -> bool:
        return True

    def fileno(self) -> int:
        return 0

    def readline(self, size=-1, /) -> bytes:
        try:
            line = _Bytes.rest or f"{builtins.input()}\n".encode()
        except EOFError:
            return b""
        end = len(line) if size is None or size < 0 else size
        _Bytes.rest = line[end:]
        return line[:end]

    read1 = readline

    def read(self, size=-1, /) -> bytes:
        """So many bytes, or lines up to an empty one."""
        taken, is_all = b"", size is None or size < 0
        while is_all or len(taken) < size:
            line = self.readline(-1 if is_all else size - len(taken))
            if not line.strip(b"\n") if is_all else not line:
                break
            taken += line
        return taken


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
