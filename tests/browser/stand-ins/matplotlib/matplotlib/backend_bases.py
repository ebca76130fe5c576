class FigureManagerBase:
    def __init__(self, canvas):
        self.canvas = canvas
