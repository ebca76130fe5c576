"""What people paste from notebooks and consoles, and what runs."""

import json
import re
import sys
import unittest
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).parents[2] / "runtime/python"))

import notebook_syntax


class Translate(unittest.TestCase):
    def assert_meant(self, written, code, *install):
        meant = json.loads(notebook_syntax.translate(written))
        self.assertEqual((meant["code"], meant["install"]), (code, list(install)))

    def test_python_stays_as_it_is(self):
        for code in ("x = 1", "", "x = ('%s'\n  % 3)", 'text = """\n%pip install x\n>>> 1\n"""', "await f()", "a = 10\n(a\n%matplotlib)"):
            self.assert_meant(code, code)

    def test_installs_become_requirements(self):
        self.assert_meant("%pip install cowsay\nimport cowsay", "pass\nimport cowsay", "cowsay")
        self.assert_meant("!pip install -q 'pint>=0.2' rich  # both", "pass", "pint>=0.2", "rich")
        self.assert_meant("if True:\n    !pip3 install cowsay", "if True:\n    pass", "cowsay")
        spec = (Path(__file__).parents[1] / "spec/pip_lines.md").read_text()
        rows = re.findall(r"^\| `(.*)` \| (?:`(.*)` )?\|$", spec, re.MULTILINE)
        self.assertGreater(len(rows), 20)
        for line, requirements in rows:
            with self.subTest(line):
                line = line.replace("\\|", "|")
                self.assert_meant(line, "pass" if requirements else line, *requirements.split())

    def test_a_plot_is_inline_anyway(self):
        self.assert_meant("%matplotlib inline\nx = 1", "pass\nx = 1")

    def test_prompts_and_answers_are_left_out(self):
        self.assert_meant(">>> 1 + 1\n2\n>>> for x in 'ab':\n...     print(x)\n...\na\nb", "1 + 1\n\nfor x in 'ab':\n    print(x)\n\n\n")
        self.assert_meant("In [1]: x = 1\n\nIn [2]: x\nOut[2]: 1", "x = 1\n\nx\n")
        self.assert_meant("In [3]: def f():\n   ...:     return 1\n   ...:\n", "def f():\n    return 1\n\n")

    def test_what_follows_a_prompt_of_ipython_is_code_or_what_it_printed(self):
        self.assert_meant("In [1]:\nx = 1\nx\nOut[1]: 1", "\nx = 1\nx\n")
        self.assert_meant("In [1]: x = 1\ny = 2\nprint(y)\n2", "x = 1\ny = 2\nprint(y)\n")
        self.assert_meant("In [1]: for x in 'ab':\n    print(x)\na\nb", "for x in 'ab':\n    print(x)\n\n")
        self.assert_meant("In [1]: print('a')\na\nPoint(x=1)\n{'b': 1}\nto be", "print('a')\n\n\n\n")
        self.assert_meant("In [1]: f(1,\n2)\n3", "f(1,\n2)\n")
        self.assert_meant("In [1]: if x:\n   ...:     f()\ny = 2", "if x:\n    f()\n")

    def test_what_no_browser_has_stays_an_error(self):
        for code in ("!ls", "%timeit f()", "%%bash\nls", "pip install 'unclosed"):
            self.assert_meant(code, code)

    def test_code_with_a_margin_runs_as_the_spec_says(self):
        spec = (Path(__file__).parents[1] / "spec/margin.md").read_text()
        rows = [[json.loads(cell) for cell in re.findall("`(.*?)`", line)] for line in spec.splitlines() if line.startswith("| `")]
        self.assertGreater(len(rows), 9)
        for written, runs in rows:
            with self.subTest(written):
                self.assert_meant(written, runs)


if __name__ == "__main__":
    unittest.main()
