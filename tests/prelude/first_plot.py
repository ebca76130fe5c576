"""What happens in a Python of its own: matplotlib isn't there before code asks for it. Run by test_values.py."""

import sys
import unittest

from support import Blocks


class FirstPlot(Blocks):
    def test(self):
        self.run_block("1")
        self.assertNotIn("matplotlib", sys.modules)
        self.assertEqual(self.shown("import matplotlib.pyplot as plt\nplt.plot([1, 2])"), [["image/png", "text/plain"]])
        self.assertEqual(self.value("plt.get_backend()"), {"text/plain": "'module://pyfence_figures'"})


if __name__ == "__main__":
    unittest.main()
