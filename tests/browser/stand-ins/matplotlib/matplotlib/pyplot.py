import importlib
import os

from matplotlib._pylab_helpers import Gcf
from matplotlib.figure import Figure

backend = importlib.import_module(os.environ["MPLBACKEND"].removeprefix("module://"))


def plot(name):
    if not Gcf.managers:
        figure()
    shown = Gcf.managers[-1].canvas.figure
    shown.axes.append(name)
    shown.stale = True


def figure():
    made = Figure()
    Gcf.managers.append(backend.FigureCanvas.manager_class(backend.FigureCanvas(made)))
    return made


def show():
    backend.FigureCanvas.manager_class.pyplot_show()
