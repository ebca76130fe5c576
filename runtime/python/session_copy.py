"""A copy of a session for what must change nothing of it: checks of an exercise, and the code that they check.

Functions keep the globals that they were defined in, so that it is the session's own namespace that holds the copies
for a while. What can't be copied (a generator, an open file) is shared. Plain Python, like prelude.py.
"""

import contextlib
import copy
import sys
import types

# What `copy.deepcopy` would hand back as it is.
_SHARED = (types.ModuleType, types.FunctionType, types.BuiltinFunctionType, type)


@contextlib.contextmanager
def copied(scope: dict):
    """Within it the namespace holds copies; behind it what was there before, unchanged."""
    originals = dict(scope)
    undo = contextlib.ExitStack()
    # Aliases stay aliases: all copies know of each other.
    memo: dict = {}
    for name, value in originals.items():
        if not name.startswith("__"):
            scope[name] = _copy(value, memo)
    for value in originals.values():
        if getattr(value, "__module__", None) == "__main__":
            _keep(value, memo, undo)
    undo.callback(_put_back_randomness())
    try:
        yield
    finally:
        scope.clear()
        scope.update(originals)
        undo.close()


def _copy(value, memo: dict):
    if isinstance(value, _SHARED):
        return value
    known = len(memo)
    try:
        return copy.deepcopy(value, memo)
    except Exception:
        # Copies of its parts are half a copy: they go.
        while len(memo) > known:
            memo.popitem()
        return value


def _keep(value, memo: dict, undo: contextlib.ExitStack) -> None:
    """Note what a class or a function of the session holds, and have it hold copies."""
    if isinstance(value, types.FunctionType):
        for name in ("__defaults__", "__kwdefaults__"):
            _hold_copy(value, name, getattr(value, name), memo, undo)
        for cell in value.__closure__ or ():
            with contextlib.suppress(ValueError):
                _hold_copy(cell, "cell_contents", cell.cell_contents, memo, undo)
    elif isinstance(value, type):
        before = dict(vars(value))
        undo.callback(_put_back_attributes, value, before)
        for name, attribute in before.items():
            if not name.startswith("__") and not isinstance(attribute, _SHARED) and not hasattr(attribute, "__get__"):
                setattr(value, name, _copy(attribute, memo))


def _hold_copy(place, name: str, value, memo: dict, undo: contextlib.ExitStack) -> None:
    undo.callback(setattr, place, name, value)
    setattr(place, name, _copy(value, memo))


def _put_back_attributes(owner: type, before: dict) -> None:
    for name, now in list(vars(owner).items()):
        if name not in before:
            delattr(owner, name)
        elif now is not before[name]:
            setattr(owner, name, before[name])
    for name in before.keys() - vars(owner).keys():
        setattr(owner, name, before[name])


def _put_back_randomness():
    """What puts the generator of `random` back: checks that seed it make no dice of the reader's fall alike."""
    random = sys.modules.get("random")
    return (lambda state: lambda: random.setstate(state))(random.getstate()) if random else lambda: None
