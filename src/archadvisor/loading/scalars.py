"""The types of plain scalars in YAML 1.2's core schema."""

import re
from functools import lru_cache

from archadvisor.loading.node import Value

_WORDS: dict[str, Value] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
    **{f"{sign}{word}": float(f"{sign}inf") for sign in ("", "+", "-") for word in (".inf", ".Inf", ".INF")},
}
_NUMBER_STARTS = frozenset("0123456789+-.")
_INTEGER = re.compile(r"[-+]?[0-9]+")
_BASED = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_LONGEST_NUMBER = 300


@lru_cache(maxsize=8192)
def typed(written: str) -> Value:
    """The value of a plain scalar; anything that is no null, boolean or number is text."""
    if written in _WORDS:
        return _WORDS[written]
    if written[0] not in _NUMBER_STARTS or len(written) > _LONGEST_NUMBER:
        return written
    if _INTEGER.fullmatch(written):
        return int(written)
    if _BASED.fullmatch(written):
        return int(written, 0)
    return float(written) if _FLOAT.fullmatch(written) else written
