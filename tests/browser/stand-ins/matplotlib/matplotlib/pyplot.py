from matplotlib._pylab_helpers import Gcf
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure


def plot(name):
    if not Gcf.managers:
        figure()
    shown = Gcf.managers[-1].canvas.figure
    shown.axes.append(name)
    shown.stale = True


def figure():
    made = Figure()
    Gcf.managers.append(FigureCanvasAgg.manager_class(FigureCanvasAgg(made)))
    return made


def show():
    FigureCanvasAgg.manager_class.pyplot_show()
