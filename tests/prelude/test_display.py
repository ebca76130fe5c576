"""Values of real packages: each comes in a form that a page can show."""

import base64
import subprocess
import sys
import unittest
import warnings

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

    def test_that_move_are_shown_moving_and_not_as_a_still_as_well(self):
        code = (
            "from matplotlib.animation import FuncAnimation\nimport matplotlib.pyplot as plt\nfig, ax = plt.subplots(figsize=(2, 1))\n"
            "(line,) = ax.plot([0, 1])\nFuncAnimation(fig, lambda n: line.set_ydata([0, n]), frames=3)"
        )
        shown, outcome = self.run_block(code)
        self.assertEqual((shown, sorted(outcome["value"])), ([], ["image/gif", "text/plain"]))
        self.assertEqual(base64.b64decode(outcome["value"]["image/gif"])[:3], b"GIF")
        self.assertEqual(self.shown("plt.get_fignums()"), [])
        own = self.value("plt.rcParams['animation.html'] = 'jshtml'\nfig, ax = plt.subplots(figsize=(2, 1))\nFuncAnimation(fig, lambda n: ax.plot([n]), frames=2)")
        self.assertEqual(sorted(own), ["text/html", "text/plain"])

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

    def test_appear_where_they_are_made_whatever_backend_the_code_names(self):
        for name in ("agg", "module://matplotlib.backends.backend_agg"):
            code = f"import matplotlib\nmatplotlib.use('{name}')\nimport matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()\nprint('shown')"
            self.assertEqual(self.shown(code), [PNG, "shown"])

    def test_appear_when_they_are_told_to_show(self):
        with warnings.catch_warnings(action="error"):
            code = "import matplotlib.pyplot as plt\nfig, ax = plt.subplots()\nax.plot([1, 2])\nfig.show()\nprint('shown')\nplt.show()"
            self.assertEqual(self.shown(code), [PNG, "shown"])
        self.assertEqual(self.shown("fig.show()"), [PNG])

    def test_appear_at_each_pause(self):
        code = "import matplotlib.pyplot as plt\nfig, ax = plt.subplots()\nfor n in (1, 2):\n    ax.plot([n, 2])\n    plt.pause(0.01)\n    print(n)\nplt.pause(0.01)"
        self.assertEqual(self.shown(code), [PNG, "1", PNG, "2"])
        self.assertEqual(self.shown("plt.get_fignums()"), [])

    def test_with_text_alone_are_not_empty(self):
        self.assertEqual(self.shown("import matplotlib.pyplot as plt\nplt.figure().text(0.5, 0.5, 'hi')\nNone"), [PNG])

    def test_saved_to_a_file_appear_as_well(self):
        code = "import io, matplotlib.pyplot as plt\nfig, ax = plt.subplots()\ndisplay(fig)\nax.set_title('two')\nfig.savefig(io.BytesIO())"
        self.assertEqual(self.shown(code), [PNG, PNG])

    def test_before_an_error_appear_and_leave_nothing(self):
        shown, outcome = self.run_block("import matplotlib.pyplot as plt\nplt.plot([1, 2])\n1 / 0")
        self.assertEqual((shown, outcome["type"]), ([PNG], "ZeroDivisionError"))
        self.assertEqual(self.shown("1"), [])

    def test_that_can_not_be_drawn_are_errors(self):
        shown, outcome = self.run_block("import matplotlib.pyplot as plt\nplt.title(r'$\\frac$')")
        self.assertEqual((shown, outcome["type"]), ([], "ValueError"))
        self.assertEqual(self.run_block("1")[1]["state"], "done")

    def test_that_lack_a_letter_warn_once_of_each(self):
        with warnings.catch_warnings(record=True) as told:
            self.assertEqual(self.shown("import matplotlib.pyplot as plt\nplt.title('漢字')"), [PNG])
        self.assertEqual([str(each.message)[:11] for each in told], ["Glyph 28450", "Glyph 23383"])

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
