"""Has `open(0)` and `os.read(0, ...)` give the reader's lines, as `sys.stdin` does.

The page brings this file with code that names them, after input.py. It acts when it is imported.
"""

import builtins
import os
import sys

_open, _read = builtins.open, os.read


def open(file, mode="r", *arguments, **options):
    """Open a file; 0 and /dev/stdin are what the reader writes."""
    if file not in (0, "/dev/stdin", "/dev/tty"):
        return _open(file, mode, *arguments, **options)
    return sys.stdin.buffer if "b" in mode else sys.stdin


def read(fd: int, length: int, /) -> bytes:
    """Read from a file; 0 is what the reader writes."""
    return sys.stdin.buffer.read1(length) if fd == 0 else _read(fd, length)


builtins.open = open
os.read = read
