class FigureCanvasAgg:
    def __init__(self, figure):
        self.figure = figure

    def draw(self):
        self.figure.stale = False
