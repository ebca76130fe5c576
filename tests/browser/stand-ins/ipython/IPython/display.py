class HTML:
    def __init__(self, html):
        self.html = html

    def _repr_html_(self):
        return self.html


class Markdown:
    def __init__(self, text):
        self.text = text

    def _repr_markdown_(self):
        return self.text


def display(*values):
    print(*values)


def update_display(value, *, display_id):
    print(value)


def clear_output(wait=False):
    print("\033[2K\r", end="")
