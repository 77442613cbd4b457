"""What in a Compose file does not fit the Compose specification, held against its JSON Schema."""

from collections.abc import Hashable, Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from archadvisor.intake.compose.forms import is_unknown
from archadvisor.loading.home import third_party
from archadvisor.loading.node import Mapping, Node, Scalar, Sequence, kind
from archadvisor.loading.redaction import looks_like_token
from archadvisor.loading.wording import listed, nearest
from archadvisor.model.place import Place

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError
    from jsonschema.protocols import Validator

_TYPES = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "`true` or `false`",
    "array": "a list",
    "object": "a mapping",
    "null": "nothing",
}
Violation = tuple[Place, str]


class _Unknown:
    """A value that nobody knows; it fits whatever is asked for, and equals no other one."""


def violations(root: Mapping) -> list[Violation]:
    """Everything that does not fit, each with its place, in the order of the files."""
    found = dict.fromkeys(
        violation
        for error in _validator().iter_errors(_plain(root))
        if not _is_open(error)
        for violation in _told(root, error)
    )
    return sorted(found, key=lambda violation: violation[0])


@cache
def _validator() -> "Validator":
    """The validator of the schema; jsonschema is imported where a Compose file is read, and nowhere else."""
    from jsonschema import Draft202012Validator, validators

    quick = validators.extend(Draft202012Validator, {"uniqueItems": _repeated})  # type: ignore[no-untyped-call]
    validator: Validator = quick(third_party("compose-spec"))
    return validator


def _repeated(validator: object, wanted: bool, found: object, schema: object) -> "Iterator[ValidationError]":
    """What a list has twice: found by hashing, as jsonschema holds each item against each other one."""
    from jsonschema.exceptions import ValidationError

    if wanted and isinstance(found, list) and len({_hashable(item) for item in found}) < len(found):
        yield ValidationError("names something twice")


def _hashable(value: object) -> Hashable:
    match value:
        case dict():
            return frozenset((key, _hashable(inner)) for key, inner in value.items())
        case list():
            return tuple(map(_hashable, value))
        case _:
            assert isinstance(value, Hashable)
            return isinstance(value, bool), value


def _plain(node: Node) -> Any:
    match node:
        case Scalar():
            return _Unknown() if is_unknown(node) else node.value
        case Sequence():
            return [_plain(item) for item in node.items]
        case Mapping():
            return {name: _plain(value) for name, (_, value) in node.items.items()}


def _is_open(error: "ValidationError") -> bool:
    """Whether an error may be none, once what is unknown is known."""
    return isinstance(error.instance, _Unknown) or any(map(_is_open, error.context or ()))


def _told(root: Mapping, error: "ValidationError") -> Iterator[Violation]:
    """An error in words: of several ways that something may be written, the nearest one."""
    from jsonschema.exceptions import best_match

    found = best_match([error])
    assert found is not None, "there is an error"
    node, name = _way(root, found.absolute_path)
    if found.validator in ("additionalProperties", "unevaluatedProperties") and isinstance(node, Mapping):
        yield from _unknown_keys(node, name, found)
    else:
        yield node.place, f"{name} {_problem(node, found)}"


def _way(root: Mapping, path: Iterable[str | int]) -> tuple[Node, str]:
    """The value at the end of a path, and what to call it."""
    node: Node = root
    names: list[str] = []
    for step in path:
        if isinstance(node, Mapping) and isinstance(step, str):
            node = node.items[step][1]
            names.append("****" if looks_like_token(step) else step)
        elif isinstance(node, Sequence) and isinstance(step, int):
            node = node.items[step]
    return node, f"`{'.'.join(names)}`" if names else "the file"


def _unknown_keys(node: Mapping, name: str, error: "ValidationError") -> Iterator[Violation]:
    known = _known_keys(error.schema)
    for key, (at, _) in node.items.items():
        if key not in known and not key.startswith("x-"):
            near = nearest(key, known)
            hint = f": did you mean `{near}`?" if near else ""
            shown = "****" if looks_like_token(key) else key
            yield at.place, f"`{shown}` is no key that the Compose specification knows in {name}{hint}"


def _known_keys(schema: Any) -> set[str]:
    """The keys that a schema names, with those of the schemas that it consists of."""
    found = set(schema.get("properties", {}))
    for part in schema.get("allOf", ()):
        name = part.get("$ref", "").rpartition("/")[2]
        found |= _known_keys(third_party("compose-spec")["$defs"][name] if name else part)
    return found


def _problem(node: Node, error: "ValidationError") -> str:
    match error.validator, error.validator_value:
        case "type", str() | list() as given:
            wanted = [given] if isinstance(given, str) else given
            return f"is {kind(node)}, and the Compose specification expects {listed([_TYPES[each] for each in wanted])}"
        case "required", list() as names:
            there = node.items if isinstance(node, Mapping) else {}
            missing = [f"`{name}`" for name in names if name not in there]
            return f"lacks {listed(missing, 'and')}, which the Compose specification asks for"
        case "enum", list() as words:
            return (
                f"is none of the words that the Compose specification knows: {listed([f'`{word}`' for word in words])}"
            )
        case "uniqueItems", _:
            return "names something twice"
    return "is nothing that the Compose specification allows here"
