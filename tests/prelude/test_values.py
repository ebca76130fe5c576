"""Values of real packages: each comes in a form that a page can show."""

import subprocess
import sys
import unittest

from support import Blocks, project

PNG = ["image/png", "text/plain"]


class Figures(Blocks):
    def test_appear_under_the_block_that_makes_them(self):
        two = "import matplotlib.pyplot as plt\nfor n in (1, 2):\n    plt.figure()\n    plt.plot([n, 2])\nprint('made')"
        self.assertEqual(self.shown(two), ["made", PNG, PNG])
        self.assertEqual(self.shown("plt.get_fignums()"), [])

    def test_appear_at_show_and_not_again(self):
        code = "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()\nprint('shown')\nplt.plot([2, 1])\nplt.show()"
        self.assertEqual(self.shown(code), [PNG, "shown", PNG])

    def test_that_are_values_are_no_two(self):
        shown, outcome = self.run_block("import matplotlib.pyplot as plt\nfig, ax = plt.subplots()\nax.plot([1, 2])\nfig")
        self.assertEqual((shown, sorted(outcome["value"])), ([], PNG))
        self.assertEqual(self.shown("fig, ax = plt.subplots()\ndisplay(fig)"), [PNG])

    def test_appear_again_when_they_changed(self):
        code = "import matplotlib.pyplot as plt\nfig, ax = plt.subplots()\ndisplay(fig)\nax.set_title('two')"
        self.assertEqual(self.shown(code), [PNG, PNG])

    def test_without_pyplot_are_values(self):
        shown, outcome = self.run_block("from matplotlib.figure import Figure\nimport matplotlib.pyplot\nFigure()")
        self.assertEqual((shown, sorted(outcome["value"])), ([], PNG))

    def test_appear_whatever_backend_the_code_names(self):
        code = "import matplotlib\nmatplotlib.use('agg')\nimport matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.switch_backend('module://pyfence_figures')"
        self.assertEqual(self.shown("import matplotlib.pyplot as plt\nplt.switch_backend('agg')\nplt.plot([1, 2])"), [PNG])
        self.assertEqual(self.shown(code), [PNG])

    def test_before_an_error_appear_and_leave_nothing(self):
        shown, outcome = self.run_block("import matplotlib.pyplot as plt\nplt.plot([1, 2])\n1 / 0")
        self.assertEqual((shown, outcome["type"]), ([PNG], "ZeroDivisionError"))
        self.assertEqual(self.shown("1"), [])

    def test_that_can_not_be_drawn_are_errors(self):
        shown, outcome = self.run_block("import matplotlib.pyplot as plt\nplt.title(r'$\\frac$')")
        self.assertEqual((shown, outcome["type"]), ([], "ValueError"))
        self.assertEqual(self.run_block("1")[1]["state"], "done")

    def test_empty_ones_are_not_shown(self):
        self.assertEqual(self.shown("import matplotlib.pyplot as plt\nplt.figure()\nNone"), [])


class MatplotlibComesWhenAskedFor(unittest.TestCase):
    def test_it_is_not_imported_before_the_code_does(self):
        story = [sys.executable, "-B", project / "tests/prelude/first_plot.py"]
        told = subprocess.run(story, capture_output=True, text=True)
        self.assertEqual(told.returncode, 0, told.stderr)


class Values(Blocks):
    def assert_form(self, code, mime, part):
        value = self.value(code)
        self.assertIn(mime, value)
        self.assertIn(part, value[mime])
        return value

    def test_tables_of_pandas(self):
        self.assert_form("import pandas\npandas.DataFrame({'a': [1]})", "text/html", "<th>a</th>")
        self.assert_form("import pandas\npandas.DataFrame({'a': [1]}).style.format('{} kg')", "text/html", "1 kg</td>")

    def test_images_of_pillow_are_made_once(self):
        value = self.assert_form("from PIL import Image\nImage.new('RGB', (4, 4))", "image/png", "iVBORw0KGgo")
        self.assertEqual(sorted(value), PNG)

    def test_charts_of_plotly(self):
        self.assert_form("import plotly.graph_objects as go\ngo.Figure(go.Bar(y=[1, 2]))", "text/html", "Plotly.newPlot(")

    def test_charts_of_altair(self):
        code = "import altair, pandas\naltair.Chart(pandas.DataFrame({'a': [1]})).mark_bar().encode(x='a')"
        self.assert_form(code, "text/html", "vegaEmbed(")

    def test_formulas_of_sympy(self):
        self.assert_form("import sympy\nsympy.sqrt(sympy.Symbol('x'))", "text/latex", r"\sqrt{x}")

    def test_tables_of_rich(self):
        code = "from rich.table import Table\ntable = Table('word')\ntable.add_row('hello')\ntable"
        self.assert_form(code, "text/html", "hello")

    def test_charts_of_pygal(self):
        self.assert_form("import pygal\nbar = pygal.Bar(title='Sizes')\nbar.add('a', [1, 2])\nbar", "image/svg+xml", "Sizes")


if __name__ == "__main__":
    unittest.main()
