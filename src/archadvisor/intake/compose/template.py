"""Text with variables, filled in as Compose does it; the environment of this process is never asked."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from archadvisor.model.place import Place

_DOLLAR = re.compile(r"\$(?:(?P<escaped>\$)|(?P<name>[A-Za-z_][A-Za-z0-9_]*)|(?P<brace>\{))")
_BRACE = re.compile(r"\$\{|\}")
_INNER = re.compile(r"(?P<name>[A-Za-z_][A-Za-z0-9_]*)(?:(?P<operator>:?[-?+])(?P<rest>.*))?", re.DOTALL)
_DEEPEST = 16
_LONGEST = 65_536
"""Characters that variables, which may hold each other, may add to a text."""


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable that a file sets, and where; None is set without a value."""

    value: str | None
    place: Place


Variables = Mapping[str, Variable]


@dataclass(frozen=True, slots=True)
class Filled:
    """A text with its variables filled in, in which those that nothing sets stay as `${NAME}`."""

    text: str
    missing: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    """Where the values that were filled in are set."""


_TOO_LONG = Filled("${…}", ("…",))


def filled(text: str, variables: Variables, depth: int = 0) -> Filled:
    """A text with `$NAME`, `${NAME}`, defaults, alternatives and `$$` filled in."""
    parts: list[Filled] = []
    at = length = 0
    while (found := _DOLLAR.search(text, at)) is not None:
        end, part = _part(text, found, variables, depth)
        if part is None:
            break
        parts += (Filled(text[at : found.start()]), part)
        at, length = end, length + len(part.text)
        if length > _LONGEST:
            return _TOO_LONG
    return _together([*parts, Filled(text[at:])])


def _part(text: str, found: re.Match[str], variables: Variables, depth: int) -> tuple[int, Filled | None]:
    """What stands for what begins with a dollar, and where that ends; None where a brace is never closed."""
    if found["escaped"]:
        return found.end(), Filled("$")
    if found["name"]:
        return found.end(), _value(found["name"], variables)
    end = _closing(text, found.end())
    if end is None:
        return len(text), None
    inner = _INNER.fullmatch(text, found.end(), end)
    if inner is None or depth == _DEEPEST:
        return end + 1, Filled(text[found.start() : end + 1])
    return end + 1, _expression(inner, variables, depth)


def _closing(text: str, at: int) -> int | None:
    """Where the brace is closed that was opened before."""
    opened = 1
    for found in _BRACE.finditer(text, at):
        opened += 1 if found[0] == "${" else -1
        if opened == 0:
            return found.start()
    return None


def _value(name: str, variables: Variables) -> Filled:
    variable = variables.get(name)
    if variable is None or variable.value is None:
        return Filled(f"${{{name}}}", (name,))
    return Filled(variable.value, (), (variable.place,))


def _expression(inner: re.Match[str], variables: Variables, depth: int) -> Filled:
    """`NAME` with its default, its alternative or its message; with a colon, what is empty counts as not set."""
    name, operator = inner["name"], inner["operator"] or ""
    variable = variables.get(name)
    value = variable.value if variable is not None else None
    is_set = bool(value) if operator.startswith(":") else value is not None
    match operator[-1:]:
        case "+":
            return filled(inner["rest"], variables, depth + 1) if is_set else Filled("")
        case "-" if not is_set:
            return filled(inner["rest"], variables, depth + 1)
        case "?" if not is_set:
            return Filled(f"${{{name}}}", (name,))
    return _value(name, variables)


def _together(parts: list[Filled]) -> Filled:
    return Filled(
        "".join(part.text for part in parts),
        tuple(name for part in parts for name in part.missing),
        tuple(place for part in parts for place in part.places),
    )
