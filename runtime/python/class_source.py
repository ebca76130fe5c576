"""Has `inspect` find the source of a class of an earlier block: it looks in its module's file, which is the last block's.

The page brings this file with code that names it. It acts when it is imported.
"""

import inspect
import linecache

_getfile = inspect.getfile


def getfile(object):
    """Say in which file something was defined."""
    is_of_block = inspect.isclass(object) and object.__module__ == "__main__"
    return (_block_of(object) if is_of_block else None) or _getfile(object)


def _block_of(cls: type) -> str | None:
    """The last block that has the class at its line, where Python knows that."""
    heads = f"class {cls.__name__}:", f"class {cls.__name__}("
    line = getattr(cls, "__firstlineno__", None)
    blocks = (name for name in reversed(linecache.cache) if name.startswith("<block"))
    # Decorators stand above.
    return next((name for name in blocks if line and any(text.lstrip().startswith(heads) for text in linecache.getlines(name)[line - 1 : line + 9])), None)


inspect.getfile = getfile
