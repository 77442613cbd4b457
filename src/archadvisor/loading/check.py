"""Holds a tree of nodes against a published JSON Schema and says, with places, everything that does not fit.

It reads the part of JSON Schema that the shapes publish, compiled to closures: jsonschema would have to be
given plain data, which has no places, and costs more than all the rest of a check (`docs/decisions/0004-reader.md`).
"""

import re
from collections.abc import Callable, Iterable
from collections.abc import Mapping as Lookup
from functools import lru_cache
from typing import Any

from archadvisor.loading.expectation import bounds, expectation, found, pattern_in_words, types_of, unit_hint, word_hint
from archadvisor.loading.node import Mapping, Node, Scalar, Sequence, Value
from archadvisor.loading.suppressions import is_day
from archadvisor.loading.wording import listed, suggestion
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.place import START, Place

Schema = Lookup[str, Any]
Complain = Callable[[str, Node, str | None], None]
Check = Callable[[Node, Complain], None]

_MOST_REMEMBERED = 512
_A_DAY = "write a day of the calendar such as `2027-03-01`"

_LIKENESS = {"object": Mapping, "array": Sequence}
_SCALARS: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "null": (type(None),),
}


class Checker:
    """A schema, ready to be held against nodes."""

    def __init__(self, schema: Schema) -> None:
        self._definitions: Schema = schema.get("$defs", {})
        self._compiled: dict[str, Check] = {}
        self._root = self._check(schema)

    def problems(self, node: Node, file: str) -> list[Diagnostic]:
        """Everything about `node` that does not fit the schema, in the order of the file."""
        return [problem for problem, _ in self.misfits(node, file)]

    def misfits(self, node: Node, file: str) -> list[tuple[Diagnostic, Node]]:
        """The same, each with the key or the value that does not fit."""
        found: list[tuple[Diagnostic, Node]] = []

        def complain(message: str, misfit: Node, hint: str | None = None) -> None:
            found.append((Diagnostic(file, message, misfit.place, hint), misfit))

        self._root(node, complain)
        return sorted(found, key=lambda each: each[0].place or ())

    def _check(self, schema: Schema) -> Check:
        if "$ref" in schema:
            return self._reference(schema["$ref"].rpartition("/")[2])
        if "anyOf" in schema:
            return self._alternatives(schema["anyOf"])
        match schema.get("type"):
            case "object":
                return self._mapping(schema)
            case "array":
                return self._list(schema)
            case None if "enum" not in schema and "const" not in schema:
                return lambda node, complain: None
        return _scalar(schema)

    def _reference(self, name: str) -> Check:
        def check(node: Node, complain: Complain) -> None:
            compiled = self._compiled.get(name)
            if compiled is None:
                compiled = self._compiled[name] = self._check(self._definitions[name])
            compiled(node, complain)

        return check

    def _alternatives(self, schemas: list[Schema]) -> Check:
        resolved = [self._definitions[s["$ref"].rpartition("/")[2]] if "$ref" in s else s for s in schemas]
        known = [schema for schema in resolved if schema.get("const") != "unknown"]
        check = self._check(known[0]) if len(known) == 1 else self._one_of(known)
        if len(known) == len(resolved):
            return check

        def check_known(node: Node, complain: Complain) -> None:
            if not (isinstance(node, Scalar) and node.value == "unknown"):
                check(node, complain)

        return check_known

    def _one_of(self, schemas: list[Schema]) -> Check:
        branches = [(schema, self._check(schema)) for schema in schemas]
        expected = listed([expectation(schema) for schema in schemas if schema.get("type") != "null"])

        def check(node: Node, complain: Complain) -> None:
            fitting = [branch for schema, branch in branches if _alike(node, schema)]
            for branch in fitting:
                problems: list[object] = []
                branch(node, lambda *problem, into=problems: into.append(problem))
                if not problems:
                    return
            if fitting:
                fitting[0](node, complain)
            else:
                complain(f"expected {expected}, found {found(node)}", node, None)

        return check

    def _mapping(self, schema: Schema) -> Check:
        known = {key: _quick(self._check(value)) for key, value in schema.get("properties", {}).items()}
        patterns = [
            (re.compile(key), _quick(self._check(value))) for key, value in schema.get("patternProperties", {}).items()
        ]
        rest = schema.get("additionalProperties", True)
        other = _quick(self._check(rest)) if isinstance(rest, dict) else None
        required, fewest = schema.get("required", ()), schema.get("minProperties", 0)

        def check(node: Node, complain: Complain) -> None:
            if not isinstance(node, Mapping):
                complain(f"expected a mapping, found {found(node)}", node, None)
                return
            for key, (key_node, value) in node.items.items():
                branch = known.get(key) or _by_pattern(key, patterns) or other
                if branch is not None:
                    branch(value, complain)
                elif rest is False:
                    complain(*_unknown_key(key_node, list(known), patterns))
            _check_presence(node, required, fewest, complain)

        return check

    def _list(self, schema: Schema) -> Check:
        item = _quick(self._check(schema.get("items", {})))
        fewest = schema.get("minItems", 0)

        def check(node: Node, complain: Complain) -> None:
            if not isinstance(node, Sequence):
                complain(
                    f"expected a list, found {found(node)}",
                    node,
                    "write it as `[…]`" if isinstance(node, Scalar) else None,
                )
                return
            if len(node.items) < fewest:
                complain("expected at least one entry", node, None)
            for value in node.items:
                item(value, complain)

        return check


