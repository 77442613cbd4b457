"""Scripts as a shell reads them: commands of words, each with its place in the file."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from archadvisor.loading.node import Scalar
from archadvisor.model.place import Place

_SUBSTITUTION = r"\$\((?:[^()]|\((?:[^()]|\([^()]*+\))*+\))*+\)"
"""A command whose output stands there, with parentheses in parentheses."""
_EXPRESSION = r"\$\{\{[^\n]{0,500}?\}\}"
"""What GitHub puts there."""
_TOKEN = re.compile(
    rf"""(?P<space>(?:\\\n|[ \t\r])+|(?<!\S)\#[^\n]*)
    |(?P<redirection>\d*[<>]+-?(?:&\d)?[ \t]*)
    |(?P<end>[;&|()\n]+)
    |(?P<word>(?:{_EXPRESSION}|{_SUBSTITUTION}|`[^`]*`|'[^']*'|"(?:{_SUBSTITUTION}|\\.|[^"\\])*+"|\\.|[^\s;&|()<>])++)
    |(?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
_QUOTED = re.compile(r"'([^']*)'|\"((?:\\.|[^\"\\])*)\"|\\(.)", re.DOTALL)
_PLAIN = re.compile(r"[^'\"\\]*+")
_INNER = re.compile(rf"{_SUBSTITUTION}|`[^`]*`")
"""Commands whose output is a part of a word."""
_ASSIGNED = re.compile(r"(?:^|(?<=\s))([A-Za-z_][\w.-]*)=")
_BEFORE = frozenset(
    {
        *("if", "then", "else", "elif", "while", "until", "do", "!", "{", "time", "export"),
        *("sudo", "exec", "env", "eval", "command", "nohup", "timeout", "xargs", "nice"),
    }
)
"""Words that may stand before the name of a program."""
_OF_THOSE = re.compile(r"-|\d")
"""How the options and numbers begin that these take."""
_SHELLS = frozenset({"sh", "bash", "ash", "dash", "zsh"})
_DEEPEST = 4
"""Scripts within scripts."""


@dataclass(frozen=True, slots=True)
class Script:
    """The text of a script, and where its lines stand; nowhere in particular if they were folded or escaped."""

    text: str
    whole: Place
    rows: tuple[int, ...] = ()
    """The offset of each line in the text."""
    first: int = 0
    column: int = 0

    def place(self, start: int, end: int) -> Place:
        """Where a span of the text stands."""
        if not self.rows:
            return self.whole
        return Place(*self._at(start), *self._at(end))

    def _at(self, offset: int) -> tuple[int, int]:
        row = bisect_right(self.rows, offset) - 1
        return self.first + row, self.column + offset - self.rows[row]


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a command as it is written, quotes and all."""

    raw: str
    start: int
    script: Script

    @property
    def text(self) -> str:
        """The word without its quotes."""
        if _PLAIN.fullmatch(self.raw):
            return self.raw
        return _QUOTED.sub(lambda found: found[1] or found[2] or found[3] or "", self.raw)

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.script.place(self.start, self.start + len(self.raw))

    @property
    def is_literal(self) -> bool:
        """Whether nothing in it is put there by a shell or another tool."""
        filled_in = _QUOTED.sub(lambda found: "" if found[1] is not None else found[0], self.raw)
        return "${{" not in self.raw and "$" not in filled_in and "`" not in filled_in

    @property
    def is_quoted(self) -> bool:
        """Whether it stands in one pair of quotes."""
        return self.raw[:1] in ("'", '"') and _QUOTED.fullmatch(self.raw) is not None

    def part(self, start: int, end: int | None = None) -> "Word":
        """A part of it."""
        return Word(self.raw[start:end], self.start + start, self.script)

    def assigned(self) -> "Iterator[tuple[str, Word]]":
        """The variables that it sets, as `NAME=value`; in quotes they may be several."""
        if "=" not in self.raw:
            return
        inner = self.part(1, -1) if self.is_quoted else self
        names = list(_ASSIGNED.finditer(inner.raw)) if self.is_quoted else [*filter(None, [_ASSIGNED.match(inner.raw)])]
        for number, found in enumerate(names, 1):
            end = names[number].start() if number < len(names) else None
            length = len(inner.raw[found.end() : end].rstrip())
            yield found[1], inner.part(found.end(), found.end() + length)


@dataclass(frozen=True, slots=True)
class Command:
    """A command, with its words as the program gets them, and the variables that it sets."""

    words: tuple[Word, ...]
    texts: tuple[str, ...]
    assigned: tuple[tuple[str, Word], ...]

    @property
    def place(self) -> Place:
        """Where it begins."""
        return self.words[0].place

    @property
    def program(self) -> tuple[str, ...]:
        """The words from the name of its program on, that without its folder."""
        start, is_run_by = 0, False
        for word in self.words:
            is_before = word.raw in _BEFORE or (is_run_by and _OF_THOSE.match(word.raw))
            if not (is_before or (_ASSIGNED.match(word.raw) and not word.is_quoted)):
                break
            is_run_by = is_run_by or word.raw in _BEFORE
            start += 1
        texts = self.texts[start:]
        return (texts[0].rpartition("/")[2], *texts[1:]) if texts else ()


def script_of(node: Scalar) -> Script:
    """The script in a value of a file."""
    place, text = node.place, node.written
    rows = text.rstrip(" \t\r\n").split("\n")
    width = place.end_column - place.column
    if place.line == place.end_line and len(rows) == 1 and width in (len(text), len(text) + 2):
        return Script(text, place, (0,), place.line, place.column + (width - len(text)) // 2)
    indent = place.end_column - 1 - len(rows[-1])
    if place.end_line - place.line == len(rows) and indent >= 0:
        return Script(text, place, _offsets(rows), place.line + 1, indent + 1)
    return Script(text, place)


def _offsets(rows: list[str]) -> tuple[int, ...]:
    found = [0]
    for row in rows[:-1]:
        found.append(found[-1] + len(row) + 1)
    return tuple(found)


def commands(script: Script) -> list[Command]:
    """The commands of a script in their order, those that stand within others behind them."""
    return list(_commands(Word(script.text, 0, script), 0))


def _commands(text: Word, depth: int) -> Iterator[Command]:
    words: list[Word] = []
    is_target = False
    for found in _TOKEN.finditer(text.raw):
        if found.lastgroup == "word" and not is_target:
            words.append(text.part(found.start(), found.end()))
        elif found.lastgroup == "end":
            yield from _whole(words, depth)
            words = []
        is_target = found.lastgroup == "redirection"
    yield from _whole(words, depth)


def _whole(words: list[Word], depth: int) -> Iterator[Command]:
    """A command, and those within it: whose output it takes, and what a shell is given."""
    if not words:
        return
    texts = tuple(word.text for word in words)
    yield Command(tuple(words), texts, tuple(each for word in words for each in word.assigned()))
    if depth == _DEEPEST:
        return
    for word in words:
        for found in _INNER.finditer(word.raw) if "$(" in word.raw or "`" in word.raw else ():
            opening = len("$(") if found[0][0] == "$" else len("`")
            yield from _commands(word.part(found.start() + opening, found.end() - 1), depth + 1)
    if "-c" in texts[:-1] and not _SHELLS.isdisjoint(texts):
        yield from _commands(words[texts.index("-c") + 1].part(1, -1), depth + 1)
