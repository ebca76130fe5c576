"""Constructs that an exercise forbids or requires, as they are found in code."""

import ast
import unittest

import support  # noqa: F401
import constructs

CODE = """\
# for while sum
import math
from os.path import join as put
total = sum([n ** 2 for n in range(3) if n % 2])
for n in [1]:
    total += n
else:
    total -= 1
if total and not n:
    pass
elif total in [1]:
    total.sort(key=lambda x: x)
try:
    text = "while" if n else None
finally:
    print(math.sqrt(total))
async def wait():
    async with x:
        await y
match total:
    case 1:
        pass
"""

FOUND = {
    "for": [4, 5],
    "while": [],
    "sum": [4],
    "**": [4],
    "%": [4],
    "+": [6],
    "-": [8],
    "*": [],
    "if": [9, 11, 14],
    # A branch is told by its first statement.
    "else": [8, 14],
    "elif": [11],
    "finally": [16],
    "and": [9],
    "not": [9],
    "in": [4, 5, 11],
    "lambda": [12],
    ".sort": [12],
    ".append": [],
    "math": [2, 16],
    "os": [3],
    "put": [3],
    "range": [4],
    "total": [],
    "None": [14],
    "import": [2, 3],
    "def": [17],
    "async": [17, 18],
    "await": [18, 19],
    "match": [20],
    "case": [21],
    "try": [13],
}


class Constructs(unittest.TestCase):
    def test_each_is_found_where_it_stands(self):
        tree = ast.parse(CODE)
        found = {construct: constructs.lines_with(construct, tree) for construct in FOUND}
        self.assertEqual(found, FOUND)

    def test_a_name_that_the_code_makes_is_its_own(self):
        for code in ["sum = 0\nsum += 1\nprint(sum)", "def sum(x): return x\nsum(1)", "def f(sum): return sum"]:
            self.assertEqual(constructs.lines_with("sum", ast.parse(code)), [], code)
        self.assertEqual(constructs.lines_with("sqrt", ast.parse("from math import sqrt\nsqrt(2)")), [1, 2])


if __name__ == "__main__":
    unittest.main()