def _quick(check: Check) -> Check:
    """The same check, which remembers the scalars that fit: their values alone decide that, and few are new."""

    @lru_cache(_MOST_REMEMBERED, typed=True)
    def fits(value: Value) -> bool:
        problems: list[str] = []
        check(Scalar(value, "", START), lambda message, node, hint: problems.append(message))
        return not problems

    def checked(node: Node, complain: Complain) -> None:
        if not isinstance(node, Scalar) or not fits(node.value):
            check(node, complain)

    return checked


def _check_presence(node: Mapping, required: Iterable[str], fewest: int, complain: Complain) -> None:
    for key in required:
        if key not in node.items:
            line, column, *_ = node.place
            start = Scalar(None, "", Place(line, column, line, column + 1))
            complain(f"the key `{key}` is missing", start, None)
    if len(node.items) < fewest:
        complain("expected at least one entry", node, None)


def _by_pattern(key: str, patterns: list[tuple[re.Pattern[str], Check]]) -> Check | None:
    return next((check for pattern, check in patterns if pattern.fullmatch(key)), None)


def _unknown_key(
    node: Scalar, known: list[str], patterns: list[tuple[re.Pattern[str], Check]]
) -> tuple[str, Node, str]:
    if patterns:
        return f"`{node.written}` is not a name", node, f"expected {pattern_in_words(patterns[0][0].pattern)}"
    return f"unknown key `{node.written}`", node, suggestion(node.written, known)


def _scalar(schema: Schema) -> Check:
    types = tuple(python for name in types_of(schema) for python in _SCALARS[name])
    allowed = schema.get("enum") or ([schema["const"]] if "const" in schema else None)
    unit = schema.get("x-unit")
    low, high = schema.get("minimum"), schema.get("maximum")
    expected, check_text = expectation(schema), _text(schema)

    def check(node: Node, complain: Complain) -> None:
        if not isinstance(node, Scalar) or not _typed(node.value, types):
            complain(f"expected {expected}, found {found(node)}", node, unit_hint(node, unit))
            return
        value = node.value
        if allowed is not None and value not in allowed:
            complain(f"expected {expected}, found {found(node)}", node, word_hint(value, allowed))
        elif isinstance(value, str):
            check_text(node, complain)
        elif isinstance(value, (int, float)) and not _within(value, low, high):
            complain(f"expected {bounds(low, high)}, found {found(node)}", node, None)

    return check


def _text(schema: Schema) -> Check:
    pattern = re.compile(schema["pattern"]) if "pattern" in schema else None
    shortest, longest = schema.get("minLength", 0), schema.get("maxLength")
    expected, dated = expectation(schema), schema.get("format") == "date"

    def check(node: Node, complain: Complain) -> None:
        assert isinstance(node, Scalar)
        assert isinstance(node.value, str)
        length = len(node.value)
        if pattern is not None and not pattern.fullmatch(node.value):
            complain(f"expected {expected}, found {found(node)}", node, None)
        elif dated and not is_day(node.value):
            complain(f"`{node.value}` is no day", node, _A_DAY)
        elif length < shortest or (longest is not None and length > longest):
            complain(f"expected text of {shortest} to {longest} characters, found {length}", node, None)

    return check


def _typed(value: object, types: tuple[type, ...]) -> bool:
    return isinstance(value, types) and (not isinstance(value, bool) or bool in types)


def _within(value: float, low: float | None, high: float | None) -> bool:
    return (
        value == value
        and abs(value) != float("inf")
        and (low is None or value >= low)
        and (high is None or value <= high)
    )


def _alike(node: Node, schema: Schema) -> bool:
    """Whether a node is of a schema's kind, so that its complaints are the ones to show."""
    if "const" in schema:
        return isinstance(node, Scalar) and node.value == schema["const"]
    return any(
        isinstance(node, _LIKENESS[name])
        if name in _LIKENESS
        else isinstance(node, Scalar) and _typed(node.value, _SCALARS[name])
        for name in types_of(schema)
    )
