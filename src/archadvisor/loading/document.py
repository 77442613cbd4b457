"""YAML text to a tree of nodes, built without recursion from the parser's events.

The C parser is used where PyYAML has it. Depth, aliases and the number of nodes are bounded, duplicate
keys are refused, and types are those of YAML 1.2's core schema (`docs/decisions/0003-yaml-events.md`).
"""

import re
from collections.abc import Callable, Iterator

import yaml

from archadvisor.errors import UnreadableInput
from archadvisor.loading.node import Event, Mapping, Node, Scalar, Sequence, place_of
from archadvisor.loading.redaction import looks_like_token
from archadvisor.loading.scalars import typed
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.place import START, Place

DEEPEST = 64
MOST_NODES = 200_000
_PROPERTIES = re.compile(r"(?:!<[^>]*>|[&!][^\s,\[\]{}]*|\s+|#[^\n\r]*)*")
_SCALAR, _MAPPING = yaml.ScalarEvent, yaml.MappingStartEvent
_BLOCKS = ("|", ">")
_new_place = tuple.__new__  # twice as fast as calling the class
_TEXT_TAGS = (None, "!", "tag:yaml.org,2002:str")

_WORDS = (
    "Base64 Cidr FindInMap GetAtt GetAZs If ImportValue Join Length Select Split Sub ToJsonString Transform "
    "And Equals Not Or"
)
FUNCTIONS = {"!Ref": "Ref", "!Condition": "Condition", **{f"!{word}": f"Fn::{word}" for word in _WORDS.split()}}
"""The long forms of CloudFormation's tags."""
RESET, OVERRIDE = "!reset", "!override"
"""Tags of Compose, which are kept: `!reset x` is `{!reset: x}`."""
REFERENCE = "!reference"
"""The tag of GitLab for a part of another job, which is kept as well."""
_SPELLED_OUT = {**FUNCTIONS, RESET: RESET, OVERRIDE: OVERRIDE, REFERENCE: REFERENCE}


