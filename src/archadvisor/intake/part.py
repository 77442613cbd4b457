"""Parts of a file of another tool: a node with the keys that lead to it, as the file writes them."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from archadvisor.intake.tree import at
from archadvisor.loading.node import Mapping, Node, Scalar, Sequence
from archadvisor.model.place import START, Place

_NUMBER = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,15})?")
REFERENCE = "Ref"
"""The key of a mapping that stands for a value that is known later: the resources it is made of are listed under it."""
KNOWN = "Known"
"""The key beside it, under which the text stands as far as it is known."""
HIDDEN = "${}"
"""What stands in a text for what is known later."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """How a tool writes keys that are given as the API of AWS has them."""

    of: Callable[[str], str]
    has_blocks: bool = False
    """Whether it writes what is single as a list of one."""


AS_IS = Spelling(lambda key: key)


@dataclass(frozen=True, slots=True)
class Part:
    """A node of a file, or nothing where the file has none there."""

    node: Node | None
    file: str
    path: str = ""
    """The keys that lead to it, behind the name of what it is a part of: `Deployment web: spec.replicas`."""
    spelling: Spelling = AS_IS

    def __bool__(self) -> bool:
        """Whether the file says anything there that is known."""
        return self.node is not None and not self.is_open

    @property
    def is_open(self) -> bool:
        """Whether a value is known only later."""
        is_marker = isinstance(self.node, Mapping) and self.node.items.keys() == {REFERENCE, KNOWN}
        return is_marker and isinstance(at(self.node, REFERENCE), Sequence)

    @property
    def place(self) -> Place:
        """Where it stands."""
        return START if self.node is None else self.node.place

    @property
    def text(self) -> str | None:
        """The text of a scalar; None where there is none."""
        return self.node.written if isinstance(self.node, Scalar) and self.node.value is not None else None

    @property
    def words(self) -> str:
        """The text of a scalar; nothing where there is none."""
        return self.text or ""

    @property
    def known(self) -> str:
        """The text of a scalar as far as it is known, with `${}` for what is known only later."""
        found = at(self.node, KNOWN) if self.is_open else self.node
        return found.written if isinstance(found, Scalar) and found.value is not None else ""

    @property
    def number(self) -> str | None:
        """A number of at least 0, as written; None where it is none."""
        text = self.words.strip()
        return text if _NUMBER.fullmatch(text) else None

    @property
    def is_true(self) -> bool:
        """Whether it says `true`."""
        return self.words.strip().lower() == "true"

    @property
    def refers(self) -> tuple[str, ...]:
        """The names of the resources that a value is made of, where it is known only once they are there."""
        found = self.node.items.get(REFERENCE) if isinstance(self.node, Mapping) else None
        names = found[1].items if found is not None and isinstance(found[1], Sequence) else []
        return tuple(name.written for name in names if isinstance(name, Scalar))

    def at(self, *keys: str) -> "Part":
        """What stands under keys within keys, as the tool spells them or as the API does; what is null says nothing."""
        found = self
        for key in keys:
            spelled = found._under(self.spelling.of(key))
            found = found._under(key) if spelled.node is None else spelled
        return found

    def named(self, *keys: str) -> "Part":
        """What stands under keys that people have chosen, such as labels."""
        found = self
        for key in keys:
            found = found._under(key)
        return found

    def items(self) -> "list[Part]":
        """The items of a list; none where there is no list."""
        nodes = self.node.items if isinstance(self.node, Sequence) else []
        return [Part(node, self.file, f"{self.path}[{index}]", self.spelling) for index, node in enumerate(nodes)]

    def pairs(self) -> "Iterator[tuple[Scalar, Part]]":
        """The keys and values of a mapping; none where there is no mapping."""
        for key, value in self.node.items.values() if isinstance(self.node, Mapping) else ():
            yield key, Part(value, self.file, self._path(key.written), self.spelling)

    def told_as(self, path: str) -> "Part":
        """The same with other words for the way to it."""
        return Part(self.node, self.file, path, self.spelling)

    def _under(self, key: str) -> "Part":
        single = self.spelling.has_blocks and isinstance(self.node, Sequence) and len(self.node.items) > 0
        owner = self.items()[0] if single else self
        pair = owner.node.items.get(key) if isinstance(owner.node, Mapping) else None
        if pair is None or (isinstance(pair[1], Scalar) and pair[1].value is None):
            return Part(None, self.file, "", self.spelling)
        return Part(pair[1], self.file, owner._path(pair[0].written), self.spelling)

    def _path(self, key: str) -> str:
        return f"{self.path}{key}" if not self.path or self.path.endswith(" ") else f"{self.path}.{key}"


def later(names: Iterable[str], known: str, place: Place) -> Mapping:
    """What stands for a value that is known later: the resources that it is made of, and its text as far as known."""
    marker, listed = Mapping(place), Sequence(place)
    listed.items = [Scalar(each, each, place) for each in names]
    for key, node in ((REFERENCE, listed), (KNOWN, Scalar(known, known, place))):
        marker.items[key] = (Scalar(key, key, place), node)
    return marker
