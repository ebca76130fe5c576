"""Waits for code to import matplotlib's pyplot, then brings figures.py into it, and not before."""

import logging
import sys
import types


def expect(at_end: list, source: str) -> None:
    """Let figures show where they are made; `at_end` is what the prelude calls when a run is over, `source` figures.py."""
    # In a browser the cache is new each time: "Matplotlib is building the font cache" is nobody's news.
    logging.getLogger("matplotlib.font_manager").addFilter(lambda record: "font cache" not in record.getMessage())
    waiting = _Waiting(at_end, compile(source, "<pyfence figures>", "exec"))
    # A snapshot may have it.
    if "matplotlib.pyplot" in sys.modules:
        waiting.bring_figures()
    else:
        sys.meta_path.insert(0, waiting)


class _Waiting:
    def __init__(self, at_end: list, code: types.CodeType) -> None:
        self.at_end, self.code = at_end, code

    def find_spec(self, name: str, path, target=None) -> None:
        if name != "matplotlib.pyplot":
            return
        sys.meta_path.remove(self)
        self.bring_figures()

    def bring_figures(self) -> None:
        figures = types.ModuleType("pyfence_figures")
        exec(self.code, vars(figures))
        self.at_end.append(figures.show_open)
        # Nothing else can draw here, whatever the code asked for so far.
        sys.modules["matplotlib"].use("agg")
