class FigureCanvasAgg:
    def __init__(self, figure):
        self.figure = figure
