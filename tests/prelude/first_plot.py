"""What happens in a Python of its own: matplotlib isn't there before code asks for it. Run by test_display.py."""

import sys
import unittest

from support import Blocks


class FirstPlot(Blocks):
    def test(self):
        self.run_block("1")
        self.assertNotIn("matplotlib", sys.modules)
        code = "import os, matplotlib\nos.chdir('/')\nmatplotlib.use('tkagg')\nimport matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()\nprint('shown')"
        self.assertEqual(self.shown(code), [["image/png", "text/plain"], "shown"])


if __name__ == "__main__":
    unittest.main()
