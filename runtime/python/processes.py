"""Has `os.system` fail as `subprocess` does, which a browser's Python leaves to the reader to find out; both clear the output where
that is the command. `os._exit` ends the run and not Python.

The page brings this file with code that names one of them. It acts when it is imported.
"""

import errno
import os
import re
import subprocess
import sys

_run = subprocess.run


def run(command, *arguments, **options):
    return subprocess.CompletedProcess(command, 0) if _clears(command) else _run(command, *arguments, **options)


def call(*arguments, **options) -> int:
    return run(*arguments, **options).returncode


def system(command: str) -> int:
    if not _clears(command):
        raise OSError(errno.ENOTSUP, "emscripten does not support processes.")
    return 0


def _clears(command) -> bool:
    """Clears the output where that is the command."""
    if not re.fullmatch(r"(\W*(cls|clear))+\W*", str(command)):
        return False
    print("\033[2J\033[H", end="", flush=True)
    return True


subprocess.run, subprocess.call, os.system, os._exit = run, call, system, sys.exit
