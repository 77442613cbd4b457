"""Masks parts of a document: in its tree, in its lines, and wherever else they are written in it."""

import re
from collections.abc import Iterator

from archadvisor.loading.node import Mapping, Node, Scalar, Sequence
from archadvisor.model.place import Place

MASK = "****"
_TELLING = r"(?=\S*[A-Za-z])(?=\S*[^a-z_-])\S{8,}"
"""What is hardly written for another reason than that it is a secret: more than a word, a number or a name."""


def hide(root: Node, lines: list[str], nodes: list[Scalar]) -> None:
    """Masks some scalars of a document, in its nodes and in its lines, and what else is written as they are."""
    if not nodes:
        return
    texts = {node.written for node in nodes if re.fullmatch(_TELLING, node.written)}
    for node in nodes:
        node.value = node.written = MASK
        node.redacted = True
    _rename_masked_keys(root)
    for place in {node.place: None for node in nodes}:
        mask(lines, place)
    for text in texts:
        _mask_again(root, text)
        lines[:] = [line.replace(text, MASK.ljust(len(text))) for line in lines]


def _mask_again(root: Node, text: str) -> None:
    """Masks the values that hold a text which is a secret elsewhere; they stay what they are to the schema."""
    for node in _all(root):
        if isinstance(node, Scalar) and text in node.written:
            node.written = MASK
            node.redacted = True


def _all(root: Node) -> Iterator[Node]:
    """A node and all values in it."""
    pending: list[Node] = [root]
    while pending:
        node = pending.pop()
        yield node
        if isinstance(node, Mapping):
            pending.extend(value for _, value in node.items.values())
        elif isinstance(node, Sequence):
            pending.extend(node.items)


def _rename_masked_keys(root: Node) -> None:
    for node in _all(root):
        if isinstance(node, Mapping) and any(key.redacted for key, _ in node.items.values()):
            node.items = {MASK if pair[0].redacted else name: pair for name, pair in node.items.items()}


def mask(lines: list[str], place: Place) -> None:
    """Masks a span; the columns of what follows on its lines stay as they are."""
    for number in range(place.line, min(place.end_line, len(lines)) + 1):
        line = lines[number - 1]
        start = place.column - 1 if number == place.line else len(line) - len(line.lstrip())
        end = place.end_column - 1 if number == place.end_line else len(line)
        lines[number - 1] = (
            line[:start] + MASK[: max(0, end - start)].ljust(max(0, end - start)) + line[max(start, end) :]
        )
