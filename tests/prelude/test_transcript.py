"""Transcripts run as a console runs them, and what they print is compared with what is written."""

import asyncio
import contextlib
import io
import json
import sys
import unittest
from pathlib import Path

# Whatever lies in runtime/ is published: no __pycache__ there.
sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).parents[2] / "runtime/python"))

import failure
import notebook_syntax
import prelude
import transcript

prelude.outcome_of = failure.outcome_of


class Transcripts(unittest.TestCase):
    def setUp(self):
        self.addCleanup(sys.modules.__setitem__, "__main__", sys.modules["__main__"])

    def run_written(self, written):
        cell = json.loads(notebook_syntax.translate(written))
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
            outcome = json.loads(asyncio.run(transcript.run(prelude, json.dumps(cell["examples"]), cell["code"], self.id(), "<block 1>")))
        return printed.getvalue(), outcome

    def differences(self, written):
        outcome = self.run_written(written)[1]
        self.assertEqual(outcome["state"], "done", outcome)
        return [(each["line"], each["written"], each["found"]) for each in outcome["differences"]]

    def test_each_value_shows_as_in_a_console(self):
        written = ">>> x = 3\n>>> x\n3\n>>> for n in range(2):\n...     n\n...\n0\n1\n>>> None\n>>> print('a\\n\\nb')\na\n<BLANKLINE>\nb"
        printed, outcome = self.run_written(written)
        self.assertEqual(printed, "3\n0\n1\na\n\nb\n")
        self.assertEqual((outcome["state"], outcome["value"], outcome["differences"]), ("done", None, []))

    def test_the_line_that_differs_is_told(self):
        self.assertEqual(self.differences(">>> 1 + 1\n3"), [(2, "3", "2")])
        self.assertEqual(self.differences(">>> print('a\\nb')\na\nc\n\nProse.\n>>> 1\n1"), [(3, "c", "b")])
        self.assertEqual(self.differences(">>> print('a\\nb')\na"), [(2, "", "b")])
        self.assertEqual(self.differences(">>> print('a')\na\nb"), [(3, "b", "")])
        self.assertEqual(self.differences(">>> x = 1\n1"), [(2, "1", "")])
        self.assertEqual(self.differences(">>> 5\n>>> 6\n6"), [(1, "", "5")])
        self.assertEqual(self.differences("In [1]: 1 + 1\nOut[1]: 3"), [(2, "3", "2")])

    def test_a_cell_of_ipython_shows_its_last_value_unless_a_semicolon_ends_it(self):
        written = "In [1]: x = 3\n   ...: x\n   ...: x + 1\nOut[1]: 4\n\nIn [2]: x;\n\nIn [3]: for n in range(2):\n   ...:     print(n)\n   ...: n\n0\n1\nOut[3]: 1\n\nIn [4]: print('a'); x\na\nOut[4]: 3"
        printed, outcome = self.run_written(written)
        self.assertEqual((outcome["state"], outcome["differences"]), ("done", []))
        self.assertEqual(printed, "4\n0\n1\n1\na\n3\n")

    def test_a_value_of_several_lines_stands_below_its_mark_in_ipython(self):
        table = "In [1]: class Table:\n   ...:     def __repr__(self):\n   ...:         return 'a b\\n1 2'\n   ...:\n   ...: Table()\nOut[1]:\na b\n1 2"
        self.assertEqual(self.differences(table), [])
        self.assertEqual(self.differences(table.replace("\n1 2", "\n1 3")), [(8, "1 3", "1 2")])

    def test_an_error_as_ipython_tells_it_is_an_answer(self):
        written = f"In [1]: 1 / 0\n{'-' * 75}\nZeroDivisionError{' ' * 20}Traceback (most recent call last)\nCell In[1], line 1\n----> 1 1 / 0\n\nZeroDivisionError: division by zero\n\nIn [2]: 1\nOut[2]: 1"
        self.assertEqual(self.differences(written), [])
        self.assertEqual(self.differences(written.replace("by zero\n", "by one\n")), [(7, "ZeroDivisionError: division by one", "ZeroDivisionError: division by zero")])

    def test_an_example_may_stand_further_in_than_others(self):
        self.assertEqual(self.differences(">>> 1\n1\n\n    >>> print(2, 3, sep='\\n  ')\n    2\n      3"), [])
        self.assertEqual(self.differences("  In[1]: 1 + 1\n\n  Out[1]: 3"), [(3, "3", "2")])

    def test_code_without_answers_is_compared_with_nothing(self):
        self.assertEqual(self.differences(">>> 1 + 1\n>>> 2"), [])

    def test_dots_stand_for_anything(self):
        self.assertEqual(self.differences(">>> object()\n<object object at 0x...>"), [])
        self.assertEqual(self.differences(">>> list(range(30))\n[0, ..., 29]\n>>> print('a\\nb\\nc')\na\n...\nc"), [])
        self.assertEqual(self.differences(">>> 'abc'\n'a...d'"), [(2, "'a...d'", "'abc'")])

    def test_an_error_that_is_written_is_an_answer(self):
        written = ">>> 1 / 0\nTraceback (most recent call last):\n  File \"<stdin>\", line 1, in <module>\nZeroDivisionError: division by zero\n>>> 2\n2"
        self.assertEqual(self.differences(written), [])
        self.assertEqual(self.differences(written.replace("division by zero", "something"))[0][:2], (4, "ZeroDivisionError: something"))
        self.assertEqual(self.differences(written.replace("1 / 0", "1")), [(2, "Traceback (most recent call last):", "1")])

    def test_any_other_error_ends_the_run_at_its_line(self):
        outcome = self.run_written(">>> 1\n1\n>>> undefined\n2")[1]
        self.assertEqual((outcome["state"], outcome["type"], outcome["line"]), ("error", "NameError", 3))
        self.assertNotIn("transcript", outcome["text"])
        self.assertEqual(self.run_written(">>> x =\n1")[1]["type"], "SyntaxError")


if __name__ == "__main__":
    unittest.main()
