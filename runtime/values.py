"""What a value shows: its forms by media type, as Jupyter's display protocol has it, and `display()`.

The page brings this file with the first code that can have a value of more than text. Plain Python, like prelude.py.
"""

import base64
import builtins
import contextlib
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
    """Give code `display`, and its last value all of its forms; `show` takes a value as JSON."""

    def display(*values, raw=False, **_) -> None:
        """Show values under the block, as the last one is shown."""
        for value in values:
            show(dumps(_as_texts(value) if raw else representations(value)))

    builtins.display = display
    prelude.representations = representations


def representations(value) -> dict[str, str]:
    """The value by media type, as Jupyter's display protocol has it."""
    found = {"text/plain": repr(value)}
    # What has even this method would have each: nothing is meant by it.
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
