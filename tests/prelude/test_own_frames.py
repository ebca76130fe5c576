"""What Python tells of the stack begins at the block."""

import gc
import inspect
import io
import sys
import traceback
import unittest
import unittest.mock
import warnings
from contextlib import redirect_stderr

from support import Blocks

import failure
import own_frames


class Frames(Blocks):
    def setUp(self):
        super().setUp()
        self.enterContext(unittest.mock.patch.object(traceback, "walk_stack"))
        self.enterContext(unittest.mock.patch.object(warnings, "_warn_unawaited_coroutine"))
        self.enterContext(unittest.mock.patch.object(warnings, "_formatwarnmsg_impl"))
        self.enterContext(unittest.mock.patch.object(inspect, "getouterframes"))
        own_frames.hide()

    def told(self, code):
        """What it says in red, and how it ends."""
        told = io.StringIO()
        with redirect_stderr(told), warnings.catch_warnings():
            warnings.simplefilter("always")
            outcome = self.run_block(code)[1]
            gc.collect()
        return told.getvalue(), outcome

    def test_a_stack_begins_at_the_block(self):
        said, _ = self.told("import traceback\ndef inner():\n    traceback.print_stack()\ninner()")
        self.assertEqual([line for line in said.splitlines() if "File" in line], ['  File "<block 1>", line 4, in <module>', '  File "<block 1>", line 3, in inner'])
        said, _ = self.told("import logging\nlogging.getLogger('x').warning('careful', stack_info=True)")
        self.assertNotIn("prelude", said)
        said, _ = self.told("import sys, traceback\nsys.stderr.write(''.join(traceback.StackSummary.extract(traceback.walk_stack(None)).format()))")
        self.assertNotIn("prelude", said)

    def test_inspect_sees_the_stack_from_the_block_on(self):
        code = "import inspect\ndef inner():\n    return [frame.function for frame in inspect.stack()]\ninner()"
        self.assertEqual(self.told(code)[1]["value"], {"text/plain": "['inner', '<module>']"})

    def test_a_warning_of_our_own_work_has_no_place(self):
        said, _ = self.told(f"import warnings\nwarnings.warn_explicit('old', UserWarning, {own_frames.__file__!r}, 7)\nwarnings.warn('own')")
        self.assertEqual(said, "UserWarning: old\n<block 1>:3: UserWarning: own\n  warnings.warn('own')\n")

    def test_a_coroutine_that_goes_unawaited_is_told_at_a_line_of_the_block(self):
        for code, line in (
            ("async def work():\n    pass\nwork()\nprint(1)", 3),
            ("async def work():\n    pass\ndef f():\n    task = work()\n    1 / 0\nf()", 1),
        ):
            said, _ = self.told(code)
            self.assertRegex(said, f"^<block 1>:{line}: RuntimeWarning: coroutine 'work' was never awaited")
            self.assertNotIn("prelude", said)

    def test_a_traceback_begins_at_the_block(self):
        try:
            exec(compile("\n1 / 0", "<block 1>", "exec"))
        except ZeroDivisionError as error:
            outcome = failure.outcome_of(error, "<block 1>")
        self.assertEqual(outcome["text"].splitlines()[1], '  File "<block 1>", line 2, in <module>')

    def test_pyodides_scripts_are_no_calls_of_the_code(self):
        for script in ("blob:https://site.test/1838ddaa", "https://cdn.test/full/pyodide.asm.mjs", "/pyfence-vendor/pyodide.mjs"):
            _, outcome = self.told(f"exec(compile('def new_error(): 1 / 0', {script!r}, 'exec'))\nnew_error()")
            self.assertNotIn(script, outcome["text"])
            self.assertIn('File "<block 1>", line 2', outcome["text"])
        _, outcome = self.told("exec(compile('def f(): 1 / 0', 'https://site.test/own.js', 'exec'))\nf()")
        self.assertIn("own.js", outcome["text"])

    def test_errors_in_what_we_give_code_have_no_frames_of_ours(self):
        code = "import builtins\nclass Bad:\n    def __repr__(self): return 1 / 0\ntry:\n    display(Bad())\nexcept ZeroDivisionError as error:\n    raise ValueError('bad') from error"
        _, outcome = self.told(code)
        self.assertEqual(outcome["line"], 7)
        self.assertEqual(outcome["text"].count('File "<block 1>"'), 3)
        self.assertNotIn("display.py", outcome["text"])
