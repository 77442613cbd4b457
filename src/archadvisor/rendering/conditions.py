"""Conditions in words."""

from typing import assert_never

from archadvisor.model.condition import (
    SIGNS,
    AllOf,
    AnyOf,
    Compare,
    Condition,
    Constant,
    Empty,
    Has,
    Is,
    Known,
    Not,
    Over,
)  # fmt: skip
from archadvisor.model.fact import Vocabulary
from archadvisor.model.quantity import worded


def in_words(condition: Condition, vocabulary: Vocabulary) -> str:
    """A condition as a clause: `service.gpus is more than 0 and service.os is linux`."""
    match condition:
        case AllOf(()):
            return "always"
        case AllOf(parts):
            return " and ".join(_grouped(part, vocabulary, AnyOf) for part in parts)
        case AnyOf(parts):
            return " or ".join(_grouped(part, vocabulary, AllOf) for part in parts)
        case Not((Has() | Empty() | Is()) as leaf):
            return _leaf(leaf, vocabulary, "not ")
        case Not(part):
            return f"not ({in_words(part, vocabulary)})"
        case Over(quantifier, collection, part):
            return f"{quantifier} of {collection} has {_grouped(part, vocabulary, AllOf)}"
        case Is() | Compare() | Has() | Empty() | Known():
            return _leaf(condition, vocabulary)
        case _:
            assert_never(condition)


def _leaf(leaf: Is | Compare | Has | Empty | Known, vocabulary: Vocabulary, negation: str = "") -> str:
    match leaf:
        case Is(fact, values):
            return f"{fact} is {negation}{_either(values)}"
        case Compare(fact, comparison, bound):
            unit = vocabulary[fact].unit if fact in vocabulary else None
            return f"{fact} is {negation}{SIGNS[comparison]} {worded(bound, unit)}"
        case Has(fact, words):
            return f"{fact} has {negation}{_either(words)}"
        case Empty(fact):
            return f"{fact} is {negation}empty"
        case Known(fact):
            return f"{fact} is {negation}known"
        case _:
            assert_never(leaf)


def _grouped(condition: Condition, vocabulary: Vocabulary, other: type[AllOf] | type[AnyOf]) -> str:
    words = in_words(condition, vocabulary)
    return f"({words})" if isinstance(condition, other) else words


def _either(values: tuple[Constant, ...]) -> str:
    return " or ".join(
        worded(value) if isinstance(value, bool) else f"{value:g}" if isinstance(value, float) else str(value)
        for value in values
    )
