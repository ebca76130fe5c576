"""Waits for code to import matplotlib's pyplot, then brings figures.py into it, and not before."""

import importlib.util
import sys


def expect(at_end: list) -> None:
    """Let figures show where they are made; `at_end` is what the prelude calls when a run is over."""
    importlib.invalidate_caches()
    # Found now: code may go to another folder before.
    sys.meta_path.insert(0, _Waiting(importlib.util.find_spec("pyfence_figures"), at_end))


class _Waiting:
    def __init__(self, spec, at_end: list) -> None:
        self.spec, self.at_end = spec, at_end

    def find_spec(self, name: str, path, target=None) -> None:
        if name != "matplotlib.pyplot":
            return
        sys.meta_path.remove(self)
        figures = importlib.util.module_from_spec(self.spec)
        self.spec.loader.exec_module(figures)
        self.at_end.append(figures.show_open)
        # Nothing else can draw here, whatever the code asked for so far.
        sys.modules["matplotlib"].use("agg")
