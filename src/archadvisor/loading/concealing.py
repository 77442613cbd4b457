"""Finds what does not fit where a secret may be named: it may be the secret itself, written in the wrong place."""

from collections.abc import Iterator

from archadvisor.loading.node import Mapping, Node, Scalar, Sequence
from archadvisor.loading.redaction import names_secret
from archadvisor.loading.wording import nearest

_NAMES = "secrets"
"""The key under which secrets are named, with what is known of them."""


def doubtful(root: Node, misfits: list[Node]) -> list[Scalar]:
    """The values, and keys, of a document that may be secrets, as the place that they stand in is not for them."""
    wrong = frozenset(map(id, misfits))
    if not isinstance(root, Mapping):
        return []
    found: list[Scalar] = []
    for name, pair in root.items.items():
        misspelled = id(pair[0]) in wrong and nearest(name, (_NAMES,)) is not None
        found += _all(pair[1]) if misspelled else _in_pair(name, pair, wrong, False)
    return found


def _in_pair(name: str, pair: tuple[Scalar, Node], wrong: frozenset[int], named: bool) -> Iterator[Scalar]:
    """What is doubtful of a key and its value; `named` says whether they are within what names secrets."""
    key, value = pair
    is_wrong = id(key) in wrong or id(value) in wrong
    if not is_wrong or not (named or names_secret(name)):
        yield from _in(value, wrong, named or name == _NAMES)
    elif named and isinstance(value, Scalar) and value.value is None:
        yield key
    else:
        yield from _all(value)


def _in(node: Node, wrong: frozenset[int], named: bool) -> Iterator[Scalar]:
    match node:
        case Mapping():
            for name, pair in node.items.items():
                yield from _in_pair(name, pair, wrong, named)
        case Sequence():
            for item in node.items:
                yield from _all(item) if named and id(item) in wrong else _in(item, wrong, named)
        case Scalar():
            pass


def _all(node: Node) -> Iterator[Scalar]:
    """Every key and value of a node that holds something."""
    match node:
        case Mapping():
            for key, value in node.items.values():
                yield key
                yield from _all(value)
        case Sequence():
            for item in node.items:
                yield from _all(item)
        case Scalar(value=None):
            pass
        case Scalar():
            yield node
