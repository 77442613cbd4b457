"""A tree with what edits must know of it: what each node is in, what is there twice, how collections are written."""

from collections.abc import Iterator, Sequence

from archadvisor.loading.layout import Layout
from archadvisor.loading.node import Mapping, Node, Scalar
from archadvisor.loading.node import Sequence as Items
from archadvisor.model.fix import Edit
from archadvisor.model.frozen import dataclass
from archadvisor.model.place import Place


class Unclear(Exception):
    """The text cannot be changed here without touching something else."""


@dataclass(frozen=True, slots=True)
class Home:
    """Where a node is: the collection around it, and the key it stands under."""

    node: Node
    above: "Home | None" = None
    key: Scalar | None = None

    def chain(self) -> Iterator["Home"]:
        """This and all that it is in, inside out."""
        home: Home | None = self
        while home is not None:
            yield home
            home = home.above

    def path(self) -> tuple[str, ...]:
        """The keys down to it."""
        return tuple(home.key.written for home in self.chain() if home.key is not None)[::-1]


_Spot = tuple[Node, Home | None, Scalar | None]
"""What a home says, before anybody asks for it."""


class Outline:
    """The homes of all nodes, and edits that add to collections or take from them in the style they have."""

    def __init__(self, root: Node, lines: Sequence[str], layout: Layout) -> None:
        self.root = root
        self.lines = lines
        self.layout = layout
        self._homes: dict[Place, _Spot] = {}
        self._seen: set[int] = set()
        self._shared: set[int] = set()
        pending: list[_Spot] = [(root, None, None)]
        while pending:
            spot = pending.pop()
            node = spot[0]
            if id(node) in self._seen:
                self._shared.add(id(node))
                continue
            self._seen.add(id(node))
            self._homes[node.place] = spot
            if not isinstance(node, Scalar):
                pending.extend(_inside(node, Home(*spot)))

    def home(self, place: Place) -> Home | None:
        """Where the node at a place is.

        Raises:
            Unclear: it is there more than once, by aliases.
        """
        spot = self._homes.get(place)
        found = Home(*spot) if spot else None
        if found is not None and any(id(home.node) in self._shared for home in found.chain()):
            raise Unclear
        return found

    def start(self, node: Node) -> str:
        """The character that a node begins with."""
        line = self.lines[node.place.line - 1]
        return line[node.place.column - 1 : node.place.column]

    def is_flow(self, node: Mapping | Items) -> bool:
        """Whether a collection is written in brackets.

        Raises:
            Unclear: it has an anchor or a tag, so that its first key or dash is somewhere else.
        """
        if self.start(node) in "&!?":
            raise Unclear
        return self.start(node) in "{["

    def with_pair(self, node: Mapping, text: str) -> Edit:
        """Adds a key and its value."""
        return self._added(node, [value for _, value in node.items.values()], text, text)

    def with_item(self, node: Items, text: str) -> Edit:
        """Adds a list item."""
        return self._added(node, node.items, text, f"- {text}")

    def without_item(self, home: Home) -> Edit:
        """Takes out a list item; with the last one goes the key of the list."""
        assert home.above is not None
        whole = home.above
        assert isinstance(whole.node, Items)
        if len(whole.node.items) == 1:
            return self.without_pair(whole)
        if self.is_flow(whole.node):
            return self._out_of_flow(home.node.place, [item.place for item in whole.node.items])
        return self._without_lines(home.node.place, home.node, "-")

    def without_pair(self, home: Home) -> Edit:
        """Takes out a key with its value; not the only one there is."""
        assert home.key is not None
        assert home.above is not None
        whole = home.above.node
        if not isinstance(whole, Mapping) or len(whole.items) == 1:
            raise Unclear
        own = span(home.key.place, home.node.place)
        if self.is_flow(whole):
            return self._out_of_flow(own, [span(key.place, value.place) for key, value in whole.items.values()])
        return self._without_lines(own, home.node, "")

    def _added(self, node: Mapping | Items, values: Sequence[Node], in_flow: str, in_block: str) -> Edit:
        """What is new goes behind the last value: on its line in brackets, else on the next."""
        if self._ends_elsewhere(node):
            raise Unclear
        if self.is_flow(node):
            if not values:
                return _insertion(node.place.line, node.place.column + 1, in_flow)
            last = values[-1].place
            return _insertion(last.end_line, last.end_column, f", {in_flow}")
        end = node.place.end_line
        indent = " " * (node.place.column - 1)
        return _insertion(end, self.layout.widths[end - 1] + 1, f"{self.layout.newline}{indent}{in_block}")

    def _ends_elsewhere(self, node: Node) -> bool:
        """Whether the last value is an alias, or a block scalar that keeps the blank lines behind it."""
        while isinstance(node, (Mapping, Items)) and node.items:
            node = node.items[-1] if isinstance(node, Items) else next(reversed(node.items.values()))[1]
            if id(node) in self._shared:
                return True
        place = node.place
        header = self.lines[place.line - 1][place.column - 1 :].partition(" ")[0]
        return header[:1] in ("|", ">") and "+" in header

    def _out_of_flow(self, own: Place, all_of_them: Sequence[Place]) -> Edit:
        """With the comma behind it; for the last one, with the comma before it."""
        at = all_of_them.index(own)
        if at + 1 < len(all_of_them):
            begin, end = own[:2], all_of_them[at + 1][:2]
        else:
            begin, end = all_of_them[at - 1][2:4], own[2:4]
        if begin[0] != end[0]:
            raise Unclear
        return Edit(Place(*begin, *end), "")

    def _without_lines(self, own: Place, value: Node, before: str) -> Edit:
        """Whole lines; nothing else may begin on the first of them."""
        if self.lines[own.line - 1][: own.column - 1].strip() != before or self._ends_elsewhere(value):
            raise Unclear
        return self.without(own.line, own.end_line)

    def without(self, first: int, last: int) -> Edit:
        """Takes out lines; at the end of the file, with the line break before them."""
        if last < len(self.lines):
            return Edit(Place(first, 1, last + 1, 1), "")
        begin = (first - 1, self.layout.widths[first - 2] + 1) if first > 1 else (1, 1)
        return Edit(Place(*begin, last, self.layout.widths[last - 1] + 1), "")


def span(first: Place, last: Place) -> Place:
    """From the start of one place to the end of another."""
    return Place(first.line, first.column, last.end_line, last.end_column)


def _insertion(line: int, column: int, text: str) -> Edit:
    return Edit(Place(line, column, line, column), text)


def _inside(node: Mapping | Items, home: Home) -> list[_Spot]:
    """Where the nodes are that a collection holds, of which the home is known."""
    if isinstance(node, Mapping):
        return [(value, home, key) for key, value in node.items.values()]
    return [(value, home, None) for value in node.items]
