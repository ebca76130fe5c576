"""Cells of notebooks, transcripts of consoles and code that was cut out of other code as the Python that their writer meant.

The page brings this file with code that begins with a space, or in which a line starts as IPython's or the console's do.
Lines keep their numbers, so that tracebacks and marks stay right.
"""

import ast
import io
import re
import shlex
import tokenize
import warnings
from json import dumps

# The prompts of the console (docs.python.org/3/tutorial/interpreter.html) and of IPython.
_PROMPT = re.compile(r"(\s*)(?:>>>|In ?\[\d*\]:)(?: |$)")
_CONTINUED = re.compile(r"\s*\.\.\.:?(?: |$)")
_IPYTHON = re.compile(r"\s*In ?\[\d*\]:")
_OUT = re.compile(r"^Out\[\d*\]: ?")
# How IPython begins what it tells of an error, and what a console says there.
_RULE = re.compile(r"-{10,}$")
_TRACEBACK = "Traceback (most recent call last):"
_INSTALL = re.compile(r"(\s*)[%!$]*\s*(?:(?:python3?|py|\{sys\.executable\})\s+-m\s+|uv\s+)?(?:pip3?|conda|mamba)\s+install\s+(.*)")
# Of pip's words: what a shell reads behind the command, files and folders that no page has, and options with a word of their own.
_SHELL = re.compile(r"\d*[>|&;]")
_FILES = re.compile(r"-[re]|--(?:requirement|editable)\b|\.")
_WITH_WORD = re.compile(r"-[cift]|--(?:(?:extra-)?index-url|find-links|constraint|target|channel)")
# What notebooks are told, and a page does anyway or has no use for.
_SETTING = re.compile(r"(\s*)%(?:matplotlib|config|load_ext|reload_ext|autoreload)\b")
# Tokens with which no statement begins.
_BETWEEN = {tokenize.NEWLINE, tokenize.NL, tokenize.COMMENT, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}


def translate(code: str) -> str:
    """JSON of the Python code and the requirements to install first; Python stays as it is, to the letter.

    Of a transcript also its examples: the first and the last line of each, from 1, the answer that is written below with its
    lines, and whether it is a cell: IPython shows the value of its last line alone, unless a `;` ends it.
    """
    lines = _without_margin(code.split("\n"))
    code = "\n".join(lines)
    first = next((line for line in lines if line.strip()), "")
    # `In [1]: x = 1` is Python as well: an assignment with an annotation.
    is_ipython = bool(_IPYTHON.match(first))
    if not is_ipython and _parses(code):
        return dumps({"code": code, "install": []})
    cell: dict = {"install": []}
    if _PROMPT.match(first):
        lines, cell["examples"] = _without_prompts(lines, is_ipython)
    lines = [_without_command(line, cell["install"]) for line in lines]
    return dumps(cell | {"code": "\n".join(lines)})


def _without_margin(lines: list[str]) -> list[str]:
    """The lines without what all statements begin with, where the first does; lines within a string may begin further left."""
    text = [line for line in lines if line.strip()]
    if not text or not text[0][0].isspace():
        return lines
    begun = _begun(lines) if not _PROMPT.match(text[0]) else text
    margin = begun[0][: len(begun[0]) - len(begun[0].lstrip())] if begun else ""
    if not all(line.startswith(margin) for line in begun):
        return lines
    return [line.removeprefix(margin) for line in lines]


def _begun(lines: list[str]) -> list[str]:
    """The lines with which statements begin; all that have text, where they are no Python."""
    begun, is_new = [], True
    try:
        for token in tokenize.generate_tokens(io.StringIO("\n".join(lines)).readline):
            if is_new and token.type not in _BETWEEN:
                begun.append(lines[token.start[0] - 1])
                is_new = False
            is_new |= token.type == tokenize.NEWLINE
    except (tokenize.TokenError, SyntaxError):
        return [line for line in lines if line.strip()]
    return begun


def _parses(code: str) -> bool:
    try:
        with warnings.catch_warnings():
            # They are told when the code runs.
            warnings.simplefilter("ignore")
            compile(code, "<cell>", "exec", ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    except (SyntaxError, ValueError):
        return False
    return True


def _without_prompts(lines: list[str], is_ipython: bool) -> tuple[list[str], list[dict]]:
    """What stands behind prompts; and the examples, each with what the console answered, up to an empty line."""
    code: list[str] = []
    examples: list[dict] = []
    is_open = is_answer = False
    are_marked = is_ipython and any(_CONTINUED.match(line) for line in lines)
    margin = ""
    for number, line in enumerate(lines, 1):
        prompt = _PROMPT.match(line)
        margin = prompt[1] if prompt else margin
        mark = prompt or (is_open and _CONTINUED.match(line)) or None
        # IPython copies the lines that follow a prompt with or without marks; the console marks each.
        may_go_on = is_ipython and is_open and not are_marked and not line.lstrip().startswith("Out[")
        is_open = bool(mark) or (may_go_on and _goes_on(code[examples[-1]["start"] - 1 :], line))
        code.append(line[mark.end() :] if mark else line if is_open else "")
        if prompt:
            examples.append({"start": number, "end": number, "written": [], "lines": [], "is_cell": is_ipython})
        elif is_open:
            examples[-1]["end"] = number
        is_answer = is_open or (is_answer and (bool(line.strip()) or _is_error(examples[-1]["written"])))
        # An example may stand further in than the one above.
        line = line.removeprefix(margin)
        answer = _OUT.sub("", line).rstrip()
        # A value of several lines begins below its mark.
        if is_answer and not is_open and (answer or not _OUT.match(line)):
            examples[-1]["written"].append(answer)
            examples[-1]["lines"].append(number)
    for example in examples:
        if is_ipython and _is_error(example["written"]):
            example["written"][0] = _TRACEBACK
            while not example["written"][-1]:
                example["written"].pop()
    return code, examples


def _goes_on(code: list[str], line: str) -> bool:
    """Whether a line without a mark is code that follows this code, and not what that printed."""
    if not code[0].strip() or not line.strip() or line[0].isspace() or not _parses("\n".join(code)):
        return True
    if not _parses(line):
        return False
    statements = ast.parse(line).body
    call = statements[0].value if statements and isinstance(statements[0], ast.Expr) else None
    # What is printed may look like an object: its name begins with a capital.
    return bool(statements) and (call is None or isinstance(call, ast.Call) and ast.unparse(call.func)[:1].islower())


def _is_error(written: list[str]) -> bool:
    """Whether IPython tells of an error there, with empty lines in it."""
    return bool(written) and bool(_RULE.match(written[0]))


def _without_command(line: str, install: list[str]) -> str:
    """A line without what only a notebook understands; `pass` holds its place in a block of statements."""
    if match := _SETTING.match(line):
        return f"{match[1]}pass"
    match = _INSTALL.match(line)
    if match is None:
        return line
    requirements = _requirements(match[2])
    if requirements is None:
        return line
    install.extend(requirements)
    return f"{match[1]}pass"


def _requirements(asked: str) -> list[str] | None:
    """What pip is asked to install; None where a page can't know it."""
    try:
        words = iter(shlex.split(asked, comments=True))
    except ValueError:
        return None
    found = []
    for word in words:
        if _SHELL.match(word):
            break
        if _FILES.match(word):
            return None
        if _WITH_WORD.fullmatch(word):
            next(words, None)
        elif not word.startswith("-") and word != "pip":
            found.append(word)
    return found
