"""Small wrong versions of a rule: a pack is well tested if its examples tell each of them from the right one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar, assert_never

from archadvisor.model.condition import (
    AllOf,
    AnyOf,
    Compare,
    Comparison,
    Condition,
    Empty,
    Has,
    Is,
    Known,
    Not,
    Over,
    Quantifier,
)
from archadvisor.model.rule import POINTS, SEVERITIES, Effect, Favors, Flags, Requires, Rule, RulesOut

Word = TypeVar("Word")
_OTHER_SIDE: dict[Comparison, Comparison] = {"gt": "gte", "gte": "gt", "lt": "lte", "lte": "lt"}
_OTHER_QUANTIFIERS: dict[Quantifier, Quantifier] = {"some": "every", "every": "some", "no": "some"}
_NEAR = 0.25
"""By which share of a bound another is still one that a person might write for it."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """A wrong version of a rule, and what is wrong with it."""

    what: str
    rule: Rule


def mutants(rule: Rule, options: Sequence[str]) -> Iterator[Mutant]:
    """Every mutant of a rule; `options` are those of its decision."""
    for what, condition in _of_condition(rule.when):
        yield Mutant(what, replace(rule, when=condition))
    for what, effect in _of_effect(rule.effect, options):
        yield Mutant(what, replace(rule, effect=effect))


def _of_condition(condition: Condition) -> Iterator[tuple[str, Condition]]:
    match condition:
        case AllOf(parts) | AnyOf(parts):
            for index, part in enumerate(parts):
                for what, changed in _of_condition(part):
                    yield what, type(condition)((*parts[:index], changed, *parts[index + 1 :]))
        case Not(part):
            yield "`not` is left out", part
            yield from ((what, Not(changed)) for what, changed in _of_condition(part))
        case Over(quantifier, collection, part):
            other = _OTHER_QUANTIFIERS[quantifier]
            yield f"`{quantifier}` of {collection} is `{other}`", Over(other, collection, part)
            yield from ((what, Over(quantifier, collection, changed)) for what, changed in _of_condition(part))
        case _:
            yield from _of_leaf(condition)


def _of_leaf(leaf: Is | Compare | Has | Empty | Known) -> Iterator[tuple[str, Condition]]:
    match leaf:
        case Compare():
            yield from _of_comparison(leaf)
        case Is(fact, values):
            yield from ((f"`{value}` is left out of `{fact}`", Is(fact, rest)) for value, rest in _without_each(values))
        case Has(fact, words):
            yield from ((f"`{word}` is left out of `{fact}`", Has(fact, rest)) for word, rest in _without_each(words))
        case Empty() | Known():
            pass
        case _:
            assert_never(leaf)


def _without_each(values: tuple[Word, ...]) -> Iterator[tuple[Word, tuple[Word, ...]]]:
    if len(values) > 1:
        for index, value in enumerate(values):
            yield value, (*values[:index], *values[index + 1 :])


def _of_comparison(leaf: Compare) -> Iterator[tuple[str, Condition]]:
    other = _OTHER_SIDE[leaf.comparison]
    yield f"`{leaf.fact}` is compared by `{other}`", replace(leaf, comparison=other)
    step = max(1.0, leaf.bound * _NEAR) if float(leaf.bound).is_integer() else leaf.bound * _NEAR
    for bound in (leaf.bound - step, leaf.bound + step):
        yield f"`{leaf.fact}` is held against {bound:g}", replace(leaf, bound=bound)


def _of_effect(effect: Effect, options: Sequence[str]) -> Iterator[tuple[str, Effect]]:
    match effect:
        case Requires(option):
            yield from ((f"requires `{other}`", Requires(other)) for other in options if other != option)
            yield f"rules out `{option}`", RulesOut((option,))
        case RulesOut((option,)):
            yield from ((f"rules out `{other}`", RulesOut((other,))) for other in options if other != option)
        case RulesOut(closed):
            yield from ((f"`{option}` stays open", RulesOut(rest)) for option, rest in _without_each(closed))
        case Favors(option, strength, concern):
            yield from ((f"favors `{x}`", Favors(x, strength, concern)) for x in options if x != option)
            yield from ((f"is {other}", Favors(option, other, concern)) for other in POINTS if other != strength)
        case Flags(severity, remedy):
            yield from ((f"is {other}", Flags(other, remedy)) for other in SEVERITIES if other != severity)
        case _:
            assert_never(effect)
