"""What a value shows: its forms by media type, as Jupyter's display protocol has it, and `display()`.

The page brings this file with the first code that can have a value of more than text. Plain Python, like prelude.py.
"""

import base64
import builtins
import contextlib
import itertools
from json import dumps

_REPRESENTATIONS = {
    "text/html": "_repr_html_",
    "image/svg+xml": "_repr_svg_",
    "image/png": "_repr_png_",
    "image/jpeg": "_repr_jpeg_",
    "text/markdown": "_repr_markdown_",
    "text/latex": "_repr_latex_",
    "application/json": "_repr_json_",
}


def connect(prelude, show) -> None:
    """Give code `display`, and its last value all of its forms; `show` takes as JSON what the page is to do."""

    def display(*values, raw=False, display_id=None, update=False, clear=False, **_):
        """Show values under the block, as the last one is shown; with a `display_id` they can be changed later."""
        if clear:
            clear_output(wait=True)
        handle = DisplayHandle(None if display_id is True else str(display_id)) if display_id is not None else None
        for value in values:
            forms = _as_texts(value) if raw else representations(value)
            show(dumps({"value": forms, "place": handle and handle.display_id, "isUpdate": update}))
        return handle

    def update_display(value, *, display_id, **options) -> None:
        """Show another value where the one with this `display_id` is."""
        display(value, display_id=display_id, update=True, **options)

    def clear_output(wait=False) -> None:
        """Take off what the block shows; `wait` until there is something new."""
        show(dumps({"waits": bool(wait)}))

    class DisplayHandle:
        """What was shown with a `display_id`."""

        def __init__(self, display_id=None) -> None:
            self.display_id = display_id or f"display {next(_numbers)}"

        def __repr__(self) -> str:
            return f"<DisplayHandle display_id={self.display_id}>"

        def display(self, value, **options) -> None:
            """Show the value anew, further down."""
            display(value, display_id=self.display_id, **options)

        def update(self, value, **options) -> None:
            """Show another value in its place."""
            update_display(value, display_id=self.display_id, **options)

    builtins.display = display
    prelude.representations = representations
    # IPython's own print, where there is no notebook.
    instead_of_ipython.update(display=display, update_display=update_display, clear_output=clear_output, DisplayHandle=DisplayHandle)


_numbers = itertools.count(1)

# What `IPython.display` gets of ours, by name.
instead_of_ipython: dict = {}


def representations(value) -> dict[str, str]:
    """The value by media type, as Jupyter's display protocol has it."""
    found = {"text/plain": repr(value)}
    # An object that answers to any name, such as a mock or a proxy, has no meaning in mind for these methods.
    if isinstance(value, type) or _asked(value, "_repr_nothing_") is not None:
        return found
    for mime, method in _REPRESENTATIONS.items():
        # A picture that comes as PNG needn't be made as JPEG as well.
        if mime != "image/jpeg" or found["image/png"] is None:
            found[mime] = _asked(value, method)
    bundle = _asked(value, "_repr_mimebundle_", include=None, exclude=None)
    if isinstance(bundle, dict):
        found |= bundle
    # A chart of Altair is data for a library that a page doesn't have; it can write itself out as HTML too.
    if "application/vnd.vegalite" in str(found.keys()):
        found["text/html"] = _asked(value, "to_html")
    return _as_texts(found)


def _asked(value, method: str, **arguments):
    with contextlib.suppress(Exception):
        data = getattr(value, method)(**arguments)
        return data[0] if isinstance(data, tuple) else data


def _as_texts(found: dict) -> dict[str, str]:
    """As text, bytes in base64; what can't be is left out."""
    texts = {}
    for mime, data in found.items():
        with contextlib.suppress(Exception):
            if isinstance(data, (dict, list)):
                data = dumps(data, indent=2, default=str)
            texts[str(mime)] = data if isinstance(data, str) else base64.b64encode(data).decode()
    return texts
