"""What a schema expects and what a file holds instead, in a reader's words."""

from collections.abc import Mapping as Lookup
from typing import Any

from archadvisor.loading.node import Node, Scalar, kind
from archadvisor.loading.scalars import typed
from archadvisor.loading.wording import listed, suggestion
from archadvisor.model.quantity import EXAMPLES

Schema = Lookup[str, Any]

_WORDS = {
    "object": "a mapping",
    "array": "a list",
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "`true` or `false`",
    "null": "nothing",
}


def types_of(schema: Schema) -> list[str]:
    """The JSON Schema types a value may have; text where the schema does not say."""
    types = schema.get("type", "string")
    return [types] if isinstance(types, str) else list(types)


def expectation(schema: Schema) -> str:
    """What a value must be: one of some words, a quantity, a kind of text."""
    if "enum" in schema:
        return listed([_quoted(value) for value in schema["enum"]])
    if "const" in schema:
        return f"`{schema['const']}`"
    if "x-unit" in schema:
        return f"a quantity such as {EXAMPLES[schema['x-unit']]}"
    if "pattern" in schema:
        return pattern_in_words(schema["pattern"])
    return listed([_WORDS[name] for name in types_of(schema)])


_PATTERNS = {
    r"^[A-Za-z][A-Za-z0-9_-]{0,62}$": "a name of letters, digits, `_` and `-` that starts with a letter",
    r"^[a-z]{2,4}(-[a-z]+)+-[0-9]$": "an AWS Region such as `eu-west-1`",
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$": "a day such as `2026-11-23`",
    r"^(1\.[0-9]{1,2}|none)$": 'a Kubernetes version in quotes, such as `"1.35"`',
    r"^[A-Z][A-Z_]{1,40}$": "a Linux capability such as `NET_ADMIN`",
    r"^[\s\S]*\S[\s\S]*$": "a reason",
    r"^[0-9]+(\.[0-9]+)*$": 'a version in quotes, such as `"1.0"`',
    r"^[a-z][a-z0-9_-]*/[a-z0-9][a-z0-9-]*$": "the id of a rule, such as `compute/gpus-need-hosts`",
    r"^[a-z0-9][a-z0-9-]*$": "a name of lower-case letters, digits and `-`",
    r"^[a-z][a-z0-9_]*$": "a name of lower-case letters, digits and `_` that starts with a letter",
    r"^https?://[^ ]+$": "an address that starts with `https://`",
    r"^[A-Za-z0-9][A-Za-z0-9_./:@*-]{0,252}$": "a word of letters, digits and `_./:@*-`, such as `shop.example.com`",
    r"^(\*\.)?[A-Za-z0-9][A-Za-z0-9_.:@-]{0,252}$": "a name such as `shop.example.com`, or `*.example.com` in quotes",
    r"^[A-Za-z_][A-Za-z0-9_.-]{0,127}$": "the name of a variable, such as `LOG_LEVEL`",
    r"^[a-z][a-z0-9_.*-]+$": "a kernel parameter such as `net.core.somaxconn`",
    r"^(?:\*|[a-z][a-z0-9_-]*/(?:\*|[a-z0-9][a-z0-9-]*))$": (
        "a rule such as `lint/plain-text-secret`, a group such as `lint/*`, or `*`"
    ),
    r"^[0-9a-f]{32}$": "a fingerprint of 32 hexadecimal digits",
    r"^/dev/[A-Za-z0-9_./-]+$": "a device such as `/dev/kvm`",
}


def pattern_in_words(pattern: str) -> str:
    """What a regular expression asks for."""
    return _PATTERNS.get(pattern, f"text that matches `{pattern}`")


def _quoted(value: object) -> str:
    """A value as one writes it: text that looks like another type is in quotes."""
    other = isinstance(value, str) and not isinstance(typed(value), str)
    return f'`"{value}"`' if other else f"`{value}`"


def found(node: Node) -> str:
    """What stands in the file: the value as written, cut and masked, or its kind."""
    if not isinstance(node, Scalar):
        return kind(node)
    if node.redacted:
        return "`****`"
    written = node.written if len(node.written) <= 60 else f"{node.written[:57]}…"
    if isinstance(node.value, str) and not isinstance(typed(node.value), str):
        return _quoted(node.value)
    return f"`{written}`" if written else "nothing"


def unit_hint(node: Node, unit: str | None) -> str | None:
    """Which unit to add to a bare number."""
    if unit and isinstance(node, Scalar) and isinstance(node.value, (int, float)) and not isinstance(node.value, bool):
        return f"a unit is needed: {EXAMPLES[unit]}"
    return None


def word_hint(value: object, allowed: list[object]) -> str | None:
    """The allowed word most like the one given."""
    words = [str(word) for word in allowed]
    hint = suggestion(str(value), words) if isinstance(value, str) else None
    return hint if hint and hint.startswith("did") else None


def bounds(low: float | None, high: float | None) -> str:
    """The range a number must lie in."""
    if high is None:
        return "a finite number" if low is None else f"a number of at least {low}"
    return f"a number from {low} to {high}"
