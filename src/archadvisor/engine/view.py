"""What conditions can tell of a subject, so that what came out for one subject counts for all that look the same."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from operator import itemgetter
from typing import assert_never

from archadvisor.engine.scope import Scope, Values
from archadvisor.model.condition import AllOf, AnyOf, Compare, Condition, Empty, Has, Is, Known, Not, Over

_MOST = 8192


class Numbering:
    """Numbers for what has been seen: short keys to remember things by. No number is ever given again."""

    def __init__(self) -> None:
        self._numbers: dict[Hashable, int] = {}
        self._next = 0

    def number(self, seen: Hashable) -> int:
        """The number of what is seen; a new one where it was not seen before, or too long ago."""
        found = self._numbers.get(seen)
        if found is None:
            if len(self._numbers) >= _MOST:
                self._numbers.clear()
            found = self._numbers[seen] = self._next
            self._next += 1
        return found


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """What some conditions can tell of a scope; numbers count only by which bounds they lie between."""

    facts: Callable[[Values], Hashable]
    numbers: tuple[tuple[str, tuple[float, ...]], ...]
    """Facts that are compared, each with its bounds in order."""
    collections: "tuple[tuple[str, View], ...]"
    numbering: "Numbering"
    lasts: bool
    """Whether it stays the same while decisions are made: no condition asks parts what was chosen for them."""

    def of(self, scope: Scope) -> int:
        """A number that is the same for two scopes if no condition can tell them apart."""
        return self.numbering.number(self._seen(scope))

    def _seen(self, scope: Scope) -> Hashable:
        values = scope.values
        seen: list[Hashable] = [self.facts(values)]
        for fact, bounds in self.numbers:
            value = values[fact]
            if isinstance(value, (int, float)):
                value = bisect_left(bounds, value) + bisect_right(bounds, value)
            seen.append(value)
        for collection, view in self.collections:
            seen.append(frozenset([view.of(part) for part in scope.parts(collection)]))
        return tuple(seen)


def view_of(conditions: Iterable[Condition], unseen: frozenset[str] = frozenset()) -> View:
    """The view of some conditions, but for `unseen` facts."""
    sight = _Sight()
    for condition in conditions:
        sight.look(condition)
    plain = [fact for fact in sight.facts if fact not in sight.bounds and fact not in unseen]
    collections = tuple((name, view_of(parts)) for name, parts in sight.collections.items())
    return View(
        itemgetter(*plain) if plain else lambda values: None,
        tuple((fact, tuple(sorted(bounds))) for fact, bounds in sight.bounds.items()),
        collections,
        Numbering(),
        all(view.lasts for _, view in collections) and not any(fact.startswith("choice.") for fact in plain),
    )


class _Sight:
    """What conditions look at, gathered: facts, the numbers some are held against, and collections."""

    def __init__(self) -> None:
        self.facts: dict[str, None] = {}
        self.bounds: dict[str, set[float]] = {}
        self.collections: dict[str, list[Condition]] = {}

    def look(self, condition: Condition) -> None:
        match condition:
            case AllOf(parts) | AnyOf(parts):
                for part in parts:
                    self.look(part)
            case Not(part):
                self.look(part)
            case Over(_, collection, part):
                self.collections.setdefault(collection, []).append(part)
            case Is() | Compare() | Has() | Empty() | Known():
                self.facts[condition.fact] = None
                if bounds := _bounds(condition):
                    self.bounds.setdefault(condition.fact, set()).update(bounds)
            case _:
                assert_never(condition)


def _bounds(leaf: Is | Compare | Has | Empty | Known) -> tuple[float, ...]:
    """The numbers that a fact is held against."""
    match leaf:
        case Compare(_, _, bound):
            return (bound,)
        case Is(_, values):
            return tuple(value for value in values if isinstance(value, (int, float)) and not isinstance(value, bool))
        case _:
            return ()
