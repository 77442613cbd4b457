"""A file of a pack, as a tree."""

from collections.abc import Iterable
from collections.abc import Mapping as Lookup
from dataclasses import dataclass
from typing import Any

from archadvisor.loading.check import Checker
from archadvisor.loading.node import Mapping, Node, Sequence, pairs_at, value_at, words_at

_ALL_SPEAK_OF = ("decision", "for")
"""Keys without which nothing can be said of a file's rules."""
_SPOKEN_OF = ("options", "rules", "conflicts")


@dataclass(frozen=True, slots=True)
class PackFile:
    """A file of a pack: its name, and its tree."""

    pack: str
    file: str
    root: Mapping
    """What of it is well formed."""
    whole: Mapping
    """All that stands in it."""

    @property
    def is_sound(self) -> bool:
        """Whether all of it is well formed."""
        return self.root is self.whole


def rules_in(file: PackFile) -> list[Mapping]:
    """The rules of a file that are well formed."""
    return _mappings(file.root)


def options_in(file: PackFile) -> tuple[str, ...]:
    """The options that a file defines, well formed or not."""
    return tuple(key.written for key, _ in pairs_at(file.whole, "options"))


def after_in(file: PackFile) -> tuple[str, ...]:
    """The decisions that the one which a file defines comes after."""
    return tuple(node.written for node in words_at(file.whole, "after"))


def all_rules_in(file: PackFile) -> list[tuple[Mapping, bool]]:
    """The rules of a file, and whether they are well formed."""
    sound = {id(node) for node in rules_in(file)}
    return [(node, id(node) in sound) for node in _mappings(file.whole)]


def _mappings(root: Mapping) -> list[Mapping]:
    rules = value_at(root, "rules")
    return [node for node in rules.items if isinstance(node, Mapping)] if isinstance(rules, Sequence) else []


def well_formed(root: Mapping, schema: Lookup[str, Any]) -> Mapping:
    """What of a file fits its schema by itself: keys, and entries of the lists and mappings under keys."""
    found = Mapping(root.place)
    for name, (key, value) in root.items.items():
        shape = schema["properties"].get(name)
        kept = _fitting(value, Checker({**shape, "$defs": schema["$defs"]})) if shape else None
        if kept is not None:
            found.items[name] = (key, kept)
    if any(name in root.items and name not in found.items for name in _ALL_SPEAK_OF):
        for name in _SPOKEN_OF:
            found.items.pop(name, None)
    return found


def _fitting(node: Node, checker: Checker) -> Node | None:
    """A node, or what of its entries fits; None for a scalar that does not."""
    if not checker.problems(node, ""):
        return node
    match node:
        case Sequence():
            return _sequence(node, (item for item in node.items if not checker.problems(_sequence(node, [item]), "")))
        case Mapping():
            pairs = node.items.items()
            return _mapping(node, (pair for pair in pairs if not checker.problems(_mapping(node, [pair]), "")))
    return None


def _sequence(node: Sequence, items: Iterable[Node]) -> Sequence:
    found = Sequence(node.place)
    found.items = list(items)
    return found


def _mapping(node: Mapping, pairs: Iterable[tuple[str, Any]]) -> Mapping:
    found = Mapping(node.place)
    found.items = dict(pairs)
    return found
