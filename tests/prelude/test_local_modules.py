"""Modules out of files that change."""

import json
import os
import sys
import tempfile
import unittest
from pathlib import Path

# Whatever lies in runtime/ is published: no __pycache__ there.
sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).parents[2] / "runtime/python"))

import local_modules


class LocalModules(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.addCleanup(os.chdir, os.getcwd())
        os.chdir(folder.name)
        sys.path.insert(0, folder.name)
        self.addCleanup(sys.path.remove, folder.name)
        before = {*sys.modules}
        self.addCleanup(lambda: [sys.modules.pop(name) for name in {*sys.modules} - before])

    def refresh(self, **files):
        local_modules.refresh(json.dumps([{"path": path.replace("__", "/") + ".py", "text": text} for path, text in files.items()]))

    def run_code(self, code):
        scope = {}
        exec(code, scope)
        return scope["x"]

    def test_an_edit_counts_at_once_also_in_a_module_that_imports_it(self):
        read = "import outer_one\nx = outer_one.double"
        outer = "from inner_one import value\ndouble = 2 * value"
        for value in (1, 2, 3):
            self.refresh(inner_one=f"value = {value}", outer_one=outer)
            self.assertEqual(self.run_code(read), 2 * value)

    def test_what_did_not_change_keeps_its_state(self):
        self.refresh(counter_one="count = 0")
        self.run_code("import counter_one\ncounter_one.count = 5\nx = 0")
        self.refresh(counter_one="count = 0")
        self.assertEqual(self.run_code("import counter_one\nx = counter_one.count"), 5)

    def test_packages_and_files_that_code_wrote(self):
        self.refresh(package_one__inner="x = 1", package_one____init__="")
        self.assertEqual(self.run_code("from package_one.inner import x"), 1)
        Path("package_one/inner.py").write_text("x = 22")
        self.refresh()
        self.assertEqual(self.run_code("from package_one.inner import x"), 22)


if __name__ == "__main__":
    unittest.main()
