"""Values as other tools write them: interpolated text, amounts of memory, names."""

import re
from collections.abc import Iterable
from itertools import chain, count

from archadvisor.loading.node import Node, Scalar
from archadvisor.loading.scalars import typed

_VARIABLE = re.compile(r"\$(?:\{([A-Za-z_]\w*)(?:(:?[-?+])([^}]*))?\}|([A-Za-z_]\w*)|(\$))")
_BYTES = re.compile(r"([0-9]{1,15}(?:\.[0-9]{1,15})?)\s*([bkmgt]?)(?:i?b)?", re.IGNORECASE)
_NUMBER = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,15})?")
_FACTORS = {"": 1, "b": 1, "k": 2**10, "m": 2**20, "g": 2**30, "t": 2**40}
_UNITS = (("GiB", 2**30), ("MiB", 2**20), ("KiB", 2**10))
_LONGEST_NAME = 63
_ROOM_FOR_NUMBER = 50


def text_of(node: Node | None) -> str | None:
    """The text of a scalar with defaults in the place of variables; None where that is not said."""
    if not isinstance(node, Scalar) or node.value is None:
        return None
    missing = False

    def value(found: re.Match[str]) -> str:
        nonlocal missing
        if found[5]:
            return "$"
        if found[2] in ("-", ":-"):
            return found[3]
        missing = True
        return ""

    text = _VARIABLE.sub(value, node.written)
    return None if missing else text


def memory(node: Node | None) -> str | None:
    """An amount such as `512m` or `1073741824` as a workload file writes it; None where it is none."""
    text = text_of(node)
    found = _BYTES.fullmatch(text.strip()) if text else None
    if found is None:
        return None
    amount = float(found[1]) * _FACTORS[found[2].lower()]
    unit, size = next(((unit, size) for unit, size in _UNITS if amount >= size and amount % size == 0), ("MiB", 2**20))
    return f"{amount / size:.10g} {unit}" if amount >= 2**10 else None


def number(node: Node | None) -> str | None:
    """A number of at least 0; None where it is none."""
    text = text_of(node)
    return text.strip() if text and _NUMBER.fullmatch(text.strip()) else None


def as_name(written: str) -> str:
    """A name that a workload file takes, as near as can be to what was written."""
    name = re.sub(r"[^A-Za-z0-9_-]+", "-", written).strip("-_") or "unnamed"
    is_text = name[0].isalpha() and isinstance(typed(name), str)
    return (name if is_text else f"n{name}")[:_LONGEST_NAME]


def distinct_names(written: Iterable[str]) -> list[str]:
    """A name for each of what was written, no two alike: where they would be, later ones get a number."""
    found: dict[str, None] = {}
    for each in written:
        wanted = as_name(each)
        numbered = (as_name(f"{wanted[:_ROOM_FOR_NUMBER]}-{number}") for number in count(2))
        found[next(name for name in chain([wanted], numbered) if name not in found)] = None
    return [*found]
