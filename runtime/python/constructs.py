"""Which constructs stand in code, and where: keywords, names, `.methods`, operators, found in its syntax tree.

Plain Python, like prelude.py.
"""

import ast
import keyword

_OPERATORS = {
    "+": (ast.Add, ast.UAdd),
    "-": (ast.Sub, ast.USub),
    "*": (ast.Mult,),
    "/": (ast.Div,),
    "//": (ast.FloorDiv,),
    "%": (ast.Mod,),
    "**": (ast.Pow,),
    "@": (ast.MatMult,),
    "&": (ast.BitAnd,),
    "|": (ast.BitOr,),
    "^": (ast.BitXor,),
}

_KEYWORDS = {
    "and": (ast.And,),
    "or": (ast.Or,),
    "not": (ast.Not, ast.NotIn, ast.IsNot),
    "in": (ast.In, ast.NotIn, ast.For, ast.AsyncFor, ast.comprehension),
    "is": (ast.Is, ast.IsNot),
    "for": (ast.For, ast.AsyncFor, ast.comprehension),
    "while": (ast.While,),
    "if": (ast.If, ast.IfExp),
    "def": (ast.FunctionDef, ast.AsyncFunctionDef),
    "class": (ast.ClassDef,),
    "lambda": (ast.Lambda,),
    "import": (ast.Import, ast.ImportFrom),
    "from": (ast.ImportFrom, ast.YieldFrom),
    "try": (ast.Try, ast.TryStar),
    "except": (ast.ExceptHandler,),
    "with": (ast.With, ast.AsyncWith),
    "match": (ast.Match,),
    "case": (ast.match_case,),
    "return": (ast.Return,),
    "yield": (ast.Yield, ast.YieldFrom),
    "await": (ast.Await, ast.AsyncFor, ast.AsyncWith),
    "async": (ast.AsyncFunctionDef, ast.AsyncFor, ast.AsyncWith),
    "raise": (ast.Raise,),
    "assert": (ast.Assert,),
    "del": (ast.Delete,),
    "global": (ast.Global,),
    "nonlocal": (ast.Nonlocal,),
    "pass": (ast.Pass,),
    "break": (ast.Break,),
    "continue": (ast.Continue,),
}


def lines_with(construct: str, tree: ast.AST) -> list[int]:
    """The lines in which it stands, each once."""
    if construct.startswith("."):
        found = _nodes(tree, lambda node: isinstance(node, ast.Attribute) and node.attr == construct[1:])
    elif construct in _OPERATORS:
        found = _with_child(tree, _OPERATORS[construct])
    elif construct in ("else", "elif", "finally"):
        found = _branches(construct, tree)
    elif construct in _KEYWORDS and (keyword.iskeyword(construct) or construct in ("match", "case")):
        found = _with_child(tree, _KEYWORDS[construct])
    elif construct in ("None", "True", "False"):
        found = _nodes(tree, lambda node: isinstance(node, ast.Constant) and repr(node.value) == construct)
    else:
        found = _uses(construct, tree)
    return sorted(set(found))


def _nodes(tree: ast.AST, is_meant) -> list[int]:
    return [node.lineno for node in ast.walk(tree) if is_meant(node)]


def _with_child(tree: ast.AST, kinds: tuple) -> list[int]:
    """Operators and clauses of comprehensions have no place of their own: that of what they are in counts."""
    lines = []
    for node in ast.walk(tree):
        if isinstance(node, kinds) and hasattr(node, "lineno"):
            lines.append(node.lineno)
        for child in ast.iter_child_nodes(node):
            if isinstance(child, kinds) and not hasattr(child, "lineno") and hasattr(node, "lineno"):
                # A clause knows where its parts stand.
                inner = getattr(child, "target", None) or getattr(child, "pattern", None) or node
                lines.append(inner.lineno)
    return lines


def _branches(construct: str, tree: ast.AST) -> list[int]:
    def line_of(node):
        if construct == "finally":
            return [node.finalbody[0].lineno] if getattr(node, "finalbody", None) else []
        if isinstance(node, ast.IfExp):
            return [node.orelse.lineno] if construct == "else" else []
        rest = getattr(node, "orelse", None)
        if not isinstance(rest, list) or not rest:
            return []
        # `elif` is an `if` that stands where its outer `if` does.
        is_elif = isinstance(node, ast.If) and isinstance(rest[0], ast.If) and rest[0].col_offset == node.col_offset
        return [rest[0].lineno] if is_elif == (construct == "elif") else []

    return [line for node in ast.walk(tree) for line in line_of(node)]


def _uses(name: str, tree: ast.AST) -> list[int]:
    """Where the name is read or imported; what the code makes itself under this name is its own."""
    nodes = list(ast.walk(tree))
    stored = any(isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Store) for node in nodes)
    defined = any(getattr(node, "name", None) == name for node in nodes if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)))
    passed = any(isinstance(node, ast.arg) and node.arg == name for node in nodes)
    own = stored or defined or passed
    lines = []
    for node in nodes:
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            words = [word for alias in node.names for word in [*alias.name.split("."), alias.asname]]
            words += (getattr(node, "module", None) or "").split(".")
            lines += [node.lineno] if name in words else []
        elif isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Load) and not own:
            lines.append(node.lineno)
    return lines
