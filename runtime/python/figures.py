"""Shows matplotlib's figures where they are made: Agg draws them, and would have no place to show them."""

import builtins
import importlib.util
import io
import pathlib
import sys
import tempfile
import warnings
import weakref

import matplotlib
from matplotlib._pylab_helpers import Gcf
from matplotlib.backend_bases import FigureManagerBase
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

# Figures that have been shown as they were last drawn.
_shown: weakref.WeakSet[Figure] = weakref.WeakSet()


class FigureManager(FigureManagerBase):
    @classmethod
    def pyplot_show(cls, *, block=None) -> None:
        """What `plt.show` does, and `plt.pause`, for which figures stay open."""
        if block is False or (block is None and matplotlib.is_interactive()):
            _show_new(_open())
        else:
            show_open()


def show_open() -> None:
    """Show pyplot's figures that are new or changed since they were shown, and be done with them."""
    figures = _open()
    Gcf.destroy_all()
    _show_new(figures)


def _open() -> list[Figure]:
    return [manager.canvas.figure for manager in Gcf.get_all_fig_managers()]


def _show_new(figures: list[Figure]) -> None:
    for figure in figures:
        # The first of its children is its paper.
        if figure.get_children()[1:] and (figure not in _shown or figure.stale):
            figure.show()


def _show(figure: Figure, warn: bool = True) -> None:
    """Show the figure under the block."""
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
    # It is drawn twice, and a letter that its font lacks is warned of each time.
    with warnings.catch_warnings(record=True) as told:
        figure.savefig(picture, format="png", bbox_inches="tight")
    for message in {str(each.message): each.message for each in told}.values():
        warnings.warn(message)
    figure.stale = False
    _shown.add(figure)
    return picture.getvalue()


_draw = FigureCanvasAgg.draw


def _draw_anew(canvas: FigureCanvasAgg) -> None:
    """Draw, as code does for `plt.pause` or a file: what changed is still to be shown."""
    if canvas.figure.stale:
        _shown.discard(canvas.figure)
    _draw(canvas)


FigureCanvasAgg.draw = _draw_anew
FigureCanvasAgg.manager_class = FigureManager
Figure.show = _show
Figure._repr_png_ = _png_of


def _forms_of_animation(animation, **_) -> dict[str, bytes]:
    """The animation as a picture that moves, which needs no script: the policy of a page may allow none."""
    # An animation is seen as itself, not as a still of its figure as well.
    Gcf.destroy_fig(animation._fig)
    if matplotlib.rcParams["animation.html"] != "none":
        return {}
    with tempfile.TemporaryDirectory() as folder:
        picture = pathlib.Path(folder, "animation.gif")
        animation.save(picture, writer="pillow")
        return {"image/gif": picture.read_bytes()}


class _WaitingForAnimations:
    @staticmethod
    def find_spec(name: str, path, target=None):
        if name != "matplotlib.animation":
            return None
        sys.meta_path.remove(_WaitingForAnimations)
        spec = importlib.util.find_spec(name)
        execute = spec.loader.exec_module

        def execute_and_equip(module) -> None:
            execute(module)
            module.Animation._repr_mimebundle_ = _forms_of_animation

        spec.loader.exec_module = execute_and_equip
        return spec


if "matplotlib.animation" in sys.modules:
    sys.modules["matplotlib.animation"].Animation._repr_mimebundle_ = _forms_of_animation
else:
    sys.meta_path.insert(0, _WaitingForAnimations)
