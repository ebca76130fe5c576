"""Checks a reader's code: runs it in a copy of its session, and then each check in a copy of what came of it.

A check is Python with assertions, a table of cases (`double(2) -> 4`) or a doctest (`>>> double(2)`). Plain Python,
like prelude.py.
"""

import ast
import builtins
import contextlib
import doctest
import io
import linecache
import math
import sys
import traceback
import warnings
from json import dumps, loads

# The page brings these with this file.
constructs = session_copy = time_limits = None

# How much of a value a reader can take in.
_MOST_CHARACTERS = 400

_ARROW = " -> "


async def check(prelude, wishes: str, code: str, session: str, filename: str, begin) -> str:
    """Check the code; `begin` hears the number of what begins: 0 for the code itself, 1 for the first check."""
    wishes = loads(wishes)
    scope = prelude.globals_of(session, filename)
    out = _Tee(sys.stdout)
    with prelude.within(session), session_copy.copied(scope), _answering(wishes["stdin"], out):
        begin(0)
        try:
            async with time_limits.time_limit(wishes["seconds"]):
                with contextlib.redirect_stdout(out):
                    value = await prelude.evaluate_all(code, scope, filename)
            shown = None if value is None else prelude.representations(value)
        except time_limits.TimeIsUp:
            return dumps({"state": "done", "value": None, "results": [{"state": "late", "name": None, "seconds": wishes["seconds"]}]})
        except BaseException as error:
            outcome = await prelude.failed(error, filename)
            if outcome["state"] != "done":
                return dumps(outcome)
            value = shown = None
        results = _rules(wishes, code, filename)
        for number, one in enumerate(wishes["checks"], 1):
            begin(number)
            given = {"_printed": out.text(), "_code": code, "_value": value}
            results.append({"name": one["name"]} | await _Check(prelude, one, number, filename).run(scope, given))
    return dumps({"state": "done", "value": shown, "results": results})


class _Tee:
    """What code prints, shown and kept."""

    def __init__(self, shown) -> None:
        self._shown, self._kept = shown, io.StringIO()

    def write(self, text: str) -> int:
        self._shown.write(text)
        return self._kept.write(text)

    def flush(self) -> None:
        self._shown.flush()

    def text(self) -> str:
        return self._kept.getvalue()


@contextlib.contextmanager
def _answering(lines: list[str], out: _Tee):
    """Let `input` take these lines: a check asks nobody."""
    stdin, ask = sys.stdin, builtins.input
    sys.stdin = io.StringIO("".join(f"{line}\n" for line in lines))

    def input(prompt="", /):
        sys.stdout.write(str(prompt))
        line = sys.stdin.readline()
        if not line:
            raise EOFError("this exercise gives its checks no more lines of input")
        sys.stdout.write(line)
        return line.removesuffix("\n")

    builtins.input = input
    try:
        yield
    finally:
        sys.stdin, builtins.input = stdin, ask


