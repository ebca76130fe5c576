"""What a block sets for its whole program is its session's."""

import asyncio
import builtins
import contextlib
import io
import json
import logging
import sys
import unittest
import unittest.mock
import warnings

from support import display, prelude

import session_settings


class Settings(unittest.TestCase):
    def setUp(self):
        for place, name in ((prelude, "representations"), (prelude, "within"), (builtins, "display")):
            self.enterContext(unittest.mock.patch.object(place, name, getattr(place, name, None), create=True))
        self.addCleanup(sys.modules.__setitem__, "__main__", sys.modules["__main__"])
        display.connect(prelude, lambda value: None)
        session_settings.connect(prelude)

    def run_block(self, code, session="own"):
        """What it prints, to stdout and stderr, and how it ends."""
        out = io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
            outcome = json.loads(asyncio.run(prelude.run(code, self.id() + session, "<block 1>")))
        return out.getvalue(), outcome

    def test_hold_in_later_runs_of_the_session_and_nowhere_else(self):
        for code, seen in (
            ("import io, sys\nsys.stdout = io.StringIO()", "print('seen')"),
            ("import builtins\nbuiltins.print = lambda *_: None", "print('seen')"),
            ("import builtins\nbuiltins.twice = lambda x: 2 * x\ndel builtins.abs", "import builtins\nhasattr(builtins, 'twice') or print('seen')"),
            ("import sys\nsys.path.insert(0, '/own'); sys.setrecursionlimit(900)", "import sys\n('/own' in sys.path) == (sys.getrecursionlimit() == 900) or print('wrong')\n'/own' in sys.path or print('seen')"),
            ("import warnings\nwarnings.simplefilter('error')", "import warnings\nwarnings.warn('seen')"),
            ("import logging\nlogging.disable(0); logging.basicConfig(level='ERROR', format='%(message)s')", "import logging\nlogging.warning('seen')"),
        ):
            with self.subTest(code):
                before = logging.root.level, logging.root.handlers, sys.stdout, abs, [*sys.path], sys.getrecursionlimit(), [*warnings.filters]
                self.assertEqual(self.run_block(code, code)[1]["state"], "done")
                self.assertEqual(self.run_block(seen, code)[0], "")
                self.assertIn("seen", self.run_block(seen, "another")[0])
                self.assertEqual((logging.root.level, logging.root.handlers, sys.stdout, abs, sys.path, sys.getrecursionlimit(), warnings.filters), before)

    def test_begin_as_those_of_a_program_that_begins(self):
        self.run_block("import types\nmodule = types.ModuleType('m')\nexec('import warnings\\ndef f(): warnings.warn(\"old\")', vars(module))")
        for _ in range(2):
            self.assertIn("UserWarning: old", self.run_block("module.f()\nmodule.f()")[0])
        usage = "import argparse\nargparse.ArgumentParser().parse_args(['x'])"
        self.assertIn("usage: block.py [-h]", self.run_block(usage)[0])

    def test_hooks_tell_of_errors_and_values(self):
        code = "import sys\ndef tell(kind, error, trace):\n    print('hook:', kind.__name__, error, trace.tb_lineno)\nsys.excepthook = tell\n1 / 0"
        said, outcome = self.run_block(code)
        self.assertEqual(said, "hook: ZeroDivisionError division by zero 5\n")
        self.assertEqual(outcome["text"], "The program ended with exit status 1.")
        self.assertEqual(self.run_block("{}['a']")[0], "hook: KeyError 'a' 1\n")
        self.assertEqual(self.run_block("raise SystemExit(0)")[1]["state"], "done")
        self.assertIn("Traceback", self.run_block("1 / 0", "another")[1]["text"])

        said, outcome = self.run_block("import sys\nsys.displayhook = lambda value: print('shown:', value)\n6 * 7", "values")
        self.assertEqual((said, outcome["value"]), ("shown: 42\n", None))
        self.assertEqual(self.run_block("6 * 7", "another")[1]["value"], {"text/plain": "42"})

    def test_leave_the_ends_of_runs_as_they_are(self):
        self.assertEqual(self.run_block("import sys\nnext(iter([]))")[1]["type"], "StopIteration")
        self.assertEqual(self.run_block("import sys\nsys.exit(3)")[1]["type"], "SystemExit")
        self.assertEqual(self.run_block("import sys\n1 / 0")[1]["line"], 2)
