"""Which code would define a name."""

import json
import sys
import unittest
import warnings
from pathlib import Path

# Whatever lies in runtime/ is published: no __pycache__ there.
sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).parents[2] / "runtime/python"))

import find_definition

DEFINING = [
    "n = 5", "x = n = 5", "a = 1; n = 2", "n: int = 1", "d['k'], n = 1, 2", "[n, c] = 1, 2", "(a, *n) = b",
    "import n", "import n.part", "import other as n", "from m import n", "from m import (\n  a,\n  n,\n)", "import a, \\\n  n",
    "for n in x: pass", "for i, (n, k) in x: pass", "async for n in x: pass", "with x as (n, q): pass", "while (n := x): pass",
    "if x: n = 4", "def n(): pass", "async def n(): pass", "class n: pass", "[n := x for x in y]",
    "match x:\n    case [n, *_]: pass", "match x:\n    case {'k': 1, **n}: pass", "def f():\n    global n\n    n = 1",
    "import asyncio\nawait asyncio.sleep(0)\nn = [x async for x in y]",
]

OTHER = [
    "f(n=1)", "def f(n=1): pass", "def f(n): n = 1", "lambda n: n", "class A:\n    n = 1\n    def n(self): pass", "x.n = 1", "x['n'] = 1",
    "'n = 1'", '"""\nn = 1\n"""', "# n = 1", "import n as other", "from x import n as k", "from n import x", "for x in n: pass",
    "[n for n in x]", "{n: 1 for n in x}", "n: int", "n == 1", "del n", "n = ", "\0", "(" * 10_000, "x is 1; '\\d'",
]


class Definitions(unittest.TestCase):
    def test_a_name_is_defined_where_python_binds_it_at_top_level(self):
        with warnings.catch_warnings(action="error"):
            for code in DEFINING:
                with self.subTest(code):
                    self.assertEqual(find_definition.nearest("n", json.dumps([code])), code)
            for code in OTHER:
                with self.subTest(code):
                    self.assertIsNone(find_definition.nearest("n", json.dumps([code])))

    def test_the_nearest_one_counts(self):
        self.assertEqual(find_definition.nearest("n", json.dumps(["n = 1", "n = 2", "f(n=3)", "n = "])), "n = 2")


if __name__ == "__main__":
    unittest.main()
