"""What may stand where the cursor is: names of the session, attributes of its objects, keywords, modules.

As with Python's own rlcompleter, objects tell what they have: `a.b.` takes the attribute `b` of `a`, which may run a
property, and asks what that has by `dir`. Unlike with it, nothing that is offered is fetched. infer.py says what stands
behind calls and subscripts, which are not evaluated; nothing is imported.
The page brings this file when the reader edits and Python is there. Plain Python, like prelude.py.
"""

import builtins
import contextlib
import inspect
import io
import keyword
import pkgutil
import re
import sys
import types
from json import dumps

_START = r"(?:^|[;:]|>>>|In ?\[\d*\]:)\s*"
_NAME = r"[^\W\d]\w*"
_DOTTED = re.compile(rf"\.\s*({_NAME})?$")
_WORD = re.compile(rf"({_NAME})?$")
_IMPORT = re.compile(rf"{_START}(?:import\s+(?:.*,\s*)?|from\s+)(?:({_NAME}(?:\.{_NAME})*)\.)?({_NAME})?$")
_IMPORT_FROM = re.compile(rf"{_START}from\s+({_NAME}(?:\.{_NAME})*)\s+import\s+\(?(?:.*,\s*)?({_NAME})?$")

# The page brings it with this file.
infer = None

_MISSING = object()

# Longer values, and those whose `repr` is code of their own, are told by their type.
_SHOWN = (bool, bytes, complex, float, int, str, type(None))
_SHOWN_LENGTH = 60
_SIGNATURE_LENGTH = 200


def complete(sessions: dict, session: str, line: str, distribution) -> str:
    """JSON of pairs, a name and what it is, for the end of the line; `distribution` has the modules that can come."""
    with _unheard():
        return dumps([*_found(_scope_of(sessions, session), line, distribution).items()])
    return "[]"


def describe(sessions: dict, session: str, line: str, name: str) -> str:
    """How what is offered under the name is called, and the first line of what it says of itself."""
    with _unheard():
        return _description(_scope_of(sessions, session), line, name)
    return ""


@contextlib.contextmanager
def _unheard():
    """What objects print or raise when they are asked is no output of a block."""
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()), contextlib.suppress(BaseException):
        yield


def _scope_of(sessions: dict, session: str) -> dict:
    return vars(sessions[session]) if session in sessions else {}


def _description(scope: dict, line: str, name: str) -> str:
    if match := _IMPORT_FROM.search(line):
        owner = sys.modules.get(match[1])
    elif match := _IMPORT.search(line):
        return _told(sys.modules.get(".".join(filter(None, (match[1], name))), _MISSING), name)
    elif dotted := _DOTTED.search(line):
        owner = _owner(scope, line[: dotted.start()])
    else:
        return _told(scope.get(name, getattr(builtins, name, _MISSING)), name)
    is_bound = not isinstance(owner, (type, types.ModuleType))
    return _told(_parts(owner).get(name, _MISSING), name, is_bound)


def _found(scope: dict, line: str, distribution) -> dict[str, str]:
    if match := _IMPORT_FROM.search(line):
        module = sys.modules.get(match[1])
        found = _attributes(module, match[2]) if module else {}
        return found | dict.fromkeys(_submodules(match[1]), "module")
    if match := _IMPORT.search(line):
        return dict.fromkeys(_submodules(match[1]) if match[1] else _modules(distribution), "module")
    if dotted := _DOTTED.search(line):
        return _attributes(_owner(scope, line[: dotted.start()]), dotted[1])
    start = _WORD.search(line)[1]
    own = {name: _kind(value) for name, value in scope.items()}
    return _public(dict.fromkeys([*keyword.kwlist, *keyword.softkwlist], "keyword") | _attributes(builtins, start) | own, start)


def _owner(scope: dict, text: str):
    """What stands before a dot: an object, or infer.py's instance of a class."""
    with contextlib.suppress(infer.Unknown):
        return infer.known(scope, text)
    return _MISSING


def _attributes(owner, start: str | None) -> dict[str, str]:
    if owner is _MISSING:
        return {}
    with contextlib.suppress(Exception):
        names = [name for name in dir(owner.of if isinstance(owner, infer.Instance) else owner) if isinstance(name, str) and name.isidentifier()]
        parts = _parts(owner)
        return _public({name: _kind(parts.get(name, _MISSING)) for name in names}, start)
    return {}


def _parts(owner) -> dict:
    """What an object and its classes hold, as it stands there: `inspect.getattr_static` for all names at once."""
    if isinstance(owner, infer.Instance):
        return _parts(owner.of)
    is_class = isinstance(owner, type)
    parts: dict = {}
    for each in reversed((owner if is_class else type(owner)).__mro__):
        parts.update(vars(each))
    if not is_class:
        with contextlib.suppress(AttributeError):
            parts.update(object.__getattribute__(owner, "__dict__"))
    return parts


def _public(found: dict[str, str], start: str | None) -> dict[str, str]:
    """Without what begins with `_`, unless that has been typed."""
    return found if (start or "").startswith("_") else {name: kind for name, kind in found.items() if name[0] != "_"}


def _modules(distribution) -> set[str]:
    there = {module.name for module in pkgutil.iter_modules()}
    names = there | {*sys.builtin_module_names} | {*sys.modules} | {*distribution}
    return {name for name in names if name.isidentifier() and name[0] != "_"}


def _submodules(package: str) -> list[str]:
    path = getattr(sys.modules.get(package), "__path__", None)
    return [module.name for module in pkgutil.iter_modules(path)] if path else []


def _plain(value):
    """The function in a `staticmethod` or `classmethod`."""
    return value.__func__ if type(value) in (staticmethod, classmethod) else value


def _kind(value) -> str:
    value = _plain(value)
    if value is _MISSING:
        return ""
    if isinstance(value, types.ModuleType):
        return "module"
    if isinstance(value, type):
        return "class"
    if inspect.isroutine(value):
        return "function"
    return "property" if inspect.isdatadescriptor(value) else type(value).__name__


def _told(value, name: str, is_bound: bool = False) -> str:
    is_bound = is_bound and type(value) is not staticmethod
    value = _plain(value)
    kind = _kind(value)
    if type(value) in _SHOWN:
        text = repr(value)
        return text if len(text) <= _SHOWN_LENGTH else f"{text[:_SHOWN_LENGTH]}…"
    lines = [_signature(value, name, is_bound)] if kind in ("class", "function") else []
    if kind in ("class", "function", "property", "module"):
        with contextlib.suppress(Exception):
            lines += (inspect.getdoc(value) or "").strip().split("\n")[:1]
    return "\n".join(filter(None, lines))


def _signature(value, name: str, is_bound: bool) -> str:
    try:
        signature = inspect.signature(value)
    except (ValueError, TypeError):
        return ""
    parameters = [parameter.replace(annotation=parameter.empty) for parameter in signature.parameters.values()]
    first = 1 if is_bound and not isinstance(value, type) else 0
    text = str(signature.replace(parameters=parameters[first:], return_annotation=signature.empty))
    return name + (text if len(text) <= _SIGNATURE_LENGTH else f"{text[:_SIGNATURE_LENGTH]}…")
