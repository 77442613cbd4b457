"""The tree of a YAML document, in which every key and every value knows its place."""

from typing import Any

from archadvisor.model.place import Place

Value = str | int | float | bool | None
Event = Any
"""One of the parser's events: what it is, with the marks at which it starts and ends."""


class Scalar:
    """A single value as YAML 1.2's core schema types it, with the text it was written as."""

    __slots__ = ("_where", "redacted", "value", "written")

    def __init__(self, value: Value, written: str, where: Place | Event) -> None:
        self.value = value
        self.written = written
        self._where = where
        self.redacted = False

    @property
    def place(self) -> Place:
        """Where it is written; worked out when it is first asked for, which of most keys nobody does."""
        if type(self._where) is not Place:
            self._where = place_of(self._where)
        return self._where

    @place.setter
    def place(self, place: Place) -> None:
        self._where = place


class Sequence:
    """A list of nodes."""

    __slots__ = ("items", "place")

    def __init__(self, place: Place) -> None:
        self.items: list[Node] = []
        self.place = place


class Mapping:
    """Keys in the order of the file, each with its own node and its value."""

    __slots__ = ("items", "place")

    def __init__(self, place: Place) -> None:
        self.items: dict[str, tuple[Scalar, Node]] = {}
        self.place = place


Node = Scalar | Sequence | Mapping

_new = tuple.__new__
"""Makes a `Place` twice as fast as calling the class does; it is done for every value of every file."""

_KINDS = {str: "text", bool: "true or false", int: "a number", float: "a number", type(None): "nothing"}


def place_of(event: Event) -> Place:
    """The span from the mark at which an event starts to the one at which it ends."""
    start, end = event.start_mark, event.end_mark
    return _new(Place, (start.line + 1, start.column + 1, end.line + 1, end.column + 1, ""))


def kind(node: Node) -> str:
    """What a node is, in a reader's words."""
    match node:
        case Mapping():
            return "a mapping"
        case Sequence():
            return "a list"
        case Scalar():
            return _KINDS[type(node.value)]


def plain(node: Node) -> object:
    """The value of a node as plain Python values, without places."""
    match node:
        case Mapping():
            return {key: plain(value) for key, (_, value) in node.items.items()}
        case Sequence():
            return [plain(item) for item in node.items]
        case Scalar():
            return node.value


def text_at(node: Mapping, key: str) -> str | None:
    """The text under a key, as written; None where there is none, or nothing in it."""
    value = value_at(node, key)
    return value.written if isinstance(value, Scalar) and value.value is not None else None


def flag_at(node: Mapping, key: str, default: bool) -> bool:
    """The truth value under a key, however it is spelled; the default where there is none."""
    value = value_at(node, key)
    return value.value is True if isinstance(value, Scalar) else default


def value_at(node: Mapping, key: str) -> Node | None:
    """The node under a key, if it is there."""
    pair = node.items.get(key)
    return pair[1] if pair else None


def says(node: Mapping, key: str) -> bool:
    """Whether something stands under a key."""
    value = value_at(node, key)
    return value is not None and not (isinstance(value, Scalar) and value.value is None)


def pairs_at(node: Mapping, key: str) -> list[tuple[Scalar, Node]]:
    """The keys and values of the mapping under a key; none where there is no mapping."""
    value = value_at(node, key)
    return list(value.items.values()) if isinstance(value, Mapping) else []


def words_at(node: Mapping, key: str) -> list[Scalar]:
    """The words of the list under a key; a single word counts as a list of one."""
    value = value_at(node, key)
    if isinstance(value, Sequence):
        return [item for item in value.items if isinstance(item, Scalar)]
    return [value] if isinstance(value, Scalar) and value.value is not None else []