def _rules(wishes: dict, code: str, filename: str) -> list[dict]:
    """What of the constructs that the author forbids and requires is kept."""
    with warnings.catch_warnings():
        # They were told when the code ran.
        warnings.simplefilter("ignore")
        tree = compile(code, filename, "exec", ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    results = []
    for rule in ("forbid", "require"):
        for construct in wishes[rule]:
            lines = constructs.lines_with(construct, tree)
            state = "passed" if bool(lines) == (rule == "require") else "failed"
            found = lines if rule == "forbid" else []
            results.append({"name": None, "state": state, rule: construct, "lines": found, "line": found[0] if found else None})
    return results


class _Failed(Exception):
    """A check that isn't fulfilled: what was asked, what was expected and what came."""

    def __init__(self, **what) -> None:
        self.what = what


class _Check:
    """One check."""

    def __init__(self, prelude, wishes: dict, number: int, block: str) -> None:
        self._prelude, self._code, self._seconds = prelude, wishes["code"], wishes["seconds"]
        self._filename, self._block = f"<check {number}>", block
        # The comparison of an assertion that doesn't hold: its operator, and both sides as they were.
        self._compared = None

    async def run(self, scope: dict, given: dict) -> dict:
        """Run it in a copy of the scope, and say how it went."""
        with session_copy.copied(scope), contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            scope.update(given)
            try:
                async with time_limits.time_limit(self._seconds):
                    await self._run(scope)
            except time_limits.TimeIsUp:
                return {"state": "late", "seconds": self._seconds}
            except _Failed as failed:
                return {"state": "failed"} | failed.what
            except BaseException as error:
                return await self._told(error)
        return {"state": "passed"}

    async def _run(self, scope: dict) -> None:
        lines = self._code.split("\n")
        linecache.cache[self._filename] = (len(self._code), None, [f"{line}\n" for line in lines], self._filename)
        if self._code.lstrip().startswith(">>>"):
            self._run_doctest(scope)
        elif cases := _cases(lines):
            for case in cases:
                await self._run_case(*case, scope)
        else:
            tree = self._parsed(self._code)
            tree = ast.fix_missing_locations(_Compared().visit(tree))
            scope["__compared__"] = self._compare
            await self._prelude.execute(tree, scope, self._filename, "exec")

    def _parsed(self, code: str) -> ast.Module:
        return compile(code, self._filename, "exec", ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)

    def _run_doctest(self, scope: dict) -> None:
        test = doctest.DocTestParser().get_doctest(self._code, scope, self._filename, self._filename, 0)
        # The parser copies the globals that it is given.
        test.globs = scope
        runner = doctest.DebugRunner(verbose=False, optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
        try:
            runner.run(test, out=lambda _: None, clear_globs=False)
        except doctest.DocTestFailure as failure:
            example = failure.example
            raise _Failed(call=example.source.strip(), expected=example.want.strip(), got=_cut(failure.got.strip())) from None
        except doctest.UnexpectedException as unexpected:
            raise unexpected.exc_info[1] from None

    async def _run_case(self, number: int, call: str, expected: str, note: str | None, scope: dict) -> None:
        """One line of a table: an expression, and what it is to give or raise."""

        async def value_of(text: str):
            # On the line where it stands, for what tells of errors.
            tree = ast.increment_lineno(compile(text, self._filename, "eval", ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT), number)
            return await self._prelude.execute(tree, scope, self._filename, "eval")

        raises = expected.removeprefix("raises ").strip() if expected.startswith("raises ") else None
        if raises is None:
            wanted = await value_of(expected)
            got = await value_of(call)
            if not _is_same(got, wanted):
                raise _Failed(message=note, call=call, expected=_shown(wanted), got=_shown(got))
            return
        try:
            got = await value_of(call)
        except Exception as error:
            if raises in [kind.__name__ for kind in type(error).__mro__]:
                return
            raise
        raise _Failed(message=note, call=call, expected=raises, got=_shown(got))

    def _compare(self, operator: str, call: str, got, expected) -> bool:
        """What an assertion compares, and a note of it where it doesn't hold."""
        holds = bool(_OPERATORS[operator](got, expected))
        self._compared = None if holds else (operator, call, got, expected)
        return holds

    async def _told(self, error: BaseException) -> dict:
        """How a check went that raised: by an assertion, in the reader's code, or by its own fault."""
        frames = [(frame.f_code.co_filename, line) for frame, line in traceback.walk_tb(error.__traceback__)]
        places = [place for place in frames if place[0].startswith(("<block ", "<check "))]
        is_own = not places or places[-1][0] == self._filename
        message = str(error).strip() or None
        if isinstance(error, AssertionError) and is_own:
            operator, call, got, expected = self._compared or (None, None, None, None)
            what = {"state": "failed", "message": message and _cut(message)}
            if operator is None:
                return what | {"call": None if message else self._line(places)}
            expected = _shown(expected) if operator in ("==", "is") else f"{operator} {_shown(expected)}"
            return what | {"call": call, "expected": expected, "got": _shown(got)}
        text = _cut("".join(traceback.format_exception_only(error)).strip())
        if isinstance(error, NameError) and is_own and error.name:
            return {"state": "failed", "missing": error.name}
        if is_own or isinstance(error, SyntaxError) and error.filename == self._filename:
            return {"state": "broken", "text": text}
        line = [line for name, line in places if name == self._block]
        return {"state": "raised", "text": text, "line": line[-1] if line else None}

    def _line(self, places: list) -> str | None:
        """The text of the line of the check that was at work."""
        return linecache.getline(self._filename, places[-1][1]).strip() if places else None


class _Compared(ast.NodeTransformer):
    """Has assertions that compare two values keep a note of both."""

    def visit_Assert(self, node: ast.Assert) -> ast.Assert:
        self.generic_visit(node)
        test = node.test
        names = {ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Is: "is", ast.In: "in"}
        if isinstance(test, ast.Compare) and len(test.ops) == 1 and type(test.ops[0]) in names:
            operator, got, expected = names[type(test.ops[0])], test.left, test.comparators[0]
            # What is written out is what the author expects, on whichever side it stands.
            if operator in ("==", "!=") and isinstance(got, ast.Constant):
                got, expected = expected, got
            arguments = [ast.Constant(operator), ast.Constant(ast.unparse(got)), got, expected]
            node.test = ast.copy_location(ast.Call(ast.Name("__compared__", ast.Load()), arguments, []), test)
        return node


_OPERATORS = {
    "==": lambda got, expected: got == expected,
    "!=": lambda got, expected: got != expected,
    "<": lambda got, expected: got < expected,
    "<=": lambda got, expected: got <= expected,
    ">": lambda got, expected: got > expected,
    ">=": lambda got, expected: got >= expected,
    "is": lambda got, expected: got is expected,
    "in": lambda got, expected: got in expected,
}


def _cases(lines: list[str]) -> list[tuple]:
    """Line, expression, expectation and note of each case, where the text is a table of cases; else nothing."""
    cases = []
    for number, line in enumerate(lines):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        case = _case(line)
        if case is None:
            return []
        cases.append((number, *case))
    return cases


def _case(line: str) -> tuple | None:
    """No line of Python is an arrow between two expressions: what is one is a case."""
    start = line.find(_ARROW)
    while start != -1:
        call, expected = line[:start].strip(), line[start + len(_ARROW) :].strip()
        note = None
        if not _is_expression(expected) and "  #" in expected:
            expected, _, note = expected.partition("  #")
        elif "  #" in expected and _is_expression(expected.partition("  #")[0]):
            expected, _, note = expected.partition("  #")
        wanted = expected.strip().removeprefix("raises ")
        if _is_expression(call) and _is_expression(wanted):
            return call, expected.strip(), note and note.strip()
        start = line.find(_ARROW, start + 1)
    return None


def _is_expression(text: str) -> bool:
    try:
        compile(text.strip(), "<case>", "eval", ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    except (SyntaxError, ValueError):
        return False
    return True


def _is_same(got, expected) -> bool:
    """Equal, or as near as two fractions come."""
    if isinstance(got, float) or isinstance(expected, float):
        with contextlib.suppress(TypeError, ValueError, OverflowError):
            return math.isclose(got, expected, rel_tol=1e-9, abs_tol=1e-12)
    return bool(got == expected)


def _shown(value) -> str:
    return _cut(repr(value))


def _cut(text: str) -> str:
    """As much of a text as a reader can take in."""
    return text if len(text) <= _MOST_CHARACTERS else f"{text[: _MOST_CHARACTERS - 1]}…"
