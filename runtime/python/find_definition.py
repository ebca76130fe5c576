"""Where a name would come from: asked of Python itself, for code that has not run."""

import ast
import dis
import json
import types
import warnings


def nearest(name: str, codes: str) -> str | None:
    """The last of a JSON list of codes that would define a name for the others."""
    return next((code for code in reversed(json.loads(codes)) if _defines(code, name)), None)


def _defines(code: str, name: str) -> bool:
    """Whether it binds the name at its top level, or a function of it does so by `global`."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compiled = compile(code, "<block>", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return _stores(compiled, name, ("STORE_NAME", "STORE_GLOBAL"))


def _stores(code: types.CodeType, name: str, how: tuple[str, ...]) -> bool:
    return any(step.opname in how and step.argval == name for step in dis.get_instructions(code)) or any(
        _stores(inner, name, ("STORE_GLOBAL",)) for inner in code.co_consts if isinstance(inner, types.CodeType)
    )
