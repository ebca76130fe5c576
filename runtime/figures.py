"""Shows matplotlib's figures where they are made: matplotlib's backend here.

The page loads this file once matplotlib is there; matplotlib imports it with pyplot, not before.
"""

import builtins
import io
import weakref

from matplotlib._pylab_helpers import Gcf
from matplotlib.backend_bases import FigureManagerBase
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

_shown: weakref.WeakSet[Figure] = weakref.WeakSet()


class FigureManager(FigureManagerBase):
    @classmethod
    def pyplot_show(cls, *, block=None) -> None:
        show_open()


class FigureCanvas(FigureCanvasAgg):
    manager_class = FigureManager


def show_open() -> None:
    """Show pyplot's figures that are new or changed since they were shown, and be done with them."""
    figures = [manager.canvas.figure for manager in Gcf.get_all_fig_managers()]
    Gcf.destroy_all()
    for figure in figures:
        if figure.axes and (figure not in _shown or figure.stale):
            builtins.display(_Drawn(figure))


class _Drawn:
    """A figure that could be drawn: what can't be is an error of the block."""

    def __init__(self, figure: Figure) -> None:
        self.png, self.text = _png_of(figure), repr(figure)

    def _repr_png_(self) -> bytes:
        return self.png

    def __repr__(self) -> str:
        return self.text


def _png_of(figure: Figure) -> bytes:
    picture = io.BytesIO()
    figure.savefig(picture, format="png", bbox_inches="tight")
    figure.stale = False
    _shown.add(figure)
    return picture.getvalue()


Figure._repr_png_ = _png_of
