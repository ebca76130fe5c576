class HTML:
    def __init__(self, html):
        self.html = html

    def _repr_html_(self):
        return self.html


def display(*values):
    print(*values)
