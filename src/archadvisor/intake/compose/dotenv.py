"""Files of variables, such as `.env`, as Compose reads them."""

import re
from collections import ChainMap
from collections.abc import Iterator

from archadvisor.intake.compose.template import Variable, Variables, filled
from archadvisor.model.place import Place

_LINE = re.compile(
    r"""^[ \t]*(?:export[ \t]+)?(?P<name>[A-Za-z_][\w.-]*)[ \t]*
    (?:[=:][ \t]*
        (?:'(?P<single>[^']*)'[^\n]* | "(?P<double>(?:[^"\\]|\\.)*)"[^\n]* | (?P<bare>[^\n]*))
    )?[^\n]*$""",
    re.MULTILINE | re.VERBOSE | re.DOTALL,
)
_COMMENT = re.compile(r"(?:^|[ \t])#.*$")
_LONGEST = 1_000_000
"""Characters that the values of a file may come to with variables filled in."""
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t"}


def variables_of(text: str, file: str, known: Variables, raw: bool = False) -> dict[str, Variable]:
    """The variables that a file sets; values may hold known ones, and those before them, unless it is read `raw`."""
    found: dict[str, Variable] = {}
    every = ChainMap(found, dict(known))
    length = 0
    for name, quote, value, place in _entries(text.replace("\r\n", "\n"), file):
        if value is not None and "$" in value and quote != "'" and not raw:
            whole = filled(value, every)
            length += len(whole.text)
            value = None if whole.missing or length > _LONGEST else whole.text
        found[name] = Variable(value, place)
    return found


def _entries(text: str, file: str) -> Iterator[tuple[str, str, str | None, Place]]:
    """The names, how each is quoted, its value, and where the name stands."""
    line, at = 1, 0
    for found in _LINE.finditer(text):
        start = found.start("name")
        line, at = line + text.count("\n", at, start), start
        column = start - (text.rfind("\n", 0, start) + 1) + 1
        place = Place(line, column, line, column + len(found["name"]), file)
        yield found["name"], *_value(found), place


def _value(found: re.Match[str]) -> tuple[str, str | None]:
    """How a value is quoted, and the value; None where only the name stands there."""
    if found["single"] is not None:
        return "'", found["single"]
    if found["double"] is not None:
        return '"', _ESCAPED.sub(lambda escape: _ESCAPES.get(escape[1], escape[1]), found["double"])
    if found["bare"] is not None:
        return "", _COMMENT.sub("", found["bare"]).strip()
    return "", None
