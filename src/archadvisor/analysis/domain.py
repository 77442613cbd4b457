"""The values an unknown fact may have, one for each set of values that no undecided condition can tell apart."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import combinations, product
from math import prod
from operator import or_

from archadvisor.engine.derivation import DerivedFact, Frame, Given, Samples, Values
from archadvisor.engine.match import predicate
from archadvisor.engine.program import Program
from archadvisor.engine.scope import Scope, nowhere
from archadvisor.engine.sight import Sight
from archadvisor.engine.truth import Truth
from archadvisor.model.condition import Compare, Condition, Empty, Has, Is, Known, leaves
from archadvisor.model.fact import FactType, SubjectKind
from archadvisor.model.fact import Known as Value
from archadvisor.model.frozen import dataclass

ANOTHER = "another"
"""Stands for every word that no rule names."""
_STEP = 2.0**-10
_FAR = 1e9
_MOST_WORDS = 5
_MOST_COMBINATIONS = 2000

Leaf = Is | Compare | Has | Empty | Known


@dataclass(frozen=True, slots=True)
class Unknown:
    """A stated fact that is unknown, and the scope of the subject it belongs to."""

    scope: Scope
    fact: FactType


def samples_of(program: Program) -> Samples:
    """Values by fact between which derived facts change."""
    found: dict[str, tuple[Value, ...]] = {}
    for derived in program.derived.values():
        for fact, values in derived.samples(program.almanac.rows).items():
            found[fact] = (*found.get(fact, ()), *values)
    return found


Doubted = Mapping[SubjectKind, set[Sight]]
"""What subjects look like, by their kind."""


class Domains:
    """What the unknown facts of a workload may be, as far as some conditions can tell."""

    def __init__(self, program: Program, root: Scope, samples: Samples, conditions: Iterable[Condition]) -> None:
        self._program = program
        self._samples = samples
        self._everyone = (root, *root.inner)
        self._found: dict[tuple[str, str], tuple[Value, ...]] = {}
        self._held: dict[str, list[Leaf]] = {}
        for condition in conditions:
            for leaf in leaves(condition):
                self._held.setdefault(leaf.fact, []).append(leaf)

    def of(self, unknown: Unknown) -> tuple[Value, ...]:
        """One value for each set of values with which every condition comes out the same."""
        key = unknown.scope.path, unknown.fact.name
        if key not in self._found:
            self._found[key] = self._unlike(unknown)
        return self._found[key]

    def _unlike(self, unknown: Unknown) -> tuple[Value, ...]:
        name = unknown.fact.name
        derived = [each for each in self._program.derived.values() if name in each.inputs and each.name in self._held]
        effects = [
            self._effect(each, scope, unknown)
            for each in derived
            for scope in self._everyone
            if scope.subject.kind == each.subject and _related(scope, unknown.scope)
        ]
        alike: dict[object, Value] = {}
        for value in self._values(unknown.fact):
            alike.setdefault((self._truths(name, value), *[effect(value) for effect in effects]), value)
        return tuple(alike.values())

    def _values(self, fact: FactType) -> tuple[Value, ...]:
        held, samples = self._held.get(fact.name, []), self._samples.get(fact.name, ())
        match fact.kind:
            case "boolean":
                return (False, True)
            case "number":
                return (*fact.words, *numbers_around(fact, held, samples))
            case "word":
                free = () if fact.words else (*words_in(held), *(samples or (ANOTHER,)))
                return tuple(dict.fromkeys((*fact.words, *free)))
            case "set":
                return tuple(dict.fromkeys((*_subsets(words_in(held)), *samples)))

    def _truths(self, fact: str, value: Value) -> tuple[Truth, ...]:
        scope = nowhere(Values({fact: value}))
        return tuple(predicate(leaf)(scope) for leaf in self._held.get(fact, ()))

    def _effect(self, derived: DerivedFact, scope: Scope, unknown: Unknown) -> Callable[[Value], object]:
        """A function that tells what a value makes of a derived fact, for every value of its other inputs.

        Where these are too many, each value counts for itself.
        """
        others = [each for each in self._inputs(derived, scope) if each != unknown]
        choices = [self._values(each.fact) for each in others]
        if derived.monotone:
            choices = [(values[0], values[-1]) for values in choices]
        if prod(len(values) for values in choices) > _MOST_COMBINATIONS:
            return lambda value: value

        def effect(value: Value) -> object:
            tried = ([*zip(others, chosen, strict=True), (unknown, value)] for chosen in product(*choices))
            return tuple([self._truths(derived.name, self._derived(derived, scope, told)) for told in tried])

        return effect

    def _inputs(self, derived: DerivedFact, scope: Scope) -> list[Unknown]:
        """The unknown inputs of a derived fact, of a subject, what it is part of and its parts."""
        return [
            Unknown(each, self._program.vocabulary[name])
            for each in self._everyone
            if _related(each, scope)
            for name in derived.inputs
            if name in each.values
            and each.values[name] is None
            and self._program.vocabulary[name].subject == each.subject.kind
        ]

    def _derived(self, derived: DerivedFact, scope: Scope, told: Sequence[tuple[Unknown, Value]]) -> Value:
        own = {(each.subject.kind, each.path): each.values for each in self._everyone}
        values = scope.values
        for unknown, value in told:
            key = unknown.scope.subject.kind, unknown.scope.path
            own[key] = own[key].plus({unknown.fact.name: value})
            values = values.plus({unknown.fact.name: value})
        return derived.compute(Given(scope.subject, values, Frame(own, self._program.almanac)))


def doubted(program: Program, root: Scope) -> Doubted:
    """What is seen of the subjects of a workload where nothing is known of any decision."""
    lens = program.lens
    found: dict[SubjectKind, set[Sight]] = {}
    for scope in (root, *root.inner):
        kind = scope.subject.kind
        over_parts = [each.bit * 3 for each in lens.around.get(kind, ()) if each.choices]
        found.setdefault(kind, set()).add(reduce(or_, over_parts, lens.doubting(scope.sight, program.ballots)))
    return found


def undecided(program: Program, seen: Doubted, decisions: Iterable[str]) -> Iterator[Condition]:
    """The conditions of some decisions that are unknown for a subject somewhere in a workload."""
    for name in decisions:
        ballot = program.ballots[name]
        for kind, poll in ballot.polls.items():
            for condition, test in (*ballot.own(), *((voice.rule.when, voice.test) for voice in poll.voices)):
                if any(test.holds(sight) is None for sight in seen.get(kind, ())):
                    yield condition


def _related(one: Scope, other: Scope) -> bool:
    """Whether one is the other, a part of it, or what it is part of."""
    return any(one.subject is each for each in other.owners) or any(other.subject is each for each in one.owners)


def words_in(held: Iterable[Leaf]) -> tuple[str, ...]:
    """The words that a fact is held against."""
    found: dict[str, None] = {}
    for leaf in held:
        match leaf:
            case Has(_, words):
                found |= dict.fromkeys(words)
            case Is(_, values):
                found |= dict.fromkeys(value for value in values if isinstance(value, str))
            case _:
                pass
    return tuple(found)


def _subsets(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    sizes = range(len(words) + 1) if len(words) <= _MOST_WORDS else (0, 1, len(words))
    return (subset for size in sizes for subset in combinations(words, size))


def numbers_around(fact: FactType, held: Sequence[Leaf], samples: Sequence[Value]) -> list[float]:
    """Both ends of every stretch of numbers that no condition tells apart."""
    step = 1.0 if fact.whole else _STEP
    least, most = 0.0, fact.most if fact.most is not None else _FAR
    found = {least, most}
    for bound in (value for value in samples if isinstance(value, (int, float))):
        found |= {bound, bound + step}
    for leaf in held:
        found |= _sides(leaf, step)
    return sorted(number for number in found if least <= number <= most and (not fact.whole or number % 1 == 0))


def _sides(leaf: Leaf, step: float) -> set[float]:
    """Numbers on either side of where a comparison changes."""
    match leaf:
        case Compare(_, "gt" | "lte", bound):
            return {float(bound), bound + step}
        case Compare(_, _, bound):
            return {bound - step, float(bound)}
        case Is(_, values):
            numbers = [value for value in values if isinstance(value, (int, float)) and not isinstance(value, bool)]
            return {number + side for number in numbers for side in (-step, 0.0, step)}
        case _:
            return set()
