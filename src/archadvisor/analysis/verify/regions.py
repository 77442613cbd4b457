"""What facts may be, cut into regions that no condition tells apart: one value stands for each."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, product

from archadvisor.analysis.changes import step_beyond
from archadvisor.analysis.domain import ANOTHER, Leaf, numbers_around, words_in
from archadvisor.analysis.landmarks import landmarks
from archadvisor.analysis.verify.counted import COUNTED
from archadvisor.engine.derivation import DerivedFact, Frame, Given, Values
from archadvisor.engine.match import predicate
from archadvisor.engine.program import Program
from archadvisor.engine.scope import nowhere
from archadvisor.model.condition import Compare, Condition, Has, leaves
from archadvisor.model.fact import FactType, Known, SubjectKind, visible

Element = Mapping[str, Known]
"""Facts with a value each; one that is not stated says what a file must bring about otherwise."""
_MOST_WORDS = 11


@dataclass(frozen=True, slots=True)
class Group:
    """Facts that depend on each other, with the values that stand for all they may be together."""

    name: str
    kind: SubjectKind
    elements: tuple[Element, ...]
    masks: Mapping[Leaf, int]
    """The elements with which each comparison holds."""
    complete: bool
    """Whether every combination of values was looked at."""

    @property
    def all(self) -> int:
        """A bit for each element."""
        return (1 << len(self.elements)) - 1


class Regions:
    """The groups of facts that some conditions read; `seen` are words that files may have where any may stand.

    What `others` have cut already, and for the same comparisons, is not cut again.
    """

    def __init__(
        self,
        program: Program,
        conditions: Iterable[Condition],
        seen: Mapping[str, Sequence[str]],
        others: "Regions | None" = None,
    ) -> None:
        self.program = program
        self._others = others
        self._seen = seen
        self._held: dict[str, dict[Leaf, None]] = {}
        for leaf in (leaf for condition in conditions for leaf in leaves(condition)):
            self._held.setdefault(leaf.fact, {})[leaf] = None
            for other in COUNTED[leaf.fact].leaves if leaf.fact in COUNTED else ():
                self._held.setdefault(other.fact, {})[other] = None
        self._groups: dict[str, Group] = {}
        self._homes = {name: names for names in self._joined() for name in names}

    def held(self, name: str) -> tuple[Leaf, ...]:
        """The comparisons of a fact."""
        return tuple(self._held.get(name, ()))

    def words(self, fact: FactType) -> tuple[str, ...]:
        """The words of a set that matter one by one, and one that stands for all others."""
        used = words_in(self._held.get(fact.name, ()))
        others = [word for word in fact.words or (self._another(fact, used),) if word not in used]
        return (*used, *others[:1])

    def _another(self, fact: FactType, used: Sequence[str]) -> str:
        """A word that stands for all that no condition names."""
        return next((word for word in self._seen.get(fact.name, ()) if word not in used), ANOTHER)

    def stands_alone(self, fact: FactType) -> bool:
        """Whether no derived fact that is read is computed from a fact."""
        return self._homes.get(fact.name, (fact.name,)) == (fact.name,)

    def group(self, name: str) -> Group:
        """The group that a fact is in."""
        names = self._homes[name]
        if names[0] not in self._groups:
            known = self._others.group(name) if self._others and self._cuts_as(self._others, names) else None
            self._groups[names[0]] = known or self._made(names)
        return self._groups[names[0]]

    def _cuts_as(self, others: "Regions", names: tuple[str, ...]) -> bool:
        """Whether others join some facts and hold the same comparisons against them."""
        return others._homes.get(names[0]) == names and all(
            self._held.get(name, {}).keys() == others._held.get(name, {}).keys() for name in names
        )

    def is_complete(self, name: str) -> bool:
        """Whether a group was cut in full; what is no group has few values, all of them looked at."""
        return name not in self._groups or self._groups[name].complete

    def _joined(self) -> list[tuple[str, ...]]:
        """The facts that are read and what they are computed from, those that hang together together."""
        groups: list[set[str]] = [{name} for name in self._held]
        for name in self._held:
            derived = self.program.derived.get(name)
            if derived is not None and self._is_computable(derived):
                together = {name, *derived.inputs}
                apart = [group for group in groups if not group & together]
                groups = [*apart, together.union(*(group for group in groups if group & together))]
        return [tuple(sorted(group)) for group in groups]

    def _is_computable(self, derived: DerivedFact) -> bool:
        """Whether its inputs are stated facts that can be seen where it is: then it need not be tried out."""
        inputs = [self.program.vocabulary.get(name) for name in derived.inputs]
        return bool(inputs) and all(
            fact is not None and not fact.inputs and visible(fact.subject, derived.subject) for fact in inputs
        )

    def _made(self, names: tuple[str, ...]) -> Group:
        facts = [self.program.vocabulary[name] for name in names]
        derived = [self.program.derived[fact.name] for fact in facts if fact.inputs and len(names) > 1]
        stated = [fact for fact in facts if fact.name not in {each.name for each in derived}]
        held = [leaf for name in names for leaf in self._held.get(name, ())]
        choices = [self._values(fact, derived) for fact in stated]
        complete = all(known for _, known in choices)
        alike: dict[int, Element] = {}
        for values in product(*(values for values, _ in choices)):
            element = dict(zip((fact.name for fact in stated), values, strict=True))
            alike.setdefault(_truths(held, self._computed(element, derived)), element)
        truths = list(alike)
        masks = {leaf: _column(truths, index) for index, leaf in enumerate(held)}
        kind: SubjectKind = next((fact.subject for fact in facts if fact.subject != "workload"), "workload")
        return Group(names[0], kind, tuple(alike.values()), masks, complete)

    def _computed(self, element: Element, derived: Sequence[DerivedFact]) -> Values:
        values = Values(element)
        for each in derived:
            values[each.name] = each.compute(Given(_NOBODY.subject, values, Frame({}, self.program.almanac)))
        return values

    def _values(self, fact: FactType, derived: Sequence[DerivedFact]) -> tuple[tuple[Known, ...], bool]:
        """Values that stand for all a fact may be, the one that silence means first, and whether they do."""
        held = self.held(fact.name)
        bounds, marks = self._turns(fact, derived)
        silent = () if fact.silence is None else (fact.silence,)
        match fact.kind:
            case "boolean":
                return _once(silent, (False, True)), True
            case "number":
                return _once(silent, fact.words, _numbers(fact, (*held, *bounds))), True
            case "word":
                open_words = () if fact.words else (*words_in(held), *(marks or (self._another(fact, words_in(held)),)))
                return _once(silent, fact.words, open_words), True
            case "set":
                return self._sets(fact, held, [mark for mark in marks if isinstance(mark, tuple)], derived)

    def _sets(
        self, fact: FactType, held: Sequence[Leaf], samples: Sequence[tuple[str, ...]], derived: Sequence[DerivedFact]
    ) -> tuple[tuple[Known, ...], bool]:
        """Every set of the words that matter: two of each kind that nothing tells apart, for sets can be counted."""
        words = dict.fromkeys([*(word for sample in samples for word in sample), *words_in(held), *fact.words])
        alike: dict[tuple[object, ...], list[str]] = {}
        for word in words or {self._another(fact, ()): None}:
            alone = self._computed({fact.name: (word,)}, derived)
            kind = *(isinstance(leaf, Has) and word in leaf.words for leaf in held), *self._seen_of(alone, derived)
            alike.setdefault(kind, []).append(word)
        alphabet = [word for kind in alike.values() for word in kind[:2]]
        complete = len(alphabet) <= _MOST_WORDS
        sizes = range(len(alphabet) + 1) if complete else (0, 1, 2, len(alphabet))
        return tuple(subset for size in sizes for subset in combinations(alphabet, size)), complete

    def _seen_of(self, values: Values, derived: Sequence[DerivedFact]) -> Iterator[object]:
        """What conditions can tell of derived facts: their values, or of sets how the comparisons come out."""
        for each in derived:
            value = values[each.name]
            held = self.held(each.name)
            yield _truths(held, values) if isinstance(value, tuple) else value

    def _turns(self, fact: FactType, derived: Sequence[DerivedFact]) -> tuple[tuple[Compare, ...], tuple[Known, ...]]:
        """Where derived facts turn with one of their inputs: bounds, and values to try."""
        bounds: list[Compare] = []
        values: list[Known] = []
        for each in derived:
            if fact.name in each.inputs:
                turns = landmarks(self.program, each.name, fact, _NOBODY, _NOBODY)
                samples = each.samples(self.program.almanac.rows)
                bounds += turns.comparisons
                values += [*turns.values, *samples.get(fact.name, ())]
        if fact.kind == "number":
            bounds += [Compare(fact.name, "gt", value) for value in values if isinstance(value, int | float)]
        return tuple(dict.fromkeys(bounds)), tuple(dict.fromkeys(values))


_NOBODY = nowhere(Values())


def _once(*values: Iterable[Known]) -> tuple[Known, ...]:
    """Each value once; `True` is not 1 here."""
    return tuple({(type(value), value): value for value in chain(*values)}.values())


def _numbers(fact: FactType, held: Sequence[Leaf]) -> tuple[float, ...]:
    """Numbers on both sides of every bound: round ones where they do."""
    round_ones = [
        number
        for leaf in held
        if isinstance(leaf, Compare)
        for number in (
            leaf.bound,
            leaf.bound + step_beyond(fact, leaf.bound),
            leaf.bound - step_beyond(fact, leaf.bound),
        )
        if 0 <= number <= (number if fact.most is None else fact.most)
    ]
    return (*round_ones, *numbers_around(fact, held, ()))


def _truths(held: Sequence[Leaf], values: Values) -> int:
    scope = nowhere(values)
    return sum(1 << index for index, leaf in enumerate(held) if predicate(leaf)(scope))


def _column(truths: Sequence[int], index: int) -> int:
    return sum(1 << row for row, truth in enumerate(truths) if truth >> index & 1)
