"""Conditions held against facts, in three-valued (Kleene) logic: True, False, or None for unknown."""

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import assert_never

from archadvisor.engine.scope import Scope
from archadvisor.model.condition import AllOf, AnyOf, Compare, Condition, Empty, Has, Is, Known, Not, Over

Truth = bool | None
Predicate = Callable[[Scope], Truth]
Use = tuple[Scope, str]
"""A fact, and the scope in which it was read."""


@lru_cache(maxsize=8192)
def predicate(condition: Condition) -> Predicate:
    """A function that tells whether `condition` holds in a scope."""
    match condition:
        case AllOf((only,)) | AnyOf((only,)):
            return predicate(only)
        case AllOf(parts):
            return _all(tuple(predicate(part) for part in parts))
        case AnyOf(parts):
            return _any(tuple(predicate(part) for part in parts))
        case Not(part):
            return _not(predicate(part))
        case Over():
            return _over(condition)
        case Is() | Compare() | Has() | Empty() | Known():
            return _leaf(condition)
        case _:
            assert_never(condition)


def _all(parts: tuple[Predicate, ...]) -> Predicate:
    def holds(scope: Scope) -> Truth:
        truth: Truth = True
        for part in parts:
            found = part(scope)
            if found is False:
                return False
            if found is None:
                truth = None
        return truth

    return holds


def _any(parts: tuple[Predicate, ...]) -> Predicate:
    def holds(scope: Scope) -> Truth:
        truth: Truth = False
        for part in parts:
            found = part(scope)
            if found is True:
                return True
            if found is None:
                truth = None
        return truth

    return holds


def _not(part: Predicate) -> Predicate:
    def holds(scope: Scope) -> Truth:
        found = part(scope)
        return None if found is None else not found

    return holds


def _over(condition: Over) -> Predicate:
    part = predicate(condition.part)
    collection = condition.collection

    def some(scope: Scope) -> Truth:
        found = {part(inner) for inner in scope.parts(collection)}
        return True if True in found else (None if None in found else False)

    def every(scope: Scope) -> Truth:
        found = {part(inner) for inner in scope.parts(collection)}
        return False if False in found else (None if None in found else True)

    match condition.quantifier:
        case "some":
            return some
        case "every":
            return every
        case "no":
            return _not(some)


def _leaf(leaf: Is | Compare | Has | Empty | Known) -> Predicate:
    fact = leaf.fact
    match leaf:
        case Is(_, values):
            return lambda scope: None if (value := scope.values[fact]) is None else value in values
        case Compare():
            return _compare(leaf)
        case Has(_, words):
            wanted = frozenset(words)
            return lambda scope: (
                None
                if (value := scope.values[fact]) is None
                else isinstance(value, tuple) and not wanted.isdisjoint(value)
            )
        case Empty():
            return lambda scope: None if (value := scope.values[fact]) is None else value == ()
        case Known():
            return lambda scope: scope.values[fact] is not None


def _compare(leaf: Compare) -> Predicate:
    fact, comparison, bound = leaf.fact, leaf.comparison, leaf.bound

    def holds(scope: Scope) -> Truth:
        value = scope.values[fact]
        if value is None:
            return None
        if not isinstance(value, (int, float)):
            return False
        match comparison:
            case "gt":
                return value > bound
            case "gte":
                return value >= bound
            case "lt":
                return value < bound
            case "lte":
                return value <= bound

    return holds


def grounds(condition: Condition, scope: Scope, wanted: Truth = True) -> Iterator[Use]:
    """The facts that make a condition come out as it does (`wanted`): enough of them to see that it must."""
    match condition:
        case AllOf(parts) | AnyOf(parts):
            yield from _grounds_of_parts(parts, scope, wanted, decisive=isinstance(condition, AnyOf))
        case Not(part):
            yield from grounds(part, scope, None if wanted is None else not wanted)
        case Over(quantifier, collection, part):
            outcome = wanted if quantifier != "no" or wanted is None else not wanted
            yield from _grounds_over(part, scope.parts(collection), outcome, decisive=quantifier != "every")
        case Is() | Compare() | Has() | Empty() | Known():
            yield scope, condition.fact
        case _:
            assert_never(condition)


def _grounds_of_parts(parts: tuple[Condition, ...], scope: Scope, wanted: Truth, decisive: bool) -> Iterator[Use]:
    fitting = [part for part in parts if predicate(part)(scope) is wanted]
    for part in fitting[:1] if wanted is decisive else fitting:
        yield from grounds(part, scope, wanted)


def _grounds_over(part: Condition, inner: tuple[Scope, ...], wanted: Truth, decisive: bool) -> Iterator[Use]:
    holds = predicate(part)
    fitting = [scope for scope in inner if holds(scope) is wanted]
    for scope in fitting[:1] if wanted is decisive else fitting:
        yield from grounds(part, scope, wanted)
