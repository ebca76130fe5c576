"""A block as the page runs it, and what it shows, in one list."""

import asyncio
import builtins
import contextlib
import importlib
import json
import sys
import unittest
from pathlib import Path

project = Path(__file__).parents[2]

# Whatever lies in runtime/ is published: no __pycache__ there.
sys.dont_write_bytecode = True
sys.path.insert(0, str(project / "runtime/python"))
sys.path.insert(1, str(project / "target/python-packages"))

import display
import failure
import prelude
import pyplot_hook

prelude.outcome_of = failure.outcome_of


class Told(list):
    """A stream that notes what is written among all else that a block shows."""

    def write(self, text):
        if text.strip():
            self.append(text.strip())

    def flush(self):
        pass


class Blocks(unittest.TestCase):
    """Runs blocks with figures at hand, as the worker brings it for code about matplotlib."""

    @classmethod
    def setUpClass(cls):
        pyplot_hook.expect(prelude.at_end, (project / "runtime/python/figures.py").read_text())

    def setUp(self):
        for name in ("display", "input"):
            self.addCleanup(setattr, builtins, name, getattr(builtins, name, None))
        self.addCleanup(sys.modules.__setitem__, "__main__", sys.modules["__main__"])

    def run_block(self, code):
        """What a block shows, in order: printed text, and the media types of values; then its outcome."""
        told = Told()
        display.connect(prelude, lambda what: told.append(sorted(json.loads(what).get("value", ["cleared"]))))
        with contextlib.redirect_stdout(told):
            outcome = json.loads(asyncio.run(prelude.run(code, self.id(), "<block 1>")))
        return list(told), outcome

    def shown(self, code):
        return self.run_block(code)[0]

    def value(self, code):
        return self.run_block(code)[1]["value"]
