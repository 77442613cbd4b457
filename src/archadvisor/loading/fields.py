"""The fields of a workload file, read from its published schema: which key states which fact of which subject."""

from collections.abc import Iterator
from collections.abc import Mapping as Lookup
from typing import Any, get_args

from archadvisor.model.fact import FactKind, FactType, Known, SubjectKind
from archadvisor.model.frozen import dataclass
from archadvisor.model.quantity import quantity

Schema = Lookup[str, Any]


@dataclass(frozen=True, slots=True)
class Section:
    """A mapping that groups facts of the subject it is in."""

    fields: "Fields"


@dataclass(frozen=True, slots=True)
class Part:
    """A mapping that is a subject of its own, or (`many`) a collection of them by name."""

    subject: SubjectKind
    many: bool
    fields: "Fields"


Field = FactType | Section | Part | None
"""What a key holds; None where no rule reads it."""


@dataclass(frozen=True, slots=True)
class Fields:
    """What the keys of a mapping hold."""

    by_key: Lookup[str, Field]
    single: tuple[tuple[str, Part], ...]
    """The subjects there is one of, whether anything is said of them or not."""


def fields_of(schema: Schema) -> Fields:
    """The fields of the workload at the root of a published schema."""
    return _fields(schema, schema["$defs"], "workload", "")


def facts_of(fields: Fields) -> dict[str, FactType]:
    """Every fact that can be stated, by name."""
    found: dict[str, FactType] = {}
    for field in fields.by_key.values():
        match field:
            case FactType():
                found[field.name] = field
            case Section() | Part():
                found |= facts_of(field.fields)
            case None:
                pass
    return found


def groups_of(fields: Fields, prefix: str = "") -> Iterator[str]:
    """The keys that hold other keys, named as facts are."""
    for key, field in fields.by_key.items():
        match field:
            case Section(inner):
                yield prefix + key
                yield from groups_of(inner, f"{prefix}{key}.")
            case Part(subject, _, inner):
                yield prefix + key
                yield from groups_of(inner, f"{subject}.")


def asides_of(fields: Fields, prefix: str = "") -> Iterator[str]:
    """The keys that no rule reads, named as facts are."""
    for key, field in fields.by_key.items():
        match field:
            case None:
                yield prefix + key
            case Section(inner):
                yield from asides_of(inner, f"{prefix}{key}.")
            case Part(subject, _, inner):
                yield from asides_of(inner, f"{subject}.")


def _fields(shape: Schema, shapes: Schema, subject: SubjectKind, prefix: str) -> Fields:
    found = {key: _field(key, schema, shapes, subject, prefix) for key, schema in shape["properties"].items()}
    single = tuple((key, field) for key, field in found.items() if isinstance(field, Part) and not field.many)
    return Fields(found, single)


def _field(key: str, schema: Schema, shapes: Schema, subject: SubjectKind, prefix: str) -> Field:
    if schema.get("x-aside"):
        return None
    if "x-subjects" in schema:
        inner = next(iter(schema["patternProperties"].values()))
        return _part(schema["x-subjects"], True, inner, shapes)
    if "x-subject" in schema:
        return _part(schema["x-subject"], False, schema, shapes)
    if "$ref" in schema:
        return Section(_fields(_shape(schema, shapes), shapes, subject, f"{prefix}{key}."))
    return _fact(f"{prefix}{key}", subject, schema)


def _part(subject: SubjectKind, many: bool, schema: Schema, shapes: Schema) -> Part:
    return Part(subject, many, _fields(_shape(schema, shapes), shapes, subject, f"{subject}."))


def _shape(schema: Schema, shapes: Schema) -> Schema:
    shape: Schema = shapes[schema["$ref"].rpartition("/")[2]]
    return shape


def _fact(name: str, subject: SubjectKind, schema: Schema) -> FactType:
    branches = [b for b in schema.get("anyOf", [schema]) if b.get("const") != "unknown" and b.get("type") != "null"]
    unit = next((b["x-unit"] for b in branches if "x-unit" in b), None)
    words = [word for b in branches for word in _words(b)]
    return FactType(
        name=name,
        subject=subject,
        kind=_kind(branches),
        description=schema["description"],
        words=tuple(words),
        unit=unit,
        silence=_silence(schema.get("default"), unit),
        inherits=schema.get("x-inherits"),
        whole=any(branch.get("type") == "integer" for branch in branches),
        most=next((branch["maximum"] for branch in branches if "maximum" in branch), None),
    )


def _words(branch: Schema) -> list[str]:
    if branch.get("type") == "array":
        return _words(branch["items"])
    return [word for word in branch.get("enum", [branch.get("const")]) if isinstance(word, str)]


def _kind(branches: list[Schema]) -> FactKind:
    types = {branch.get("type") if isinstance(branch.get("type"), str) else "number" for branch in branches}
    if "array" in types:
        return "set"
    if "boolean" in types:
        return "boolean"
    if types & {"number", "integer"} or any("x-unit" in branch for branch in branches):
        return "number"
    return "word"


def _silence(default: object, unit: str | None) -> Known:
    if default is None or default == "unknown":
        return None
    if isinstance(default, list):
        return tuple(default)
    if unit is not None and isinstance(default, str):
        return quantity(default, unit)
    assert isinstance(default, (str, bool, int, float)), get_args(Known)
    return default
