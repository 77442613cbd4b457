"""Conditions: facts against constants, combined. Data that can be matched, explained, stored and verified."""

from collections.abc import Iterator
from typing import Literal, assert_never

from archadvisor.model.frozen import dataclass

Constant = str | float | bool
Comparison = Literal["gt", "gte", "lt", "lte"]
Quantifier = Literal["some", "every", "no"]
SIGNS: dict[Comparison, str] = {"gt": "more than", "gte": "at least", "lt": "less than", "lte": "at most"}


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part holds."""

    parts: "tuple[Condition, ...]"


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One part at least holds."""

    parts: "tuple[Condition, ...]"


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: "Condition"


@dataclass(frozen=True, slots=True)
class Is:
    """A fact has one of some values."""

    fact: str
    values: tuple[Constant, ...]


@dataclass(frozen=True, slots=True)
class Compare:
    """A number lies on one side of a bound, which is in the unit of the fact."""

    fact: str
    comparison: Comparison
    bound: float


@dataclass(frozen=True, slots=True)
class Has:
    """A set holds one of some words."""

    fact: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Empty:
    """A set is empty."""

    fact: str


@dataclass(frozen=True, slots=True)
class Known:
    """A fact is known; under `flags` only."""

    fact: str


@dataclass(frozen=True, slots=True)
class Over:
    """The part holds for some, every or none of a collection's subjects."""

    quantifier: Quantifier
    collection: str
    part: "Condition"


Condition = AllOf | AnyOf | Not | Is | Compare | Has | Empty | Known | Over
ALWAYS = AllOf(())


def leaves(condition: Condition) -> Iterator[Is | Compare | Has | Empty | Known]:
    """The comparisons a condition is made of."""
    match condition:
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from leaves(part)
        case Not(part) | Over(_, _, part):
            yield from leaves(part)
        case Is() | Compare() | Has() | Empty() | Known():
            yield condition
        case _:
            assert_never(condition)


def asks_over(condition: Condition) -> bool:
    """Whether a condition asks over a collection anywhere."""
    match condition:
        case AllOf(parts) | AnyOf(parts):
            return any(asks_over(part) for part in parts)
        case Not(part):
            return asks_over(part)
        case Over():
            return True
        case Is() | Compare() | Has() | Empty() | Known():
            return False
        case _:
            assert_never(condition)


def quantified(condition: Condition) -> Iterator[Over]:
    """The parts of a condition that ask over a collection, but not those within them."""
    match condition:
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from quantified(part)
        case Not(part):
            yield from quantified(part)
        case Over():
            yield condition
        case Is() | Compare() | Has() | Empty() | Known():
            pass
        case _:
            assert_never(condition)


def facts(condition: Condition) -> tuple[str, ...]:
    """The facts a condition reads, each once, in order."""
    return tuple(dict.fromkeys(leaf.fact for leaf in leaves(condition)))


def without_each_leaf(condition: Condition) -> Iterator[tuple[str, Condition | None]]:
    """For each comparison: the fact it is about, and the condition with it left out (None: nothing remains)."""
    match condition:
        case AllOf(parts) | AnyOf(parts):
            yield from _without_in_parts(condition, parts)
        case Not(part):
            for fact, rest in without_each_leaf(part):
                yield fact, None if rest in (None, ALWAYS) else Not(rest)
        case Over(quantifier, collection, part):
            for fact, rest in without_each_leaf(part):
                yield fact, Over(quantifier, collection, rest or ALWAYS)
        case Is() | Compare() | Has() | Empty() | Known():
            yield condition.fact, None
        case _:
            assert_never(condition)


def _without_in_parts(whole: AllOf | AnyOf, parts: tuple[Condition, ...]) -> Iterator[tuple[str, Condition | None]]:
    for index, part in enumerate(parts):
        for fact, rest in without_each_leaf(part):
            kept = (*parts[:index], *(() if rest is None else (rest,)), *parts[index + 1 :])
            yield fact, type(whole)(kept) if kept or isinstance(whole, AllOf) else None
