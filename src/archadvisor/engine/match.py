"""Conditions held against the facts of a scope, and the facts on which it rests how they come out."""

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import assert_never

from archadvisor.engine.scope import Scope
from archadvisor.engine.truth import Truth, all_of, any_of, negated, over, teller
from archadvisor.model.condition import AllOf, AnyOf, Compare, Condition, Empty, Has, Is, Known, Not, Over

Predicate = Callable[[Scope], Truth]
Use = tuple[Scope, str]
"""A fact, and the scope in which it was read."""
Grounds = Callable[[Scope, Truth], Iterator[Use]]
"""The facts that make a condition come out so in a scope: enough of them to see that it must."""


@lru_cache(maxsize=8192)
def predicate(condition: Condition) -> Predicate:
    """A function that tells whether `condition` holds in a scope."""
    match condition:
        case AllOf((only,)) | AnyOf((only,)):
            return predicate(only)
        case AllOf(parts):
            return all_of(tuple(predicate(part) for part in parts))
        case AnyOf(parts):
            return any_of(tuple(predicate(part) for part in parts))
        case Not(part):
            return negated(predicate(part))
        case Over(quantifier, collection, part):
            holds = predicate(part)
            return lambda scope: over(quantifier, {holds(inner) for inner in scope.parts(collection)})
        case Is() | Compare() | Has() | Empty() | Known():
            fact, tell = condition.fact, teller(condition)
            return lambda scope: tell(scope.values[fact])
        case _:
            assert_never(condition)


def grounds(condition: Condition, scope: Scope, wanted: Truth = True) -> Iterator[Use]:
    """The facts that make a condition come out as it does (`wanted`): enough of them to see that it must."""
    return grounds_of(condition)(scope, wanted)


@lru_cache(maxsize=8192)
def grounds_of(condition: Condition) -> Grounds:
    """A function that gives the grounds of a condition."""
    match condition:
        case AllOf((only,)) | AnyOf((only,)):
            return grounds_of(only)
        case AllOf(parts) | AnyOf(parts):
            return _grounds_of_parts(parts, decisive=isinstance(condition, AnyOf))
        case Not(part):
            inner = grounds_of(part)
            return lambda scope, wanted: inner(scope, None if wanted is None else not wanted)
        case Over():
            return _grounds_over(condition)
        case Is() | Compare() | Has() | Empty() | Known():
            fact = condition.fact
            return lambda scope, wanted: iter(((scope, fact),))
        case _:
            assert_never(condition)


def _grounds_of_parts(parts: tuple[Condition, ...], decisive: bool) -> Grounds:
    ready = [(predicate(part), grounds_of(part)) for part in parts]

    def found(scope: Scope, wanted: Truth) -> Iterator[Use]:
        fitting = [grounds for holds, grounds in ready if holds(scope) is wanted]
        for each in fitting[:1] if wanted is decisive else fitting:
            yield from each(scope, wanted)

    return found


def _grounds_over(condition: Over) -> Grounds:
    holds, inner, collection = predicate(condition.part), grounds_of(condition.part), condition.collection
    negative, decisive = condition.quantifier == "no", condition.quantifier != "every"

    def found(scope: Scope, wanted: Truth) -> Iterator[Use]:
        outcome = not wanted if negative and wanted is not None else wanted
        fitting = [part for part in scope.parts(collection) if holds(part) is outcome]
        for part in fitting[:1] if outcome is decisive else fitting:
            yield from inner(part, outcome)

    return found
