"""Which modules code needs, and which its packages only try."""

import importlib
import sys
import tempfile
import types
import unittest
from pathlib import Path

# Whatever lies in runtime/ is published: no __pycache__ there.
sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).parents[2] / "runtime/python"))

import missing_module

# Modules of a package, by whether they need `absent`; `f` imports it.
NEEDING = {
    "plain": "def f(): import absent",
    "told_better": "def f():\n    try:\n        import absent\n    except ImportError as error:\n        raise ImportError('absent is required') from error",
    "other_error": "def f():\n    try:\n        import absent\n    except OSError:\n        pass",
    "handled_there": "def f():\n    try:\n        raise ImportError\n    except ImportError:\n        import absent",
    "defined_in_try": "try:\n    def f(): import absent\nexcept ImportError:\n    f = None",
    "by_name": "import importlib\ndef f(): importlib.import_module('absent')",
    "dependency": "def need(errors='raise'):\n    try:\n        import absent\n    except ImportError:\n        if errors == 'raise': raise\n\ndef f(): need()",
    "inner": "def g():\n    import absent\n\ndef f():\n    try:\n        g()\n    except Exception:\n        raise",
}

TRYING = {
    "optional": "try:\n    import absent\nexcept ImportError:\n    absent = None\n\ndef f(): pass",
    "either": "def f():\n    try:\n        import absent\n    except (ImportError, AttributeError):\n        return",
    "bare": "def f():\n    try:\n        import absent\n    except:\n        pass",
    "suppressed": "import contextlib\ndef f():\n    with contextlib.suppress(ImportError):\n        import absent",
    "asking": "import importlib.util\ndef f(): return importlib.util.find_spec('absent')",
    "ignored": "def need(errors):\n    try:\n        import absent\n    except ImportError:\n        if errors == 'raise': raise\n\ndef f(): need('ignore')",
    "outer": "def g():\n    import absent\n\ndef f():\n    try:\n        g()\n    except ImportError:\n        pass",
}


class MissingModules(unittest.TestCase):
    def setUp(self):
        self.folder = str(Path(self.enterContext(tempfile.TemporaryDirectory()), "site-packages"))
        Path(self.folder).mkdir()
        self.addCleanup(setattr, missing_module, "_LIBRARY", missing_module._LIBRARY)
        self.asked = []
        finder = types.SimpleNamespace(find_spec=self.note)
        for finders, one in ((sys.path, self.folder), (sys.meta_path, finder)):
            finders.append(one)
            self.addCleanup(finders.remove, one)

    def note(self, name, path=None, target=None):
        if name == "absent":
            self.asked.append(missing_module.is_needed(name, sys._getframe(1)))

    def answers(self, name, text, call=True):
        """Whether the module was thought to be needed, each time that it wasn't found."""
        self.asked.clear()
        (Path(self.folder) / f"{name}.py").write_text(text)
        importlib.invalidate_caches()
        try:
            module = importlib.import_module(name)
            if call:
                module.f()
        except ImportError:
            pass
        return self.asked

    def test_a_package_needs_what_it_does_not_go_on_without(self):
        # Packages are read where they lie, Python's own modules too.
        missing_module._LIBRARY = (self.folder, str(Path(importlib.__file__).parents[1]))
        for cases, wanted in ((NEEDING, True), (TRYING, False)):
            for name, text in cases.items():
                with self.subTest(name):
                    self.assertEqual(self.answers(name, text), [wanted])

    def test_code_needs_what_it_imports_itself(self):
        for name, text in (NEEDING | TRYING).items():
            with self.subTest(name):
                self.assertEqual(self.answers(f"own_{name}", text), [True])


if __name__ == "__main__":
    unittest.main()
