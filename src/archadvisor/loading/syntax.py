"""What is wrong with a text that is no YAML, in a reader's words, and where that begins."""

import re

import yaml

from archadvisor.loading.node import Event
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.place import START, Place

_INVALID = "the file is not valid YAML: "
_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_QUOTES = "put quotes around the text"
_INDENT = "keys that belong together begin in the same column"
_AT_CONTEXT = (
    ("end of stream", "quoted scalar", "a quote is opened here and never closed", None),
    ("',' or ']'", "", "a `[` is opened here and not closed", "entries are parted by `,`, and `]` ends them"),
    ("',' or '}'", "", "a `{` is opened here and not closed", "entries are parted by `,`, and `}` ends them"),
)
"""What the parser says of something, in which context; what that means where the context begins; and a hint."""
_AT_PROBLEM = (
    ("did not find expected '-'", "", "expected an item that begins with `-`, as those above it do", None),
    (
        "mapping values are not allowed",
        "",
        "a `:` cannot stand here",
        f"{_QUOTES}, or begin the key where others begin",
    ),
    ("unknown escape", "", "what follows `\\` means nothing in double quotes", "write `\\\\`, or use single quotes"),
    ("expected alphabetic or numeric", "alias", "`*` begins an alias, and no name follows", _QUOTES),
    ("expected alphabetic or numeric", "anchor", "`&` begins an anchor, and no name follows", _QUOTES),
    ("expected node content", "", "expected a value here", None),
    ("expected the node content", "", "expected a value here", None),
    ("<block end>", "collection", "expected an item that begins with `-`, as those above it do", None),
)


def syntax_problem(error: yaml.YAMLError, text: str, file: str) -> Diagnostic:
    """The complaint about a text at which the parser gave up."""
    if isinstance(error, yaml.reader.ReaderError):
        return _unreadable(error, text, file)
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    place = START if mark is None else _place(mark)
    problem = getattr(error, "problem", None) or "cannot be read"
    context, opened = getattr(error, "context", None) or "", getattr(error, "context_mark", None)
    for said, within, message, hint in _AT_CONTEXT:
        if said in problem and within in context and opened is not None:
            noticed = () if within else (("noticed here", place),)
            return Diagnostic(file, _INVALID + message, _place(opened), hint, noticed)
    known = _by_line(problem, context, text, place) or next(
        ((message, hint) for said, within, message, hint in _AT_PROBLEM if said in problem and within in context), None
    )
    message, hint = known or (f"{problem} {context}".strip(), None)
    return Diagnostic(file, _INVALID + message, place, hint)


def undecodable(error: UnicodeDecodeError, file: str) -> Diagnostic:
    """The complaint about bytes that are no UTF-8 text, at the first of them."""
    if "utf" not in error.encoding or "16" in error.encoding:
        return Diagnostic(file, "the file is not UTF-8 text", START)
    before = error.object[: error.start].decode("utf-8", "replace").splitlines(keepends=True) or [""]
    if before[-1].endswith(("\n", "\r")):
        before.append("")
    line, column = len(before), len(before[-1]) + 1
    return Diagnostic(file, "the file is not UTF-8 text", Place(line, column, line, column + 1))


def _unreadable(error: yaml.reader.ReaderError, text: str, file: str) -> Diagnostic:
    found = _FORBIDDEN.search(text)
    if found is None:
        return Diagnostic(file, f"the file is not YAML text: {error.reason}", START)
    line = text.count("\n", 0, found.start()) + 1
    column = found.start() - text.rfind("\n", 0, found.start())
    message = f"the file is not YAML text: a control character (U+{ord(found[0]):04X}) is not allowed"
    return Diagnostic(file, message, Place(line, column, line, column + 1))


def _place(mark: Event) -> Place:
    return Place(mark.line + 1, mark.column + 1, mark.line + 1, mark.column + 2)


def _by_line(problem: str, context: str, text: str, place: Place) -> tuple[str, str | None] | None:
    """What the line at which the parser gave up tells of it."""
    lines = text.splitlines()
    line = lines[place.line - 1] if place.line <= len(lines) else ""
    before, at = line[: place.column - 1], line[place.column - 1 : place.column]
    if "cannot start any token" in problem:
        if at == "\t":
            return "a tab stands where YAML takes spaces alone", "put spaces in the place of the tab"
        return f"a text cannot begin with {'a backtick' if at == '`' else f'`{at}`'}", _QUOTES
    if "expected key" in problem or ("<block end>" in problem and "mapping" in context):
        if before.strip():
            return "text follows a value that has ended", "put quotes around all of it"
        if at == "-":
            return "an item of a list stands among keys", _INDENT
        return "the line is indented as none of those it belongs to", _INDENT
    return None
