"""What came out before where conditions could tell no difference: in a fleet of services most have their like."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from operator import itemgetter
from typing import TypeVar, assert_never

from archadvisor.engine.scope import Scope, Values
from archadvisor.model.condition import AllOf, AnyOf, Compare, Condition, Empty, Has, Is, Known, Not, Over

_MOST = 4096
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """What some conditions can tell of a scope; numbers count only by which bounds they lie between."""

    facts: Callable[[Values], Hashable]
    numbers: tuple[tuple[str, tuple[float, ...]], ...]
    """Facts that are compared, each with its bounds in order."""
    collections: "tuple[tuple[str, View], ...]"
    lasts: bool
    """Whether it stays the same while decisions are made: no condition asks parts what was chosen for them."""

    def of(self, scope: Scope) -> Hashable:
        """A key that is the same for two scopes if no condition can tell them apart."""
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


class Memory:
    """Results by what could be seen; the one thing that is kept from one workload to the next."""

    def __init__(self) -> None:
        self._found: dict[Hashable, object] = {}

    def recall(self, seen: Hashable, make: Callable[[], Result]) -> Result:
        """What `make` gives, or gave when the same was seen."""
        result = self._found.get(seen)
        if result is None:
            result = make()
            if len(self._found) >= _MOST:
                self._found.clear()
            self._found[seen] = result
        return result  # type: ignore[return-value]


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
