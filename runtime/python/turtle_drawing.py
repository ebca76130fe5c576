"""Shows what turtles drew when a run is over: basthon-turtle draws an SVG picture that would have no place to show.

Each run is a program of its own: the next one begins with an empty sheet.
"""

import builtins
import re
import sys

from basthon.turtle import _startup

# What the package does where Python starts with it: `import turtle` finds it.
_startup.install()


# The package (0.4.1) writes all attributes in small letters, which is right for HTML's parser alone: a picture is XML.
_NAMES = {name.lower(): name for name in ("attributeName", "attributeType", "preserveAspectRatio", "viewBox")}
_WRITTEN = re.compile(rf"(?<= )(?:{'|'.join(_NAMES)})(?==\")")


def show() -> None:
    turtle = sys.modules.get("basthon.turtle")
    if turtle is None or not turtle.Screen().turtles():
        return
    turtle.done()
    svg = _WRITTEN.sub(lambda found: _NAMES[found[0]], turtle.Screen().svg())
    turtle.restart()
    builtins.display({"image/svg+xml": svg, "text/plain": "a drawing"}, raw=True)
