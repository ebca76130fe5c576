"""What completion offers, and what it doesn't run."""

import json
import sys
import types
import unittest
from pathlib import Path

# Whatever lies in runtime/ is published: no __pycache__ there.
sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).parents[2] / "runtime/python"))

import complete


class Shape:
    """A thing
    with corners."""

    sides = 4

    def __init__(self, name="square"):
        self.name = name

    @property
    def area(self):
        """How large it is."""
        print("asked")
        raise SystemExit

    @staticmethod
    def unit(size: float = 1.0) -> "Shape":
        """One of the size."""

    def _hidden(self):
        pass


class Completion(unittest.TestCase):
    def setUp(self):
        module = types.ModuleType("__main__")
        vars(module).update(shape=Shape(), Shape=Shape, json=json, long="x" * 100)
        self.sessions = {"default": module}

    def found(self, line):
        return dict(json.loads(complete.complete(self.sessions, "default", line, {"pandas": "pandas"})))

    def told(self, line, name):
        return complete.describe(self.sessions, "default", line, name)

    def test_names(self):
        found = self.found("print(sh")
        self.assertEqual([found[name] for name in ("shape", "Shape", "json", "lambda", "len", "ValueError")], ["Shape", "class", "module", "keyword", "function", "class"])
        self.assertNotIn("__name__", found)
        self.assertIn("print", dict(json.loads(complete.complete({}, "new", "", {}))))

    def test_attributes(self):
        self.assertEqual(self.found("x = shape."), {"area": "property", "name": "str", "sides": "int", "unit": "function"})
        self.assertIn("_hidden", self.found("shape._"))
        self.assertIn("upper", self.found("shape.name.u"))

    def test_nothing_is_known_behind_what_would_have_to_run(self):
        for line in ("shape.area.", "shape().", "shapes[0].", "shapes[0].shape.", "f(shape).name.", "3.", "absent."):
            self.assertEqual(self.found(line), {}, line)

    def test_modules(self):
        self.assertLess({"json", "sys", "pandas"}, self.found("import os, j").keys())
        self.assertLess({"decoder", "encoder"}, self.found("import json.").keys())
        self.assertEqual([self.found(line)["dumps"] for line in ("from json import d", ">>> from json import (loads, d")], ["function"] * 2)
        self.assertEqual(self.found("from absent import "), {})

    def test_descriptions(self):
        self.assertEqual(self.told("shape.", "unit"), "unit(size=1.0)\nOne of the size.")
        self.assertEqual(self.told("shape.", "area"), "How large it is.")
        self.assertEqual(self.told("", "Shape"), "Shape(name='square')\nA thing")
        self.assertEqual(self.told("", "len"), "len(obj, /)\nReturn the number of items in a container.")
        self.assertEqual(self.told("shape.", "sides"), "4")
        self.assertEqual(self.told("", "long"), f"'{'x' * 59}…")
        self.assertEqual(self.told("shape.", "absent"), "")


if __name__ == "__main__":
    unittest.main()
