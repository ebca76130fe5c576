"""What completion offers, and what it doesn't run."""

import collections
import json
import sys
import types
import unittest
from pathlib import Path

# Whatever lies in runtime/ is published: no __pycache__ there.
sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).parents[2] / "runtime/python"))

import complete
import infer

complete.infer = infer


asked = []


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

    def scaled(self, factor) -> "Self":
        asked.append(self)
        return self

    @property
    def label(self) -> str:
        asked.append(self)
        return self.name

    def _hidden(self):
        pass


def made() -> Shape:
    asked.append("made")


def anything():
    asked.append("anything")


class Sly(list):
    def __getitem__(self, key):
        asked.append(key)


class Completion(unittest.TestCase):
    def setUp(self):
        module = types.ModuleType("__main__")
        vars(module).update(shape=Shape(), Shape=Shape, json=json, long="x" * 100, made=made, anything=anything, Sly=Sly, sly=Sly())
        vars(module).update(shapes=[Shape()], by_name={"a": Shape(), "b": {1: "x"}}, counts=collections.defaultdict(list))
        asked.clear()
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
        self.assertEqual(self.found("x = shape."), {"area": "property", "name": "str", "label": "property", "scaled": "function", "sides": "int", "unit": "function"})
        self.assertIn("_hidden", self.found("shape._"))
        self.assertIn("upper", self.found("shape.name.u"))

    def test_nothing_is_known_behind_what_would_have_to_run(self):
        for line in ("shape.area.", "shape().", "lost[0].", "shapes[n].shape.", "f(shape).name.", "3.", "absent."):
            self.assertEqual(self.found(line), {}, line)

    def test_literal_keys_are_looked_up_where_that_does_nothing_else(self):
        for line in ("shapes[0].", "x = shapes[-1].", "print(by_name['a'].", 'by_name["a"].'):
            self.assertIn("sides", self.found(line), line)
        self.assertIn("upper", self.found("by_name['b'][1]."))
        self.assertIn("append", self.found("shapes[1:]."))
        for line in ("shapes[9].", "shapes[n].", "by_name[f()].", "counts['new'].", "sly[0].", "by_name[[]]."):
            self.assertEqual(self.found(line), {}, line)
        self.assertEqual((asked, len(vars(self.sessions["default"])["counts"])), ([], 0))

    def test_what_a_call_gives_is_known_by_its_class_or_annotation_and_nothing_is_called(self):
        for line in ("Shape().", "y = Shape('a, \"b').", "made().", "shape.scaled(2).", "Shape().scaled(2).scaled(", "Shape.unit().", "made().scaled(3)."):
            self.assertEqual("sides" in self.found(line), not line.endswith("("), line)
        self.assertIn("upper", self.found("Shape().label.up"))
        for line in ("anything().", "shape.area().", "absent().", "len(shapes).real.", "(shapes + shapes)."):
            self.assertEqual(self.found(line), {}, line)
        self.assertEqual(self.told("Shape().", "unit"), "unit(size=1.0)\nOne of the size.")
        self.assertEqual(self.told("made().sca", "scaled"), "scaled(factor)")
        self.assertEqual(asked, [])

    def test_literals(self):
        self.assertIn("join", self.found("text = ', '.jo"))
        self.assertIn("format_map", self.found("f'{x}'.for"))
        self.assertIn("append", self.found("[1, 2].app"))
        self.assertIn("items", self.found("{'a': 1}.it"))
        self.assertEqual(self.found("1.5."), {})

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
