"""A file of a pack, as a tree."""

from dataclasses import dataclass

from archadvisor.loading.node import Mapping, Sequence, value_at


@dataclass(frozen=True, slots=True)
class PackFile:
    """A file of a pack: its name, and its tree."""

    pack: str
    file: str
    root: Mapping


def rules_in(file: PackFile) -> list[Mapping]:
    """The rules of a file."""
    rules = value_at(file.root, "rules")
    return [node for node in rules.items if isinstance(node, Mapping)] if isinstance(rules, Sequence) else []