class _Refused(Exception):
    """The document breaks a rule that leaves nothing to go on with."""

    def __init__(self, message: str, place: Place, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.place = place
        self.hint = hint


def parse_foreign(text: str, file: str) -> list[Node]:
    """The documents of a file of another tool: merge keys are merged; known tags spelled out.

    Raises:
        UnreadableInput: the text is no YAML, is empty, holds duplicate keys, or is too large.
    """
    return _built(_Builder(text, file, foreign=True))


def parse(text: str, file: str, most: int = MOST_NODES) -> Node:
    """The one document of a YAML text, of at most so many values.

    Raises:
        UnreadableInput: the text is no YAML, is empty, holds several documents or duplicate keys, or is too large.
    """
    (root,) = _built(_Builder(text, file, foreign=False, most=most))
    return root


def parse_anyway(text: str, file: str, least: str) -> tuple[Node | None, list[Diagnostic]]:
    """The one document of a YAML text as far as it can be read, and what is wrong with it.

    Of keys that appear twice the first counts. `least` says what the file should hold, where it is empty.
    """
    builder = _Builder(text, file, foreign=False)
    try:
        (root,) = _roots(builder, least)
    except UnreadableInput as error:
        return None, [*builder.diagnostics, *error.diagnostics]
    return root, builder.diagnostics


def _built(builder: "_Builder") -> list[Node]:
    roots = _roots(builder, None if builder.foreign else "a workload needs at least `version: 1` and a `name`")
    if builder.diagnostics:
        raise UnreadableInput(builder.diagnostics)
    return roots


def _roots(builder: "_Builder", least: str | None) -> list[Node]:
    try:
        roots = builder.build()
    except yaml.YAMLError as error:
        from archadvisor.loading.syntax import syntax_problem

        raise UnreadableInput([syntax_problem(error, builder.text, builder.file)]) from None
    except _Refused as error:
        raise UnreadableInput([Diagnostic(builder.file, error.message, error.place, error.hint)]) from None
    if not roots:
        raise UnreadableInput([Diagnostic(builder.file, "the file is empty", START, least)])
    return roots


def content_start(text: str, scalar: Event) -> int:
    """The index at which a scalar begins, behind its anchor and tag."""
    start: int = scalar.start_mark.index
    skipped = _PROPERTIES.match(text, start, scalar.end_mark.index) if scalar.anchor or scalar.tag else None
    return skipped.end() if skipped else start


def events(text: str) -> Iterator[Event]:
    """The parser's events; typed loosely, for PyYAML's own types allow events without marks."""
    parser = (yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader)(text)
    try:
        yield from iter(parser.get_event, None)
    finally:
        parser.dispose()


class _Builder:
    """Turns events into nodes; `inner` is the innermost collection that is open, `key` the key it waits with."""

    def __init__(self, text: str, file: str, foreign: bool, most: int = MOST_NODES) -> None:
        self.text = text
        self.file = file
        self.foreign = foreign
        self.most = most
        self.merges: list[tuple[Mapping, Node]] = []
        self.diagnostics: list[Diagnostic] = []
        self.roots = Sequence(START)
        self.inner: Mapping | Sequence = self.roots
        self.key: Scalar | None = None
        self.outer: list[tuple[Mapping | Sequence, str | None]] = []
        """The collections around `inner`, each with the anchor of what is open in it."""
        self.anchors: dict[str, tuple[Node | None, int]] = {}
        self.count = 0
        self.documents = 0

    def build(self) -> list[Node]:
        """The documents that the parser's events tell of; most of these are scalars with nothing particular to them."""
        steps: dict[type, Callable[[Event], None]] = {
            yaml.ScalarEvent: self.scalar,
            yaml.MappingStartEvent: self.open,
            yaml.SequenceStartEvent: self.open,
            yaml.MappingEndEvent: self.close,
            yaml.SequenceEndEvent: self.close,
            yaml.AliasEvent: self.alias,
            yaml.DocumentStartEvent: self.document,
            yaml.DocumentEndEvent: _nothing,
            yaml.StreamStartEvent: _nothing,
            yaml.StreamEndEvent: _nothing,
        }
        for event in events(self.text):
            if type(event) is _SCALAR and event.tag is None and event.anchor is None and event.style not in _BLOCKS:
                written = event.value
                self.add(Scalar(typed(written) if event.implicit[0] else written, written, event))
            else:
                steps[type(event)](event)
        for mapping, merged in self.merges:
            _merge(mapping, merged)
        return self.roots.items

    def document(self, event: Event) -> None:
        self.documents += 1
        self.anchors = {}
        if self.documents > 1 and not self.foreign:
            raise _Refused("the file holds more than one document", place_of(event), "put each in a file of its own")

    def scalar(self, event: Event) -> None:
        """Adds a scalar with an anchor, a tag, or blank lines at its end."""
        place = self.trimmed(event)
        if event.implicit[0] and event.tag is None:
            value = typed(event.value)
        elif event.tag in _TEXT_TAGS or self.foreign:
            value = event.value
        else:
            raise _Refused("tags are not supported here", place, "write the plain value")
        node = Scalar(value, event.value, place)
        if event.anchor:
            self.anchors[event.anchor] = (node, 1)
        self.add(self.spelled_out(node, event))

    def spelled_out(self, node: Node, event: Event) -> Node:
        """What a tag stands for: `!Ref web` is `{Ref: web}`."""
        if not self.foreign or event.tag not in _SPELLED_OUT:
            return node
        name, whole = _SPELLED_OUT[event.tag], Mapping(node.place)
        whole.items[name] = (Scalar(name, name, node.place), node)
        return whole

    def trimmed(self, event: Event) -> Place:
        """The place of a scalar without the anchor and tag before it and the blank lines after it."""
        start, begin = event.start_mark.index, content_start(self.text, event)
        end = max(begin, start + len(self.text[start : event.end_mark.index].rstrip(" \t\r\n")))
        line, column = self.after(event.start_mark.line + 1, event.start_mark.column + 1, self.text[start:begin])
        return Place(line, column, *self.after(line, column, self.text[begin:end]))

    @staticmethod
    def after(line: int, column: int, passed: str) -> tuple[int, int]:
        """The line and column behind the text that was passed."""
        lines = (passed + "|").splitlines()
        return (line, column + len(passed)) if len(lines) == 1 else (line + len(lines) - 1, len(lines[-1]))

    def open(self, event: Event) -> None:
        place = place_of(event)
        if event.tag is not None and not event.implicit and not self.foreign:
            raise _Refused("tags are not supported here", place, "write the plain value")
        if len(self.outer) == DEEPEST:
            raise _Refused(f"the file is nested deeper than {DEEPEST} levels", place)
        node = Mapping(place) if type(event) is _MAPPING else Sequence(place)
        self.add(node if event.tag is None else self.spelled_out(node, event))
        if event.anchor is not None:
            self.anchors[event.anchor] = (None, self.count)
        self.outer.append((self.inner, event.anchor))
        self.inner = node

    def close(self, event: Event) -> None:
        node = self.inner
        self.inner, anchor = self.outer.pop()
        if anchor is not None:
            self.anchors[anchor] = (node, self.count - self.anchors[anchor][1] + 1)
        start, end = node.place, event.end_mark
        line, column = end.line + 1, end.column + 1
        if event.start_mark.index == end.index:
            line, column = _last(node)
        node.place = _new_place(Place, (start.line, start.column, line, column, ""))

    def alias(self, event: Event) -> None:
        node, size = self.anchors.get(event.anchor, (None, 0))
        if node is None:
            what = (
                "an alias refers to what contains it"
                if event.anchor in self.anchors
                else "an alias has no anchor before it"
            )
            raise _Refused(what, place_of(event), "quote the value if the `*` belongs to it")
        self.add(node, size)

    def add(self, node: Node, size: int = 1) -> None:
        """Puts a node where the document is just now: as document, list item, key or value."""
        self.count += size
        if self.count > self.most:
            raise _Refused(f"the file holds more than {self.most} values, aliases expanded", node.place)
        key, inner = self.key, self.inner
        if key is not None and isinstance(inner, Mapping):
            self.key = None
            if key.written in inner.items or key.written == "<<":
                self.not_added(inner, key, node)
            else:
                inner.items[key.written] = (key, node)
        elif isinstance(inner, Sequence):
            inner.items.append(node)
        elif isinstance(node, Scalar):
            self.key = node
        else:
            raise _Refused("a key must be a single word", node.place)

    def not_added(self, mapping: Mapping, key: Scalar, value: Node) -> None:
        """Notes why a key is not one of its mapping."""
        name, hint = key.written, "keep one of them"
        if name in mapping.items:
            told = "same key" if looks_like_token(name) else f"key `{name}`"
            first = (("first here", mapping.items[name][0].place),)
            self.diagnostics.append(Diagnostic(self.file, f"the {told} appears twice", key.place, hint, first))
        elif self.foreign:
            self.merges.append((mapping, value))
        else:
            message = "merge keys (`<<`) are not part of YAML 1.2"
            self.diagnostics.append(Diagnostic(self.file, message, key.place, "write the keys out"))


def _merge(mapping: Mapping, merged: Node) -> None:
    """Adds the keys of a merged mapping, or of several, that a mapping has not itself; earlier ones count first."""
    for each in merged.items if isinstance(merged, Sequence) else [merged]:
        if isinstance(each, Mapping):
            for name, pair in each.items.items():
                mapping.items.setdefault(name, pair)


def _nothing(event: Event) -> None:
    """Where streams begin and documents end is of no interest."""


def _last(node: Mapping | Sequence) -> tuple[int, int]:
    """Where a block collection ends: behind its last value, not at the token that follows."""
    items, place = node.items, node.place
    if not items:
        return place.line, place.column
    last = items[-1] if isinstance(items, list) else items[next(reversed(items))][1]
    return max(place[:2], last.place[2:4])
