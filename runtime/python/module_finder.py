"""Asks for modules that Pyodide's distribution has when code imports them and Python doesn't find them."""

import sys
import types

# The function of missing_module.py that finds what code needs.
find_needed = None


def expect(known, ffi, bring) -> None:
    """Let `bring` load missing_module.py when a known module isn't found and Python can wait for it."""

    def find_spec(name, path=None, target=None):
        if name in known and ffi.can_run_sync() and ffi.run_sync(bring()):
            return find_needed(name, known[name])

    sys.meta_path.append(types.SimpleNamespace(find_spec=find_spec))
