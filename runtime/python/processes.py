"""Has `os.system` fail as `subprocess` does, which a browser's Python leaves to the reader to find out; both clear the output where
that is the command. `os._exit` ends the run and not Python.

The page brings this file with code that names one of them. It acts when it is imported.
"""

import os
import re
import subprocess
import sys

_run = subprocess.run


def run(command, *arguments, **options):
    if not re.fullmatch(r"(\W*(cls|clear))+\W*", str(command)):
        return _run(command, *arguments, **options)
    print("\033[2J\033[H", end="", flush=True)
    return subprocess.CompletedProcess(command, 0)


def call(*arguments, **options) -> int:
    return run(*arguments, **options).returncode


def system(command: str) -> int:
    return call(command, shell=True)


subprocess.run, subprocess.call, os.system, os._exit = run, call, system, sys.exit
