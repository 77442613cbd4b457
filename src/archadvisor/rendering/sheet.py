"""What is known of a workload as a commented workload file."""

import re
from collections.abc import Iterable, Iterator, Mapping

from archadvisor.model.interview import DONT_KNOW, Sheet
from archadvisor.rendering.paint import folded

_MODELINE = "# yaml-language-server: $schema={schema}"
BY_INIT = "Written by `archadvisor init`. What is `unknown` is still open; `archadvisor check` says what hangs on it."
_COLLECTIONS = ("services", "secrets", "callers")
_SUBJECT = re.compile(r"((?:services|secrets|callers)\.[^.]+(?:\.(?:endpoints|calls)\.[^.]+)?)\.(.+)")
_WIDEST = 118
Tree = dict[str, "Tree | str"]


def workload_file(sheet: Sheet, schema: str, about: Mapping[str, str], head: str = BY_INIT) -> str:
    """A workload file with what is to say of each fact and each subject beside it; `about` has that by path."""
    lines = [
        _MODELINE.format(schema=schema),
        "#",
        f"# {head}",
        *(_commented(line, line, about.get(line.partition(":")[0], "")) for line in skeleton(sheet)),
        *_remark(about.get("", ""), 0),
        *_lines(_tree(sheet), 0, "", about),
    ]
    return "\n".join(lines) + "\n"


def listed_by_subject(questions: Iterable[str]) -> dict[str, str]:
    """What to say of each subject, by its path: which of its facts are open; the workload's path is empty."""
    found: dict[str, list[str]] = {}
    for path in questions:
        subject, fact = match.groups() if (match := _SUBJECT.fullmatch(path)) else ("", path)
        found.setdefault(subject, []).append(fact)
    return {subject: f"open: {', '.join(facts)}" for subject, facts in found.items()}


def skeleton(sheet: Sheet) -> list[str]:
    """The first lines: the version, the name, the Regions."""
    return ["version: 1", f"name: {sheet.name}", f"regions: [{', '.join(sheet.regions)}]"]


def bare_file(sheet: Sheet) -> str:
    """A workload file with what it consists of, and no facts."""
    return "\n".join([*skeleton(sheet), *_lines(_parts(sheet), 0, "", {})]) + "\n"


def tree_of(sheet: Sheet) -> Tree:
    """What a workload file of the sheet holds below its first lines, by its keys."""
    return _tree(sheet)


def in_block(key: str, value: "Tree | str", parent: str, about: Mapping[str, str]) -> list[str]:
    """A key below `parent` and what stands under it, in lines from the first column."""
    return [line.removeprefix("  ") for line in _lines({key: value}, 1, parent, about)]


def in_flow(key: str, value: "Tree | str") -> str:
    """A key and what stands under it, in one line."""
    return f"{key}: {_flow(value)}"


def _flow(value: "Tree | str") -> str:
    if isinstance(value, str):
        return value
    return "{" + ", ".join(in_flow(key, inner) for key, inner in value.items()) + "}"


def _parts(sheet: Sheet) -> Tree:
    found: Tree = {}
    if sheet.services:
        found["services"] = {name: _endpoints(endpoints) for name, endpoints in sheet.services}
    for collection, names in (("secrets", sheet.secrets), ("callers", sheet.callers)):
        if names:
            found[collection] = {name: {} for name in names}
    return found


def _endpoints(names: tuple[str, ...]) -> Tree:
    return {"endpoints": {name: {} for name in names}} if names else {}


def _tree(sheet: Sheet) -> Tree:
    parts = _parts(sheet)
    tree: Tree = {}
    for path, written in sheet.stated:
        *way, last = path.split(".")
        node = tree if (way[:1] and way[0] not in _COLLECTIONS) or not way else parts
        for key in way:
            inner = node.setdefault(key, {})
            assert isinstance(inner, dict), "a fact has nothing below it"
            node = inner
        node[last] = written
    return {**tree, **parts}


def _lines(tree: Tree, depth: int, path: str, about: Mapping[str, str]) -> Iterator[str]:
    # What is single comes before what has parts.
    for key, value in sorted(tree.items(), key=lambda item: isinstance(item[1], dict) and depth > 0):
        here = f"{path}.{key}" if path else key
        if depth == 0:
            yield ""
        match value:
            case str():
                yield _commented(f"{'  ' * depth}{key}: {value}", value, about.get(here, ""))
            case {}:
                if value:
                    yield f"{'  ' * depth}{key}:"
                    yield from _remark(about.get(here, ""), depth + 1)
                    yield from _lines(value, depth + 1, here, about)
                else:
                    yield _commented(f"{'  ' * depth}{key}: {{}}", "", about.get(here, ""))


def _remark(text: str, depth: int) -> Iterator[str]:
    """What is to say of a subject, in lines of their own."""
    if text:
        yield from folded(text, _WIDEST, f"{'  ' * depth}# ", f"{'  ' * depth}#   ")


def _commented(line: str, value: str, about: str) -> str:
    """A line with what its fact means, where there is room; what is not known says that it is open."""
    said = f"open: {about}" if value == DONT_KNOW and about else about
    # Where there is no room for all of it, what comes after the place is left out.
    wholes = [f"{line}  # {each}" for each in (said, said.partition("; at most")[0])]
    return next((whole for whole in wholes if said and len(whole) <= _WIDEST), line)
