"""The answers of an interview that is held without a terminal."""

import re
from collections.abc import Iterator

from archadvisor.errors import UnreadableInput
from archadvisor.loading.discovery import read_bytes
from archadvisor.loading.document import parse
from archadvisor.loading.expectation import found, pattern_in_words
from archadvisor.loading.home import published
from archadvisor.loading.node import Mapping, Node, Scalar, Sequence, text_at, words_at
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.interview import Sheet
from archadvisor.model.place import START, Place

_NAMING = re.compile(r"name|regions|secrets|callers|services(?:\..+\.endpoints)?")
"""The keys under which names stand."""
_LISTS = ("regions", "services", "secrets", "callers")


def read_answers(file: str) -> tuple[Sheet, dict[str, tuple[str, Place]]]:
    """What a workload consists of, and the answers by path with their places.

    Raises:
        UnreadableInput: the file cannot be read, or says not even what is asked first; with every problem.
    """
    data = read_bytes(file)
    if isinstance(data, Diagnostic):
        raise UnreadableInput([data])
    try:
        root = parse(data.decode("utf-8-sig"), file)
    except UnicodeDecodeError:
        raise UnreadableInput([Diagnostic(file, "the file is not UTF-8 text", START)]) from None
    if not isinstance(root, Mapping):
        raise UnreadableInput([Diagnostic(file, "expected answers by their paths, such as `team.hosts: avoid`", START)])
    problems = list(_problems(root, file))
    if problems:
        raise UnreadableInput(problems)
    services = tuple((name, _names(root, f"services.{name}.endpoints")) for name in _names(root, "services"))
    sheet = Sheet(
        text_at(root, "name") or "",
        _names(root, "regions"),
        services,
        _names(root, "secrets"),
        _names(root, "callers"),
    )
    asked_first = {"name", *_LISTS, *(f"services.{name}.endpoints" for name, _ in services)}
    return sheet, {
        key: (_written(value), name.place) for key, (name, value) in root.items.items() if key not in asked_first
    }


def _problems(root: Mapping, file: str) -> list[Diagnostic]:
    told = []
    if text_at(root, "name") is None:
        told.append(Diagnostic(file, "the key `name` is missing", root.place, "every workload has a name"))
    for key, (name, value) in root.items.items():
        if key in _LISTS and not isinstance(value, Sequence):
            told.append(Diagnostic(file, f"expected a list of names under `{key}`", value.place, "write it as `[…]`"))
        elif isinstance(value, Mapping):
            hint = f"write each answer by its path, such as `{key}.…: …`"
            told.append(Diagnostic(file, f"expected an answer under `{key}`, found a mapping", name.place, hint))
    return sorted([*told, *_misnamed(root, file)], key=lambda problem: problem.place or ())


def _misnamed(root: Mapping, file: str) -> Iterator[Diagnostic]:
    """What is said of names that a workload file could not have; they would be read as more than names."""
    workload = published("workload")["properties"]
    name, region = workload["name"]["pattern"], workload["regions"]["anyOf"][0]["items"]["pattern"]
    for key in filter(_NAMING.fullmatch, root.items):
        pattern, value = region if key == "regions" else name, root.items[key][1]
        for item in value.items if isinstance(value, Sequence) else words_at(root, key):
            if not isinstance(item, Scalar) or re.fullmatch(pattern, item.written) is None:
                yield Diagnostic(file, f"expected {pattern_in_words(pattern)}, found {found(item)}", item.place)


def _names(root: Mapping, key: str) -> tuple[str, ...]:
    return tuple(word.written for word in words_at(root, key))


def _written(node: Node) -> str:
    match node:
        case Sequence():
            return f"[{', '.join(_written(item) for item in node.items)}]"
        case Scalar():
            return node.written or "null"
        case Mapping():
            return "{}"
