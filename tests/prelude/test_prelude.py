"""The runtime's Python under CPython: `python3 -m unittest discover --start-directory tests/prelude`."""

import asyncio
import builtins
import contextlib
import getpass
import io
import json
import sys
import types
import unittest
import unittest.mock
import warnings
from pathlib import Path

# Whatever lies in runtime/ is published: no __pycache__ there.
sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).parents[2] / "runtime/python"))

import display
import failure
import input as pyfence_input
import prelude

prelude.outcome_of = failure.outcome_of


class Run(unittest.TestCase):
    def setUp(self):
        self.addCleanup(sys.modules.__setitem__, "__main__", sys.modules["__main__"])
        self.addCleanup(setattr, builtins, "display", getattr(builtins, "display", None))
        display.connect(prelude, lambda value: None)

    def run_block(self, code, session=None):
        """What a block prints and how it ends, in a session of the test's own unless one is named."""
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            outcome = json.loads(asyncio.run(prelude.run(code, session or self.id(), "<block 1>")))
        return out.getvalue(), outcome

    def value(self, code, session=None):
        return self.run_block(code, session)[1]["value"]

    def test_the_last_expression_is_the_value(self):
        self.assertEqual(self.run_block("print('hi')\n6 * 7"), ("hi\n", {"state": "done", "value": {"text/plain": "42"}}))
        for falsy in ("0", "False", "''", "[]"):
            self.assertEqual(self.value(falsy), {"text/plain": falsy})
        for nothing in ("", "None", "x = 1", "# a comment", "1\npass", "6 * 7;\n", "6 * 7 ;  # é"):
            self.assertIsNone(self.value(nothing))
        for shown in ("6 * 7  # not; this;", "# é;\n6 * 7", "len('é') * 42 # ;"):
            self.assertEqual(self.value(shown), {"text/plain": "42"})

    def test_await_works_at_top_level(self):
        code = "import asyncio\nasync def twice(x):\n    await asyncio.sleep(0)\n    return 2 * x\nx = await twice(2)\nawait twice(x)"
        self.assertEqual(self.value(code), {"text/plain": "8"})

    def test_sessions_share_nothing(self):
        self.run_block("x = 1", "a")
        self.run_block("x = 2", "b")
        self.assertEqual(self.value("x", "a"), {"text/plain": "1"})
        self.assertEqual(self.value("x", "b"), {"text/plain": "2"})
        self.assertEqual(self.run_block("x", "c")[1]["type"], "NameError")

    def test_a_session_is_the_main_module(self):
        code = "import pickle\nclass Point: pass\nassert __name__ == '__main__'\ntype(pickle.loads(pickle.dumps(Point()))) is Point"
        self.assertEqual(self.value(code), {"text/plain": "True"})

    def test_a_traceback_shows_the_readers_lines_and_no_others(self):
        outcome = self.run_block("def half(x):\n    return x / 0\n\nhalf(1)")[1]
        self.assertEqual(outcome["state"], "error")
        self.assertEqual(outcome["type"], "ZeroDivisionError")
        self.assertIn('  File "<block 1>", line 4, in <module>\n    half(1)', outcome["text"])
        self.assertIn('  File "<block 1>", line 2, in half\n    return x / 0', outcome["text"])
        self.assertNotIn("prelude", outcome["text"])
        self.assertEqual((outcome["line"], outcome["name"]), (2, None))

    def test_of_a_long_message_the_ends_are_told(self):
        text = self.run_block("raise ValueError('a' + 'm' * 10**7 + 'z')")[1]["text"]
        self.assertLess(len(text), 21_000)
        self.assertRegex(text, r"(?s)^Traceback.* in <module>\n.*ValueError: am+\n…\nm+z\n$")

    def test_causes_are_told(self):
        code = "try:\n    1 / 0\nexcept ZeroDivisionError as error:\n    raise ValueError('bad') from error"
        self.assertIn("direct cause", self.run_block(code)[1]["text"])

    def test_an_unknown_name_is_named(self):
        self.assertEqual(self.run_block("print(nowhere)")[1]["name"], "nowhere")

    def test_code_that_is_no_python_says_where(self):
        outcome = self.run_block("ok = 1\nif True\n    pass")[1]
        self.assertEqual(outcome["type"], "SyntaxError")
        self.assertIn('File "<block 1>", line 2\n', outcome["text"])
        self.assertEqual(outcome["line"], 2)

    def test_code_that_only_the_compiler_refuses_says_where_too(self):
        outcome = self.run_block("ok = 1\nreturn ok")[1]
        self.assertIn('File "<block 1>", line 2\n    return ok\n    ^', outcome["text"])
        self.assertEqual(outcome["line"], 2)

    def test_what_code_breaks_for_itself_breaks_no_later_run(self):
        for code in ("print = 3", "del __builtins__", "import sys; sys.stdout = None", "import json; json.dumps = None"):
            with self.subTest(code), contextlib.redirect_stdout(sys.stdout), unittest.mock.patch("json.dumps"):
                self.assertEqual(self.run_block(code)[1]["state"], "done")
                self.assertEqual(self.value("len('abc')"), {"text/plain": "3"})

    def test_an_error_is_told_where_tracebacks_can_not_be_made(self):
        with unittest.mock.patch("traceback.StackSummary.format"):
            outcome = self.run_block("import traceback\ntraceback.StackSummary.format = None\n1 / 0")[1]
        self.assertEqual((outcome["text"], outcome["line"]), ("ZeroDivisionError", 3))

    def test_an_error_is_told_where_the_file_that_tells_it_can_not_be_had(self):
        with unittest.mock.patch.multiple(prelude, outcome_of=None, bring_failure=unittest.mock.AsyncMock(side_effect=OSError)):
            outcome = self.run_block("1 / 0")[1]
        self.assertEqual((outcome["state"], outcome["type"], outcome["text"]), ("error", "ZeroDivisionError", "ZeroDivisionError('division by zero')"))

    def test_leaving_is_no_error_unless_it_says_so(self):
        for code in ("import sys; sys.exit()", "raise SystemExit(0)"):
            self.assertEqual(self.run_block(code)[1], {"state": "done", "value": None})
        for code, text in (("raise SystemExit('bad')", "bad\nThe program"), ("import sys; sys.exit(1)", "The program")):
            outcome = self.run_block(code)[1]
            self.assertEqual((outcome["state"], outcome["type"], outcome["line"]), ("error", "SystemExit", None))
            self.assertEqual(outcome["text"], f"{text} ended with exit status 1.")
        self.assertIn("exit status 3.", self.run_block("raise SystemExit(3)")[1]["text"])

    def test_tests_that_a_block_runs_are_reported_as_python_does(self):
        self.addCleanup(setattr, sys, "argv", sys.argv)
        code = "import sys, unittest\nsys.argv = ['']\nclass Sums(unittest.TestCase):\n    def test_sum(self): self.assertEqual(1 + 1, {})\nunittest.main()"
        for total, end, state in ((2, "OK", "done"), (3, "FAILED (failures=1)", "error")):
            with contextlib.redirect_stderr(io.StringIO()) as report:
                outcome = self.run_block(code.format(total))[1]
            self.assertTrue(report.getvalue().endswith(f"\n{end}\n"), report.getvalue())
            self.assertEqual(outcome["state"], state)
        self.assertEqual(outcome["text"], "The program ended with exit status 1.")

    def test_the_end_of_an_iterator_is_an_error_like_others(self):
        for code in ("x = 1\nnext(iter([]))", "x = 1\nnext(iter([]));", "import asyncio; await asyncio.sleep(0)\nnext(iter([]))"):
            outcome = self.run_block(code)[1]
            self.assertEqual((outcome["type"], outcome["line"]), ("StopIteration", 2), code)
            self.assertNotIn("RuntimeError", outcome["text"])
            self.assertNotIn("prelude", outcome["text"])
        generator = "def numbers():\n    yield next(iter([]))\nlist(numbers())"
        self.assertEqual(self.run_block(generator)[1]["type"], "RuntimeError")

    def test_a_class_of_the_block_has_its_source_and_the_block_a_name(self):
        code = "import inspect\nclass Shape:\n    sides = 3\ninspect.getsource(Shape)"
        self.assertEqual(self.value(code), {"text/plain": repr("class Shape:\n    sides = 3\n")})
        self.assertEqual(self.value("__file__"), {"text/plain": "'<block 1>'"})

    def test_a_warning_is_told_on_each_run(self):
        for _ in range(2):
            with unittest.mock.patch("sys.stderr", io.StringIO()) as err, warnings.catch_warnings():
                warnings.simplefilter("default")
                self.run_block("import warnings\nwarnings.warn('mind')\nwarnings.warn('mind')", "warned")
            self.assertEqual(err.getvalue().count("UserWarning: mind"), 2)

    def test_a_value_that_cannot_be_shown_is_an_error_of_the_block(self):
        outcome = self.run_block("class Shy:\n    def __repr__(self):\n        raise ValueError('no')\nShy()")[1]
        self.assertEqual((outcome["state"], outcome["type"]), ("error", "ValueError"))

    def test_the_prelude_changes_nothing_in_the_readers_code(self):
        self.assertEqual(self.value("sorted(name for name in globals() if not name.startswith('__'))"), {"text/plain": "[]"})
        self.assertEqual(self.value("def f() -> int: ...\nf.__annotations__"), {"text/plain": "{'return': <class 'int'>}"})

    def test_a_value_is_given_in_every_form_that_it_has(self):
        code = "class Both:\n    def _repr_html_(self): return '<b>'\n    def _repr_png_(self): return b'\\x89'\n    def __repr__(self): return 'both'\nBoth()"
        self.assertEqual(self.value(code), {"text/plain": "both", "text/html": "<b>", "image/png": "iQ=="})
        bundle = "class Tree:\n    def _repr_mimebundle_(self, include, exclude): return {'application/json': [1]}, {}\n    def __repr__(self): return 'tree'\nTree()"
        self.assertEqual(self.value(bundle), {"text/plain": "tree", "application/json": "[\n  1\n]"})
        broken = "class Broken:\n    def _repr_html_(self): 1 / 0\n    def __repr__(self): return 'broken'\nBroken()"
        self.assertEqual(self.value(broken), {"text/plain": "broken"})
        self.assertEqual(list(self.value("class A:\n    def _repr_html_(self): return ''\nA")), ["text/plain"])

    def test_what_is_wrong_with_a_form_of_a_value_drops_that_form_only(self):
        proxy = "class Proxy:\n    def __getattr__(self, name): return lambda **options: name\n    def __repr__(self): return 'proxy'\nProxy()"
        self.assertEqual(self.value(proxy), {"text/plain": "proxy"})
        for wrong in ("{(1, 2): 3}", "object()", "again"):
            form = f"again = []; again.append(again)\nclass Tree:\n    def _repr_json_(self): return {wrong}\n    def _repr_html_(self): return '<b>'\n    def __repr__(self): return 'tree'\nTree()"
            self.assertEqual(self.value(form), {"text/plain": "tree", "text/html": "<b>"})
        for bundle in ("'text'", "[1]", "{'text/html': object(), 7: None}"):
            code = f"class Tree:\n    def _repr_mimebundle_(self, **options): return {bundle}\n    def __repr__(self): return 'tree'\nTree()"
            self.assertEqual(self.value(code), {"text/plain": "tree"})

    def test_display_takes_what_the_display_of_ipython_takes(self):
        shown = []
        self.addCleanup(setattr, builtins, "display", getattr(builtins, "display", None))
        display.connect(prelude, shown.append)
        self.run_block("display()\ndisplay(1, display_id=True, metadata={})\ndisplay({'text/html': '<b>', 'image/png': b'\\x89'}, raw=True)")
        self.assertEqual([json.loads(what)["value"] for what in shown], [{"text/plain": "1"}, {"text/html": "<b>", "image/png": "iQ=="}])

    def test_what_is_shown_can_be_changed_and_taken_off(self):
        shown = []
        display.connect(prelude, shown.append)
        clear_output = display.instead_of_ipython["clear_output"]
        self.addCleanup(delattr, builtins, "clear_output")
        builtins.clear_output = clear_output
        code = "handle = display(1, display_id=True)\nhandle.update(2)\ndisplay(3, display_id='mine')\ndisplay(4, display_id='mine', update=True)\nclear_output()\ndisplay(5, clear=True)"
        self.assertEqual(self.run_block(code)[1]["state"], "done")
        told = [json.loads(what) for what in shown]
        (place,) = {what["place"] for what in told[:2]}
        seen = [(what["place"], what["isUpdate"], what["value"]["text/plain"]) if "value" in what else what["waits"] for what in told]
        self.assertEqual(seen, [(place, False, "1"), (place, True, "2"), ("mine", False, "3"), ("mine", True, "4"), False, True, (None, False, "5")])

    def test_display_shows_and_input_asks(self):
        shown, asked = [], []
        lines = iter(["Ada", None])
        for name in ("display", "input"):
            self.addCleanup(setattr, builtins, name, getattr(builtins, name, None))
        display.connect(prelude, shown.append)
        self.addCleanup(setattr, sys, "stdin", sys.stdin)
        self.addCleanup(setattr, getpass, "getpass", getpass.getpass)
        pyfence_input.connect(lambda prompt, is_secret: asked.append((prompt, is_secret)) or next(lines), None)
        self.assertEqual(self.value("display(1, 'a')\ninput('Name? ')"), {"text/plain": "'Ada'"})
        self.assertEqual([json.loads(what)["value"] for what in shown], [{"text/plain": "1"}, {"text/plain": "'a'"}])
        self.assertEqual(asked, [("Name? ", False)])
        self.assertEqual(self.run_block("input()")[1]["type"], "EOFError")

    def test_standard_input_is_a_file_of_lines_each_run_anew(self):
        for place, name in ((builtins, "input"), (sys, "stdin"), (sys, "__stdin__"), (getpass, "getpass")):
            self.addCleanup(setattr, place, name, getattr(place, name))
        for code, lines, read in (
            ("(sys.stdin.read(3), sys.stdin.readline(2), sys.stdin.readline())", ["abcdef"], ("abc", "de", "f\n")),
            ("io.TextIOWrapper(sys.stdin.buffer, encoding='utf-8').readline()", ["é"], "é\n"),
            ("(sys.stdin.buffer.read(7), sys.stdin.buffer.read1(2), sys.__stdin__.readline())", ["three", "four"], (b"three\nf", b"ou", "r\n")),
            ("(sys.stdin.fileno(), [*sys.stdin], [*sys.stdin.buffer])", ["a", None, "b", None], (0, ["a\n"], [b"b\n"])),
            ("with sys.stdin: sys.stdin.readline(1)\nsys.stdin.detach().read()", ["a", "b", ""], b"b\n"),
            ("sys.stdin.readline(1)", ["left"], "l"),
            ("sys.stdin.readline()", ["new"], "new\n"),
        ):
            pyfence_input.connect(lambda prompt, is_secret: lines.pop(0), None)
            self.assertEqual(self.value(f"import io, sys\n{code}"), {"text/plain": repr(read)}, code)

    def test_input_that_can_not_wait_says_why(self):
        self.addCleanup(setattr, builtins, "input", input)
        for can_suspend, reason in ((False, "this browser can't suspend Python"), (True, "JavaScript called this code")):
            pyfence_input.connect(lambda prompt, is_secret: None, types.SimpleNamespace(can_run_sync=lambda: False), can_suspend)
            self.assertIn(reason, self.run_block("input()")[1]["text"])

    def test_a_run_that_awaits_can_be_cancelled(self):
        async def story():
            run = asyncio.ensure_future(prelude.run("import asyncio\nawait asyncio.sleep(100)", self.id(), "<block 1>"))
            await asyncio.sleep(0.01)
            prelude.cancel()
            return json.loads(await run)

        self.assertEqual(asyncio.run(story())["type"], "CancelledError")

    def test_what_a_cancelled_run_began_ends_with_it_and_what_was_there_goes_on(self):
        begin = "import asyncio\ntask = asyncio.ensure_future(asyncio.sleep(100))"

        async def story():
            await prelude.run(begin, self.id(), "<block 1>")
            earlier = vars(prelude.sessions[self.id()])["task"]
            run = asyncio.ensure_future(prelude.run(f"{begin}\nawait asyncio.sleep(100)", self.id(), "<block 2>"))
            await asyncio.sleep(0.01)
            prelude.cancel()
            await run
            later = vars(prelude.sessions[self.id()])["task"]
            await asyncio.sleep(0)
            return earlier.cancelled(), later.cancelled()

        self.assertEqual(asyncio.run(story()), (False, True))


if __name__ == "__main__":
    unittest.main()
