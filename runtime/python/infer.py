"""What the expression before a dot is, worked out without running code of the reader's.

Names and attributes are looked up in live objects, as complete.py says. Of subscripts those with a literal key are looked up
that can't do anything else: in lists, tuples and dictionaries, and columns in tables of pandas. Nothing is called: what a
call gives is the class that is called, or what a function's annotation names.
The page brings this file with complete.py. Plain Python, like prelude.py.
"""

import ast
import builtins
import inspect
import re
import sys
import warnings

# Where an expression can begin: at a name, a literal or a bracket that is not in the middle of a name.
_BEGIN = re.compile(r"(?<![\w.])[^\W]|[\"'(\[{]")

_LITERALS = {
    ast.JoinedStr: str,
    ast.List: list,
    ast.ListComp: list,
    ast.Tuple: tuple,
    ast.Dict: dict,
    ast.DictComp: dict,
    ast.Set: set,
    ast.SetComp: set,
}


class Unknown(Exception):
    pass


class Instance:
    """An object of a class that isn't there."""

    def __init__(self, of: type) -> None:
        self.of = of


def known(scope: dict, text: str):
    """The object that the end of the text stands for, or an Instance; raises Unknown."""
    return _Inference(scope).of(_last_expression(text))


def _last_expression(text: str) -> ast.expr:
    """The longest expression at the end that a dot would take as a whole."""
    text = text.rstrip()
    for match in _BEGIN.finditer(text):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                node = ast.parse(text[match.start() :], mode="eval").body
        except (SyntaxError, ValueError, MemoryError, RecursionError):
            continue
        if isinstance(node, (ast.Name, ast.Attribute, ast.Subscript, ast.Call, ast.Constant, *_LITERALS)) and not _is_number(node):
            return node
    raise Unknown


def _is_number(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, (int, float, complex))


class _Inference:
    def __init__(self, scope: dict) -> None:
        self._scope = scope

    def of(self, node: ast.expr):
        match node:
            case ast.Constant(value=value):
                return value
            case ast.Name(id=name):
                return self._scope[name] if name in self._scope else _named(builtins, name)
            case ast.Attribute(value=owner, attr=name):
                return _attribute(self.of(owner), name)
            case ast.Subscript(value=owner, slice=key):
                return _item(self.of(owner), _literal(key))
            case ast.Call(func=ast.Attribute(value=owner, attr=name)):
                owner = self.of(owner)
                return _result(_static(owner, name), owner)
            case ast.Call(func=function):
                return _result(self.of(function), None)
        if type(node) in _LITERALS:
            return Instance(_LITERALS[type(node)])
        raise Unknown


def _named(owner, name: str):
    try:
        return getattr(owner, name)
    except Exception:
        raise Unknown from None


def _attribute(owner, name: str):
    if not isinstance(owner, Instance):
        return _named(owner, name)
    part = inspect.getattr_static(owner.of, name, None)
    if isinstance(part, property):
        return _annotated(part.fget, owner)
    if part is None or inspect.isdatadescriptor(part):
        raise Unknown
    return part


def _static(owner, name: str):
    """A method as it stands in its class: it isn't fetched to be called."""
    part = inspect.getattr_static(owner.of if isinstance(owner, Instance) else owner, name, None)
    part = part.__func__ if isinstance(part, (staticmethod, classmethod)) else part
    if part is None or isinstance(part, property):
        raise Unknown
    return part


def _literal(key: ast.expr):
    """A key that is written out; a slice keeps the kind of what it is of."""
    if isinstance(key, ast.Slice):
        return slice(None)
    if isinstance(key, ast.UnaryOp) and isinstance(key.op, ast.USub) and isinstance(key.operand, ast.Constant) and type(key.operand.value) is int:
        return -key.operand.value
    if isinstance(key, ast.Constant) and isinstance(key.value, (str, int, bytes, type(None))):
        return key.value
    raise Unknown


def _item(owner, key):
    kind = type(owner)
    try:
        if isinstance(key, slice):
            if kind in (list, tuple, str):
                return Instance(kind)
        elif kind in (list, tuple, str):
            return owner[key]
        elif isinstance(owner, dict):
            # Not what makes a value of a missing key.
            return dict.__getitem__(owner, key) if dict.__contains__(owner, key) else _fail()
        elif kind.__name__ == "DataFrame" and kind.__module__.startswith("pandas."):
            return owner[key]
    except (LookupError, TypeError):
        pass
    raise Unknown


def _fail():
    raise Unknown


def _result(function, owner):
    """What a call would give."""
    if isinstance(function, type):
        if type(function).__call__ is type.__call__:
            return Instance(function)
        raise Unknown
    return _annotated(function, owner)


def _annotated(function, owner):
    """An object of the class that a function's annotation names, as a class or as its name."""
    function = inspect.unwrap(function) if callable(function) else function
    named = getattr(function, "__annotations__", {}).get("return")
    if isinstance(named, str):
        if named.rpartition(".")[2] == "Self":
            named = owner.of if isinstance(owner, Instance) else type(owner)
        else:
            space = getattr(function, "__globals__", {})
            named = space.get(named, getattr(builtins, named, None))
    elif getattr(named, "__name__", "") == "Self":
        named = owner.of if isinstance(owner, Instance) else type(owner)
    if isinstance(named, type) and named is not type(None):
        return Instance(named)
    raise Unknown
