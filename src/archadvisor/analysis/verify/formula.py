"""Formulas over variables with finitely many values, and the search for values that make them hold."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import assert_never

Variable = tuple[str, str]
"""The path of a subject, and the name of what can be one thing or another there."""
Box = Mapping[Variable, int]
"""What variables may be: a bit for each value; those that are not there may be anything."""
MOST_STEPS = 5000
"""How many steps a search may take."""


@dataclass(frozen=True, slots=True)
class Literal:
    """A variable has one of some values: a bit for each, in `mask`, out of all that it may have."""

    variable: Variable
    mask: int
    all: int


@dataclass(frozen=True, slots=True)
class Every:
    """All parts hold."""

    parts: "tuple[Formula, ...]"


@dataclass(frozen=True, slots=True)
class Either:
    """One part at least holds; one that is `late` is looked at when there is nothing else to choose."""

    parts: "tuple[Formula, ...]"
    late: bool = False


Formula = Literal | Every | Either
TRUE = Every(())
FALSE = Either(())


def every(parts: Iterable[Formula]) -> Formula:
    """All of some formulas, without what is plain."""
    found: dict[Formula, None] = {}
    for part in parts:
        if part == FALSE:
            return FALSE
        found |= dict.fromkeys(part.parts if isinstance(part, Every) else (part,))
    return next(iter(found)) if len(found) == 1 else Every(tuple(found))


def either(parts: Iterable[Formula]) -> Formula:
    """One of some formulas, without what is plain."""
    found: dict[Formula, None] = {}
    for part in parts:
        if part == TRUE:
            return TRUE
        found |= dict.fromkeys(part.parts if isinstance(part, Either) else (part,))
    return next(iter(found)) if len(found) == 1 else Either(tuple(found))


def literal(variable: Variable, mask: int, whole: int) -> Formula:
    """That a variable has one of some values; plain where that is all or none of them."""
    if mask == whole:
        return TRUE
    return Literal(variable, mask, whole) if mask else FALSE


def negation(formula: Formula) -> Formula:
    """What holds where a formula does not."""
    match formula:
        case Literal(variable, mask, whole):
            return Literal(variable, whole & ~mask, whole)
        case Every(parts):
            return either(negation(part) for part in parts)
        case Either(parts):
            return every(negation(part) for part in parts)
        case _:
            assert_never(formula)


def literals(formula: Formula) -> Iterator[Literal]:
    """The literals in a formula, some more than once."""
    match formula:
        case Literal():
            yield formula
        case Every(parts) | Either(parts):
            for part in parts:
                yield from literals(part)
        case _:
            assert_never(formula)


def unless(exception: Formula, formula: Formula) -> Formula:
    """That a formula holds, or else its exception does, which mostly can."""
    found = either([exception, formula])
    return Either(found.parts, late=True) if isinstance(found, Either) and exception != FALSE else found


class GaveUp(Exception):
    """A search took too many steps to tell whether there is anything to be found."""


def first_box(formulas: Sequence[Formula]) -> Box | None:
    """A box in which all formulas hold, whatever value of it each variable has; None where there is none.

    Raises:
        GaveUp: it takes too many steps to tell.
    """
    return next(_boxes(formulas, {}, iter(range(MOST_STEPS))), None)


def _boxes(formulas: Sequence[Formula], box: Box, steps: Iterator[int]) -> Iterator[Box]:
    if next(steps, None) is None:
        raise GaveUp
    narrowed = dict(box)
    choices = _narrow(list(formulas), narrowed)
    if choices is None:
        return
    if not choices:
        yield narrowed
        return
    tried = min(choices, key=lambda choice: (choice.late, len(choice.parts)))
    others = [choice for choice in choices if choice is not tried]
    for part in tried.parts:
        yield from _boxes([part, *others], narrowed, steps)


def _narrow(formulas: list[Formula], box: dict[Variable, int]) -> list[Either] | None:
    """Puts what must hold into a box; what is left are choices of two parts or more, or None where nothing can hold."""
    while True:
        waiting = _assert_all(formulas, box)
        if waiting is None:
            return None
        choices: list[Either] = []
        formulas = []
        for choice in waiting:
            parts = [part for part in choice.parts if _may_hold(part, box)]
            if any(holds_in(part, box) for part in parts):
                continue
            if not parts:
                return None
            if len(parts) == 1:
                formulas.append(parts[0])
            else:
                choices.append(Either(tuple(parts), choice.late))
        if not formulas:
            return choices
        formulas += choices


def _assert_all(formulas: list[Formula], box: dict[Variable, int]) -> list[Either] | None:
    waiting: list[Either] = []
    pending = list(formulas)
    while pending:
        formula = pending.pop()
        match formula:
            case Literal(variable, mask, whole):
                left = box.get(variable, whole) & mask
                if not left:
                    return None
                box[variable] = left
            case Every(parts):
                pending += parts
            case Either():
                waiting.append(formula)
            case _:
                assert_never(formula)
    return waiting


def _may_hold(formula: Formula, box: Box) -> bool:
    match formula:
        case Literal(variable, mask, whole):
            return bool(box.get(variable, whole) & mask)
        case Every(parts):
            return all(_may_hold(part, box) for part in parts)
        case Either(parts):
            return any(_may_hold(part, box) for part in parts)
        case _:
            assert_never(formula)


def holds_in(formula: Formula, box: Box) -> bool:
    """Whether a formula holds for every value that a box leaves open."""
    match formula:
        case Literal(variable, mask, whole):
            return not box.get(variable, whole) & ~mask
        case Every(parts):
            return all(holds_in(part, box) for part in parts)
        case Either(parts):
            return any(holds_in(part, box) for part in parts)
        case _:
            assert_never(formula)
