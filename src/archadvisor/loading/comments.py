"""The comments of a YAML text, read from the gaps between the parser's event marks, and what each stands for."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from archadvisor.loading.document import content_start, events
from archadvisor.loading.node import Event, Mapping, Node, Scalar, Sequence

_COMMENT = re.compile(r"#[^\n\r\x85\u2028\u2029]*")
_BREAK = re.compile(r"\r\n|[\n\r\x85\u2028\u2029]")
_BLOCKS = ("|", ">")
_BEGINNING = (yaml.ScalarEvent, yaml.AliasEvent, yaml.CollectionStartEvent)
_ENDING = (yaml.ScalarEvent, yaml.AliasEvent, yaml.CollectionEndEvent)


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment from its `#` on, where it is, and the lines on which that for which it stands begins."""

    text: str
    line: int
    column: int
    stands_for: tuple[int, ...]
    """Empty where it stands for nothing."""


def comments(text: str, root: Node) -> Iterator[Comment]:
    """Every comment of a text that is known to be well formed, with `root` as its tree.

    A comment stands for what begins on its line, else for what begins next. Behind the end of something that began on
    an earlier line it stands for nothing.
    """
    layout = _layout(text)
    breaks = [found.end() for found in _BREAK.finditer(text)]
    values = _later_values(root)
    for begin, end in layout.gaps:
        for found in _COMMENT.finditer(text, begin, end):
            before = bisect_right(breaks, found.start())
            column = found.start() - (breaks[before - 1] if before else 0) + 1
            stands_for = layout.stands_for(before + 1)
            lines = () if stands_for is None else (stands_for, *sorted(values.get(stands_for, ())))
            yield Comment(found.group(), before + 1, column, lines)


@dataclass(slots=True)
class _Layout:
    """Where nothing but comments, white space and punctuation is, and on which lines nodes begin and end."""

    gaps: list[tuple[int, int]] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: set[int] = field(default_factory=set)

    def stands_for(self, line: int) -> int | None:
        """The line on which that begins for which a comment on a line stands."""
        at = bisect_left(self.starts, line)
        following = self.starts[at] if at < len(self.starts) else None
        return None if line in self.ends and following != line else following


def _layout(text: str) -> _Layout:
    layout = _Layout()
    reached = 0
    for event in events(text):
        begin, end = event.start_mark, event.end_mark
        if isinstance(event, yaml.ScalarEvent):
            layout.gaps.append((reached, _inside(text, event)))
            reached = end.index
        if isinstance(event, _BEGINNING) and begin.index < end.index:
            layout.starts.append(begin.line + 1)
        if isinstance(event, _ENDING) and begin.index < end.index and getattr(event, "style", None) not in _BLOCKS:
            layout.ends.add(end.line + 1)
    layout.gaps.append((reached, len(text)))
    return layout


def _inside(text: str, scalar: Event) -> int:
    """The index at which the text of a scalar begins; that of a block scalar on the line after its `|` or `>`."""
    start = content_start(text, scalar)
    if scalar.style not in _BLOCKS:
        return start
    header = _BREAK.search(text, start)
    return header.end() if header else len(text)


def _later_values(root: Node) -> dict[int, set[int]]:
    """For the lines of keys, the lines below them on which their values begin; of values that hold no keys."""
    found: dict[int, set[int]] = {}
    pending: list[Node] = [root]
    while pending:
        node = pending.pop()
        if isinstance(node, Mapping):
            for key, value in node.items.values():
                pending.append(value)
                if isinstance(value, (Scalar, Sequence)) and value.place.line > key.place.line:
                    found.setdefault(key.place.line, set()).add(value.place.line)
        elif isinstance(node, Sequence):
            pending.extend(node.items)
    return found
