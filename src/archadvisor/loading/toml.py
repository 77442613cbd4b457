"""TOML to a tree in which every key and value knows its place.

The standard library's parser decides what the text means; it gives no places, so they are found in the lines again.
"""

import re
import tomllib
from collections.abc import Iterator

from archadvisor.errors import UnreadableInput
from archadvisor.loading.node import Mapping, Node, Scalar, Sequence
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.place import START, Place

_NAME = r"""(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')"""
_NAMES = rf"{_NAME}(?:\s*\.\s*{_NAME})*"
_HEADER = re.compile(rf"\s*(\[\[?)\s*({_NAMES})\s*\]")
_KEY = re.compile(rf"\s*({_NAMES})\s*=")
_WHERE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_LONG = re.compile(r"(?<![\w\"'])[0-9]\w{3000,}")
_INLINE = re.compile(rf"[{{,]\s*({_NAMES})\s*=")

Path = tuple[str | int, ...]


def parse(data: bytes, file: str) -> Mapping:
    """The tree of a TOML document.

    Raises:
        UnreadableInput: it is no TOML, or no UTF-8.
    """
    try:
        text = data.decode("utf-8-sig")
        root = _node(tomllib.loads(text), (), _Places(text))
    except UnicodeDecodeError:
        raise UnreadableInput([Diagnostic(file, "the file is not UTF-8 text", START)]) from None
    except tomllib.TOMLDecodeError as error:
        raise UnreadableInput([_syntax(str(error), file)]) from None
    except ValueError:
        raise UnreadableInput([_too_long(text, file)]) from None
    except RecursionError:
        raise UnreadableInput([Diagnostic(file, "the file is nested too deeply", START)]) from None
    assert isinstance(root, Mapping)
    return root


def _too_long(text: str, file: str) -> Diagnostic:
    """What is said of a number that Python refuses to turn from text, or into it."""
    found = _LONG.search(text)
    before = text[: found.start()] if found else ""
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    hint = "no setting is such a number"
    return Diagnostic(file, "a number has too many digits", Place(line, column, line, column + 1), hint)


def _syntax(message: str, file: str) -> Diagnostic:
    where = _WHERE.search(message)
    line, column = (int(where[1]), int(where[2])) if where and where[1] else (1, 1)
    told = _WHERE.sub("", message)
    return Diagnostic(file, f"this is no TOML: {told[:1].lower()}{told[1:]}", Place(line, column, line, column + 1))


class _Places:
    """Where keys are written, and, from there on, values."""

    def __init__(self, text: str) -> None:
        self.lines = text.splitlines()
        self.keys: dict[Path, Place] = dict(_keys(self.lines))

    def of(self, path: Path) -> Place:
        """Where a key is written; of what has none of its own, where the nearest key above is."""
        while path and path not in self.keys:
            path = path[:-1]
        return self.keys.get(path, START)

    def of_text(self, path: Path, text: str) -> Place:
        """Where a text is written at or below a key."""
        start = self.of(path)
        after = [place.line for place in self.keys.values() if place.line > start.line]
        for number in range(start.line, min(after, default=len(self.lines) + 1)):
            line = self.lines[number - 1] if number <= len(self.lines) else ""
            begin = start.column if number == start.line else 1
            for quote in "\"'":
                found = line.find(f"{quote}{text}{quote}", begin - 1)
                if found >= 0:
                    return Place(number, found + 1, number, found + len(text) + 3)
        return start


def _keys(lines: list[str]) -> Iterator[tuple[Path, Place]]:
    table: Path = ()
    counts: dict[Path, int] = {}
    for number, line in enumerate(lines, 1):
        header, key = _HEADER.match(line), _KEY.match(line)
        if header:
            table = tuple(_parts(header[2]))
            yield table, Place(number, header.start(2) + 1, number, header.end(2) + 1)
            if header[1] == "[[":
                counts[table] = counts.get(table, -1) + 1
                table = (*table, counts[table])
                yield table, Place(number, header.start(2) + 1, number, header.end(2) + 1)
        elif key:
            path = (*table, *_parts(key[1]))
            yield path, Place(number, key.start(1) + 1, number, key.end(1) + 1)
            for inner in _INLINE.finditer(line, key.end()):
                place = Place(number, inner.start(1) + 1, number, inner.end(1) + 1)
                yield (*path, *_parts(inner[1])), place


def _parts(names: str) -> list[str]:
    return [part.strip("\"'") for part in re.findall(_NAME, names)]


def _node(value: object, path: Path, places: _Places) -> Node:
    match value:
        case dict():
            mapping = Mapping(places.of(path))
            for key, inner in value.items():
                name = Scalar(key, key, places.of((*path, key)))
                mapping.items[key] = (name, _node(inner, (*path, key), places))
            return mapping
        case list():
            sequence = Sequence(places.of(path))
            sequence.items = [_node(item, (*path, index), places) for index, item in enumerate(value)]
            return sequence
        case str():
            return Scalar(value, value, places.of_text(path, value))
        case bool() | int() | float():
            return Scalar(value, str(value), places.of(path))
    return Scalar(str(value), str(value), places.of(path))
