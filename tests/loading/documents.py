"""YAML documents made at random, each beside the value it must have."""

from collections.abc import Callable
from dataclasses import dataclass

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from archadvisor.loading.node import Mapping, Node, Scalar, Sequence
from archadvisor.loading.scalars import typed
from archadvisor.model.place import Place

_LETTERS = "aZ09éß漢字😀👩‍💻 _./@$%^+=~-'\"(){}[]:;,#&*!|>?\\<\t"
_PLAIN = st.text("abyznoé漢😀 _./", min_size=1, max_size=12).filter(
    lambda text: text[0] in "abyznoé漢😀" and text == text.strip() and typed(text) == text
)
_TEXT = st.text(_LETTERS, max_size=16)
_LINES = st.lists(
    st.text("abé漢😀 :#'\"&*[]", min_size=1, max_size=10).filter(lambda line: line == line.strip() != ""),
    min_size=1,
    max_size=3,
)
ENDINGS = ("\n", "\n", " # note: 'x' & *y\n", " # 漢 😀\n", "  \n\n")
TABS = ("\n", "\t\n", "\t# 漢 😀\n", " \t # x\n")
_NAMES = ("a", "b", "key", "漢字", "x y", "no", "😀")


@dataclass(frozen=True)
class Made:
    """A value and how it is written; `lines` is set where it is a block scalar: header, then text."""

    value: object
    written: str = ""
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Document:
    """A YAML text and its value."""

    text: str
    value: object


def _double_quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'


def _literal(lines: list[str]) -> Made:
    return Made("\n".join(lines) + "\n", lines=("|", *lines))


def _stripped(lines: list[str]) -> Made:
    return Made("\n".join(lines), lines=("|-", *lines))


_INTEGERS = st.integers(-(10**12), 10**12)
_INLINE: SearchStrategy[Made] = st.one_of(
    _PLAIN.map(lambda text: Made(text, text)),
    _TEXT.map(lambda text: Made(text, "'" + text.replace("'", "''") + "'")),
    st.text(_LETTERS + "\n", max_size=16).map(lambda text: Made(text, _double_quoted(text))),
    st.sampled_from(["yes", "no", "on", "off", "y", "1.2.3", "12:30", "08:00:00"]).map(lambda word: Made(word, word)),
    _INTEGERS.map(lambda number: Made(number, str(number))),
    st.integers(0, 10**6).map(lambda number: Made(number, hex(number))),
    st.integers(0, 10**6).map(lambda number: Made(number, oct(number))),
    st.floats(allow_nan=False, allow_infinity=False).map(lambda number: Made(number, repr(number))),
    st.sampled_from([".5", "1.", "-.5", "1e3", "6.02E+23", "+12.5"]).map(lambda word: Made(float(word), word)),
    st.sampled_from(["true", "True", "TRUE"]).map(lambda word: Made(True, word)),
    st.sampled_from(["false", "False", "FALSE"]).map(lambda word: Made(False, word)),
    st.sampled_from(["null", "Null", "NULL", "~"]).map(lambda word: Made(None, word)),
    st.sampled_from([".inf", "+.Inf", "-.INF"]).map(
        lambda word: Made(float("-inf" if word[0] == "-" else "inf"), word)
    ),
)
_SCALARS = _INLINE | _LINES.map(_literal) | _LINES.map(_stripped)
Tree = Made | list["Tree"] | dict[str, "Tree"]
_KEYS = st.sampled_from(_NAMES)


def _collections(inner: SearchStrategy[Tree]) -> SearchStrategy[Tree]:
    return st.lists(inner, max_size=4) | st.dictionaries(_KEYS, inner, max_size=4)


TREES: SearchStrategy[Tree] = st.recursive(_SCALARS, _collections, max_leaves=12)
FLOW_TREES: SearchStrategy[Tree] = st.recursive(_INLINE, _collections, max_leaves=12)


def value_of(tree: Tree) -> object:
    """The value of a tree."""
    match tree:
        case Made():
            return tree.value
        case list():
            return [value_of(item) for item in tree]
        case dict():
            return {key: value_of(item) for key, item in tree.items()}


class Writer:
    """Writes trees; `draw` chooses among ways that mean the same, `endings` among what may follow a value."""

    def __init__(self, draw: Callable[[int], int], endings: tuple[str, ...]) -> None:
        self.draw = draw
        self.endings = endings
        self.anchors = 0

    def flow(self, tree: Tree) -> str:
        match tree:
            case Made():
                return self._properties() + tree.written
            case list():
                return "[" + ", ".join(self.flow(item) for item in tree) + "]"
            case dict():
                return "{" + ", ".join(f"{self._key(key)}: {self.flow(item)}" for key, item in tree.items()) + "}"

    def block(self, tree: Tree, indent: str) -> str:
        """What follows a `-` or `key:`, up to the next line."""
        match tree:
            case Made(lines=(header, *text)):
                body = "".join(f"{indent} {line}\n" for line in text)
                return f" {self._properties()}{header}\n{body}"
            case Made():
                return f" {self._properties()}{tree.written}{self._ending()}"
            case list() | dict() if not tree:
                return f" {self.flow(tree)}{self._ending()}"
            case list():
                return "\n" + "".join(f"{indent}-{self.block(item, indent + '  ')}" for item in tree)
            case dict():
                entries = [f"{indent}{self._key(key)}:{self.block(item, indent + '  ')}" for key, item in tree.items()]
                return "\n" + "".join(entries)

    def _key(self, key: str) -> str:
        return [key, f"'{key}'", f'"{key}"'][self.draw(3)]

    def _properties(self) -> str:
        if self.draw(4):
            return ""
        self.anchors += 1
        return f"&anchor{self.anchors} "

    def _ending(self) -> str:
        return self.endings[self.draw(len(self.endings))]


@st.composite
def documents(draw: st.DrawFn, endings: tuple[str, ...] = ENDINGS) -> Document:
    """A document in block or flow style, with anchors, comments, and LF or CRLF."""
    writer = Writer(lambda ways: draw(st.integers(0, ways - 1)), endings)
    if draw(st.booleans()):
        tree = draw(TREES)
        text = "---" + writer.block(tree, "")
    else:
        tree = draw(FLOW_TREES)
        text = writer.flow(tree) + "\n"
    return Document(text.replace("\n", draw(st.sampled_from(["\n", "\r\n"]))), value_of(tree))


def scalars(node: Node) -> list[Scalar]:
    """All scalars of a tree, keys too, in the order of the file."""
    match node:
        case Scalar():
            return [node]
        case Sequence():
            return [scalar for item in node.items for scalar in scalars(item)]
        case Mapping():
            return [scalar for key, value in node.items.values() for scalar in (key, *scalars(value))]


def slice_of(text: str, place: Place) -> str:
    """What stands at a place of a text."""
    lines = [*text.splitlines(keepends=True), ""]
    if place.line == place.end_line:
        return lines[place.line - 1][place.column - 1 : place.end_column - 1]
    first, *inner, last = lines[place.line - 1 : place.end_line]
    return "".join([first[place.column - 1 :], *inner, last[: place.end_column - 1]])
