"""Compose files that a Compose file takes in: those that it includes, and those whose services it extends."""

from collections.abc import Iterator

from archadvisor.intake.compose.project import SECTIONS
from archadvisor.intake.tree import at, items, pairs
from archadvisor.loading.node import Mapping, Node, Scalar


def mentions(root: Node) -> Iterator[str]:
    """The paths of other files, as they are written; what a variable is part of is not known here."""
    for node in (*_included(root), *_extended(root)):
        if isinstance(node, Scalar) and node.value is not None and "$" not in node.written:
            yield node.written


def _included(root: Node) -> Iterator[Node]:
    for item in items(at(root, "include")):
        path = at(item, "path") if isinstance(item, Mapping) else item
        yield from items(path) or filter(None, [path])


def _extended(root: Node) -> Iterator[Node]:
    for section in SECTIONS:
        for _, service in pairs(at(root, section)):
            yield from filter(None, [at(service, "extends", "file")])
