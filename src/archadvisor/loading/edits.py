"""The edits in a file that the steps of a fix come to."""

import json
import re
from collections.abc import Iterator, Sequence
from typing import TypeVar, assert_never

from archadvisor.loading.layout import Layout
from archadvisor.loading.node import Mapping, Node, Scalar, value_at
from archadvisor.loading.node import Sequence as Items
from archadvisor.loading.outline import Home, Outline, Unclear, span
from archadvisor.model.fix import Edit, Editor, Refer, Remove, Rewrite, Split, Step
from archadvisor.model.place import Place

_PLAIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_./ -]*[A-Za-z0-9_./-])?")
_COMMENT = re.compile(r"[ \t]*#+[ \t]*archadvisor:[^#]*$")
_BRACKETS = re.compile(r"[^\[\]]*\]")
_LONGEST_NAME = 63
_ASKED = "{kind: unknown}"
_Kept = TypeVar("_Kept", Mapping, Items)


def edits_in(root: Node, lines: Sequence[str], layout: Layout) -> Editor:
    """The editor of a file, of its masked tree and its masked lines."""
    outline = Outline(root, lines, layout)

    def edits(steps: Sequence[Step]) -> tuple[Edit, ...] | None:
        try:
            return tuple(edit for step in steps for edit in _edits(outline, step))
        except Unclear:
            return None

    return edits


def _edits(outline: Outline, step: Step) -> Iterator[Edit]:
    match step:
        case Rewrite(place, text, word):
            node = _scalar(outline, place, word)
            yield Edit(node.place, _styled(text, outline.start(node)))
        case Split(place, options):
            _scalar(outline, place)
            yield Edit(place, "{" + ", ".join(f"{name}: {option}" for name, option in options) + "}")
        case Refer(place):
            yield from _reference(outline, place)
        case Remove(place):
            yield _removal(outline, place)
        case _:
            assert_never(step)


def _scalar(outline: Outline, place: Place, word: str | None = None) -> Scalar:
    """The value at a place, or one word of the list there."""
    home = outline.home(place)
    node = home.node if home else None
    if word is not None and isinstance(node, Items):
        item = next((each for each in node.items if isinstance(each, Scalar) and each.written == word), None)
        return _scalar(outline, item.place) if item else _unclear()
    return node if isinstance(node, Scalar) else _unclear()


def _unclear() -> Scalar:
    raise Unclear


def _styled(text: str, start: str) -> str:
    """A text in the quotes that the old value had; plain if that had none and it may be."""
    if start == "'":
        return "'" + text.replace("'", "''") + "'"
    return text if start != '"' and _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def _reference(outline: Outline, place: Place) -> Iterator[Edit]:
    """What moves a secret out of the file: from a variable of a service, or from under the secret's own name."""
    home = outline.home(place)
    if home is None or home.key is None or home.key.redacted:
        raise Unclear
    match home.path():
        case ("services", _, "environment", _):
            yield from _out_of_environment(outline, home)
        case ("secrets", _, "value"):
            yield _out_of_secrets(outline, home)
        case _:
            raise Unclear


def _out_of_secrets(outline: Outline, home: Home) -> Edit:
    """A secret that says nothing else is asked for its kind."""
    assert home.above is not None
    assert home.key is not None
    if isinstance(home.above.node, Mapping) and len(home.above.node.items) > 1:
        return outline.without_pair(home)
    return Edit(span(home.key.place, home.node.place), _ASKED.strip("{}"))


def _out_of_environment(outline: Outline, home: Home) -> Iterator[Edit]:
    """The variable refers to a secret, which the service uses and the workload names."""
    _, service, _, variable = home.path()
    root, whole = outline.root, next(each.node for each in home.chain() if each.path() == ("services", service))
    assert isinstance(root, Mapping)
    assert isinstance(whole, Mapping)
    used, known = _used(whole), _known(root)
    name = _free_name(variable, service, used, known)
    yield Edit(home.node.place, f'"${{{name}}}"')
    if name not in used:
        yield _with_use(outline, whole, name)
    if name not in known:
        yield _with_secret(outline, root, name)


def _used(service: Mapping) -> list[str]:
    uses = value_at(service, "uses")
    listed = value_at(uses, "secrets") if isinstance(uses, Mapping) else None
    return [item.written for item in listed.items if isinstance(item, Scalar)] if isinstance(listed, Items) else []


def _known(root: Mapping) -> list[str]:
    secrets = value_at(root, "secrets")
    return list(secrets.items) if isinstance(secrets, Mapping) else []


def _free_name(variable: str, service: str, used: list[str], known: list[str]) -> str:
    """The variable's name as that of a secret; with the service's where another service's secret has it already."""
    own = re.sub(r"[^a-z0-9_-]", "_", variable.lower())
    name = own if own[0].isalpha() else f"secret_{own.lstrip('_')}"
    for each in (name, f"{service}_{name}"):
        if len(each) <= _LONGEST_NAME and (each in used or each not in known):
            return each
    raise Unclear


def _with_use(outline: Outline, service: Mapping, name: str) -> Edit:
    uses = value_at(service, "uses")
    if uses is None:
        return outline.with_pair(service, f"uses: {{secrets: [{name}]}}")
    secrets = value_at(uses, "secrets") if isinstance(uses, Mapping) else None
    if isinstance(uses, Mapping) and secrets is None:
        return outline.with_pair(_unshared(outline, uses), f"secrets: [{name}]")
    if isinstance(secrets, Items):
        return outline.with_item(_unshared(outline, secrets), name)
    raise Unclear


def _with_secret(outline: Outline, root: Mapping, name: str) -> Edit:
    secrets = value_at(root, "secrets")
    if isinstance(secrets, Mapping):
        return outline.with_pair(_unshared(outline, secrets), f"{name}: {_ASKED}")
    if secrets is not None:
        raise Unclear
    if outline.is_flow(root):
        return outline.with_pair(root, f"secrets: {{{name}: {_ASKED}}}")
    return outline.with_pair(root, f"secrets:{outline.layout.newline}  {name}: {_ASKED}")


def _unshared(outline: Outline, node: _Kept) -> _Kept:
    outline.home(node.place)
    return node


def _removal(outline: Outline, place: Place) -> Edit:
    home = outline.home(place)
    if home is None:
        return _out_of_comment(outline, place)
    item = next((each for each in home.chain() if each.above and isinstance(each.above.node, Items)), None)
    if item is None:
        raise Unclear
    return outline.without_item(item)


def _out_of_comment(outline: Outline, place: Place) -> Edit:
    """Takes out one of the rules that a comment names, or all of the comment where it names no other."""
    line = outline.lines[place.line - 1]
    before, after = line[: place.column - 1], line[place.end_column - 1 :]
    head, rest = _COMMENT.search(before), _BRACKETS.match(after)
    if head is None or rest is None:
        raise Unclear
    following = rest.group()[:-1].strip()
    leading = before.rstrip().removesuffix(",") if before.rstrip().endswith(",") else None
    if following:
        skipped = len(after) - len(after.lstrip(" \t").removeprefix(",").lstrip(" \t"))
        return Edit(Place(place.line, place.column, place.line, place.end_column + skipped), "")
    if leading is not None:
        return Edit(Place(place.line, len(leading) + 1, place.line, place.end_column), "")
    if not before[: head.start()].strip():
        return outline.without(place.line, place.line)
    return Edit(Place(place.line, head.start() + 1, place.line, outline.layout.widths[place.line - 1] + 1), "")
