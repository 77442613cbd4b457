"""What conditions can tell of a subject, so that what came out for one subject counts for all that look the same."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import assert_never

from archadvisor.engine.scope import Scope, Values
from archadvisor.model.condition import AllOf, AnyOf, Compare, Condition, Empty, Has, Is, Known, Not, Over

_MOST = 8192
_OTHER = ("another word",)


class Numbering:
    """Numbers for what has been seen: short keys to remember things by. No number is ever given again."""

    def __init__(self) -> None:
        self._numbers: dict[Hashable, int] = {}
        self._next = 0

    def number(self, seen: Hashable, make: Callable[[], int] | None = None) -> int:
        """The number of what is seen; what `make` gives, else a new one, if it was not seen before or too long ago."""
        found = self._numbers.get(seen)
        if found is None:
            if len(self._numbers) >= _MOST:
                self._numbers.clear()
            found = self._numbers[seen] = self._new() if make is None else make()
        return found

    def _new(self) -> int:
        self._next += 1
        return self._next


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """What some conditions can tell of a scope: words they ask for, and which bounds numbers lie between."""

    facts: Callable[[Values], tuple[object, ...]]
    asked: tuple[frozenset[object], ...]
    """For each of these facts the words that are asked for; any other is as good as another."""
    numbers: tuple[tuple[str, tuple[float, ...]], ...]
    """Facts that are compared, each with its bounds in order."""
    collections: "tuple[tuple[str, View], ...]"
    exactly: "Numbering"
    alike: "Numbering"
    lasts: bool
    """Whether it stays the same while decisions are made: no condition asks parts what was chosen for them."""

    def of(self, scope: Scope) -> int:
        """A number that is the same for two scopes if no condition can tell them apart."""
        words, others = self.facts(scope.values), self._others(scope)
        return self.exactly.number((words, others), lambda: self.alike.number((self._told(words), others)))

    def _told(self, words: tuple[object, ...]) -> Hashable:
        """The words that are asked for, among those that are there."""
        return tuple([_told(value, asked) for value, asked in zip(words, self.asked, strict=True)])

    def _others(self, scope: Scope) -> Hashable:
        values = scope.values
        seen: list[Hashable] = []
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
        _getter(plain),
        tuple(frozenset(sight.facts[fact]) for fact in plain),
        tuple((fact, tuple(sorted(bounds))) for fact, bounds in sight.bounds.items()),
        collections,
        Numbering(),
        Numbering(),
        all(view.lasts for _, view in collections) and not any(fact.startswith("choice.") for fact in plain),
    )


def _getter(facts: Sequence[str]) -> Callable[[Values], tuple[object, ...]]:
    return lambda values: tuple([values[fact] for fact in facts])


def _told(value: object, asked: frozenset[object]) -> Hashable:
    """What of a value can be told: nothing known, which of the words asked for, or none of them."""
    if isinstance(value, tuple):
        return asked.intersection(value), not value
    return value if value is None or value in asked else _OTHER


class _Sight:
    """What conditions look at, gathered: facts, the numbers some are held against, and collections."""

    def __init__(self) -> None:
        self.facts: dict[str, set[object]] = {}
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
                self.facts.setdefault(condition.fact, set()).update(_words(condition))
                if bounds := _bounds(condition):
                    self.bounds.setdefault(condition.fact, set()).update(bounds)
            case _:
                assert_never(condition)


def _words(leaf: Is | Compare | Has | Empty | Known) -> tuple[object, ...]:
    """The words that a fact is held against."""
    match leaf:
        case Is(_, values):
            return values
        case Has(_, words):
            return words
        case _:
            return ()


def _bounds(leaf: Is | Compare | Has | Empty | Known) -> tuple[float, ...]:
    """The numbers that a fact is held against."""
    match leaf:
        case Compare(_, _, bound):
            return (bound,)
        case Is(_, values):
            return tuple(value for value in values if isinstance(value, (int, float)) and not isinstance(value, bool))
        case _:
            return ()
