"""Documents that stand as a text within another file: JSON in a plan, YAML and JSON in what configures something."""

from collections.abc import Iterator

from archadvisor.errors import UnreadableInput
from archadvisor.intake.secrets import is_literal_secret
from archadvisor.intake.tree import items, pairs
from archadvisor.loading.document import parse_foreign
from archadvisor.loading.node import Node, Scalar
from archadvisor.loading.redaction import is_suspicious

_FILLED_IN = ("$", "<", "{{", "%")
"""How a value begins that another tool puts there."""


def documents(text: str, file: str) -> list[Node]:
    """The documents of a text; none where it is neither YAML nor JSON."""
    try:
        return parse_foreign(text.replace("\t", " "), file)
    except (UnreadableInput, ValueError):
        return []


def holds_literal_secret(text: str) -> bool:
    """Whether a text is a document in which a secret stands under a key that names it."""
    roots = documents(text, "") if is_suspicious(text) else []
    named = (found for root in roots for found in _named(root))
    return any(is_literal_secret(key, value) and not value.startswith(_FILLED_IN) for key, value in named)


def _named(node: Node) -> Iterator[tuple[str, str]]:
    for key, value in pairs(node):
        if isinstance(value, Scalar) and value.value is not None:
            yield key.written, value.written
        yield from _named(value)
    for item in items(node):
        yield from _named(item)
