"""Three-valued (Kleene) truth of comparisons and of what they are combined to: True, False, or None for unknown."""

from collections.abc import Callable, Container
from typing import TypeVar

from archadvisor.model.condition import Compare, Empty, Has, Is, Known, Quantifier
from archadvisor.model.fact import Known as Value

Truth = bool | None
Leaf = Is | Compare | Has | Empty | Known
Teller = Callable[[Value], Truth]
"""Whether a comparison holds for a value."""
Held = TypeVar("Held")
"""What a condition is held against."""


def all_of(parts: tuple[Callable[[Held], Truth], ...]) -> Callable[[Held], Truth]:
    """Whether all parts hold."""

    def holds(held: Held) -> Truth:
        truth: Truth = True
        for part in parts:
            found = part(held)
            if found is False:
                return False
            if found is None:
                truth = None
        return truth

    return holds


def any_of(parts: tuple[Callable[[Held], Truth], ...]) -> Callable[[Held], Truth]:
    """Whether one part at least holds."""

    def holds(held: Held) -> Truth:
        truth: Truth = False
        for part in parts:
            found = part(held)
            if found is True:
                return True
            if found is None:
                truth = None
        return truth

    return holds


def negated(part: Callable[[Held], Truth]) -> Callable[[Held], Truth]:
    """Whether a part does not hold."""

    def holds(held: Held) -> Truth:
        found = part(held)
        return None if found is None else not found

    return holds


def over(quantifier: Quantifier, truths: Container[Truth]) -> Truth:
    """Whether something holds for some, every or none of those it is asked of, given what came out for them."""
    if quantifier == "every":
        return False if False in truths else (None if None in truths else True)
    some: Truth = True if True in truths else (None if None in truths else False)
    return some if quantifier == "some" or some is None else not some


def teller(leaf: Leaf) -> Teller:
    """A function that tells whether a comparison holds for a value."""
    match leaf:
        case Is(_, values):
            return lambda value: None if value is None else value in values
        case Compare():
            return _comparing(leaf)
        case Has(_, words):
            wanted = frozenset(words)
            return lambda value: None if value is None else isinstance(value, tuple) and not wanted.isdisjoint(value)
        case Empty():
            return lambda value: None if value is None else value == ()
        case Known():
            return lambda value: value is not None


def _comparing(leaf: Compare) -> Teller:
    comparison, bound = leaf.comparison, leaf.bound

    def holds(value: Value) -> Truth:
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
