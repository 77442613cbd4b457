"""The examples of packs, and the workload that an example's fragment stands for."""

import json
from collections.abc import Iterator
from collections.abc import Mapping as Lookup
from typing import Any

from archadvisor.errors import UnusablePack
from archadvisor.loading.document import parse
from archadvisor.loading.node import Mapping, Node, Scalar, plain
from archadvisor.loading.node import Sequence as Items
from archadvisor.loading.workload import read_workload
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.example import AS_OF, Example, Expectation
from archadvisor.model.fact import COLLECTIONS, SubjectKind
from archadvisor.model.workload import Workload

NAME = "example"
_HOMES: dict[SubjectKind, tuple[str, ...]] = {
    "service": ("services", NAME),
    "image": ("services", NAME, "image"),
    "endpoint": ("services", NAME, "endpoints", NAME),
    "link": ("services", NAME, "calls", NAME),
    "secret": ("secrets", NAME),
    "caller": ("callers", NAME),
}
_EXPECTATIONS: tuple[Expectation, ...] = ("fires", "silent", "asks")


def read_examples(sources: list[tuple[str, bytes]]) -> list[Example]:
    """All examples in the files of a pack, which is known to be well formed."""
    found: list[Example] = []
    for file, data in sources:
        root = parse(data.decode("utf-8-sig"), file)
        if isinstance(root, Mapping):
            found += _of_rules(root, file)
            found += _of_options(root, file)
    return found


def example_workload(example: Example, kinds: tuple[SubjectKind, ...]) -> Workload:
    """The workload an example's fragment stands for; its subject is named `example`.

    Raises:
        UnusablePack: the fragment states something that no workload can.
    """
    document = example_document(example, kinds, declared=example.expected == "wins")
    reading = read_workload(json.dumps(document).encode(), example.file)
    if reading.workload is None:
        which = f"example `{example.name}` of `{example.owner}`"
        told = [(f"{which}: {found.message}", found.hint) for found in reading.diagnostics]
        raise UnusablePack([Diagnostic(example.file, message, example.place, hint) for message, hint in told])
    return reading.workload


def example_document(example: Example, kinds: tuple[SubjectKind, ...], declared: bool) -> dict[str, Any]:
    """A workload file with what an example's fragment says, as plain data; its choices perhaps `declared`."""
    document: dict[str, Any] = {"version": 1, "name": NAME}
    for kind in kinds:
        if not any(key.startswith(f"{other}.") for key in example.fragment for other in kinds):
            _open(document, _HOMES.get(kind, ()))
    _fill(document, example.fragment, ())
    choices = {
        key.removeprefix("choice."): option for key, option in example.fragment.items() if key.startswith("choice.")
    }
    if declared and choices:
        document["decisions"] = choices
    return document


def _of_rules(root: Mapping, file: str) -> Iterator[Example]:
    rules = root.items["rules"][1] if "rules" in root.items else None
    for rule in rules.items if isinstance(rules, Items) else ():
        assert isinstance(rule, Mapping)
        owner = rule.items["id"][1]
        examples = rule.items["examples"][1]
        assert isinstance(owner, Scalar)
        assert isinstance(examples, Mapping)
        for expected in _EXPECTATIONS:
            if expected in examples.items:
                yield from _named(owner.written, expected, examples.items[expected][1], file)


def _named(owner: str, expected: Expectation, node: Node, file: str) -> Iterator[Example]:
    assert isinstance(node, Mapping)
    for name, (key, fragment) in node.items.items():
        yield Example(owner, name, expected, _fragment(fragment), file, key.place)


def _of_options(root: Mapping, file: str) -> Iterator[Example]:
    options = root.items["options"][1] if "options" in root.items else None
    decision = root.items["decision"][1] if "decision" in root.items else None
    for option, (key, node) in options.items.items() if isinstance(options, Mapping) else ():
        assert isinstance(node, Mapping)
        assert isinstance(decision, Scalar)
        yield Example(f"{decision.written}={option}", option, "wins", _fragment(node.items["wins"][1]), file, key.place)


def _fragment(node: Node) -> dict[str, object]:
    given = plain(node)
    assert isinstance(given, dict)
    return given


def _fill(document: dict[str, Any], fragment: Lookup[str, object], home: tuple[str, ...]) -> None:
    """Puts the facts of a fragment where a workload file has them; `home` is the subject it is about.

    The subject's name stays `example`: a fragment that gives one only says that the subject is there.
    """
    for key, value in fragment.items():
        if key.startswith("choice.") or key == AS_OF:
            continue
        if key in COLLECTIONS and isinstance(value, list):
            _collect(document, key, value, home)
            continue
        kind, _, rest = key.partition(".")
        inner = next((path for name, path in _HOMES.items() if name == kind), None)
        path = () if inner is None else (home + inner[len(home) :] if home else inner)
        if inner and rest == "name":
            _open(document, path)
            continue
        *groups, last = (*path, *(rest if inner else key).split("."))
        _open(document, tuple(groups))[last] = value


def _collect(document: dict[str, Any], collection: str, fragments: list[Any], home: tuple[str, ...]) -> None:
    """Adds the subjects of a collection, named `example-1`, `example-2` and so on."""
    kind = COLLECTIONS[collection]
    inside = home or (("services", NAME) if kind in ("endpoint", "link", "image") else ())
    for number, fragment in enumerate(fragments, 1):
        path = (*inside, collection, f"{NAME}-{number}")
        _open(document, path)
        _fill(document, fragment, path)


def _open(document: dict[str, Any], path: tuple[str, ...]) -> dict[str, Any]:
    """The mapping at a path, made if it is not there."""
    for key in path:
        document = document.setdefault(key, {})
    return document
