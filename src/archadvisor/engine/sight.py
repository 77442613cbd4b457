"""What conditions can tell of a subject, as bits: of each comparison, whether it may hold and whether it may fail.

A comparison that is known has one of its two bits, an unknown one both. So a conjunction may hold where all its bits
for holding are there, and surely holds where none of its bits for failing is. Cut to the bits that some conditions
look at, a sight is a key: what came out for one subject counts for all that look the same.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import reduce
from operator import and_, or_
from typing import assert_never

from archadvisor.engine.derivation import ABSENT
from archadvisor.engine.truth import Leaf, Teller, Truth, all_of, any_of, negated, over, teller
from archadvisor.model.condition import AllOf, AnyOf, Compare, Condition, Empty, Has, Is, Known, Not, Over, Quantifier
from archadvisor.model.condition import facts as facts_in
from archadvisor.model.fact import COLLECTIONS, SubjectKind
from archadvisor.model.fact import Known as Value
from archadvisor.model.frozen import dataclass

Sight = int
Bits = Mapping[Leaf | Over, Sight]
"""The bit for holding of each comparison; the next one is that for failing."""
_MOST = 4096
_CHOICE = "choice."


def bits_of(bit: Sight, truth: Truth) -> Sight:
    """The bits of a comparison whose bit for holding is `bit`."""
    return bit * 3 if truth is None else bit if truth else bit << 1


@dataclass(frozen=True, slots=True)
class Test:
    """A condition made ready to be held against sights."""

    holds: Callable[[Sight], Truth]
    mask: Sight
    """The bits it looks at."""
    needs: Sight
    """The bits without which it cannot hold."""
    contraries: Sight | None
    """For a conjunction, the bits with which it may fail; of any other condition they do not tell all."""


def test_of(condition: Condition, bits: Bits) -> Test:
    """The test of a condition whose comparisons all have bits."""
    match condition:
        case AllOf((only,)) | AnyOf((only,)):
            return test_of(only, bits)
        case AllOf(parts):
            return _every([test_of(part, bits) for part in parts])
        case AnyOf(parts):
            tests = [test_of(part, bits) for part in parts]
            needs = reduce(and_, [test.needs for test in tests]) if tests else 0
            return Test(any_of(tuple(test.holds for test in tests)), _masks(tests), needs, None)
        case Not(part):
            return _contrary(test_of(part, bits))
        case Over() | Is() | Compare() | Has() | Empty() | Known():
            bit = bits[condition]
            return _conjunction(bit, bit << 1, bit * 3)
        case _:
            assert_never(condition)


def _conjunction(needs: Sight, contraries: Sight, mask: Sight) -> Test:
    def holds(sight: Sight) -> Truth:
        if sight & needs != needs:
            return False
        return None if sight & contraries else True

    return Test(holds, mask, needs, contraries)


def _every(tests: Sequence[Test]) -> Test:
    needs = reduce(or_, [test.needs for test in tests], 0)
    contraries = [test.contraries for test in tests if test.contraries is not None]
    if len(contraries) == len(tests):
        return _conjunction(needs, reduce(or_, contraries, 0), _masks(tests))
    return Test(all_of(tuple(test.holds for test in tests)), _masks(tests), needs, None)


def _contrary(test: Test) -> Test:
    """The negation of a test; that of a single comparison looks at its bits the other way round."""
    if test.contraries is not None and test.needs.bit_count() == 1:
        return _conjunction(test.contraries, test.needs, test.mask)
    return Test(negated(test.holds), test.mask, 0, None)


def _masks(tests: Sequence[Test]) -> Sight:
    return reduce(or_, [test.mask for test in tests], 0)


class Shades(dict[Value, Sight]):
    """The bits of a fact's comparisons, by its value; found out when they are first asked for.

    They are told as a difference to `base`, so that a fact is put in place of what is said of it already by one `^`.
    """

    __slots__ = ("_tellers", "base", "kinds", "mask")

    def __init__(
        self, tellers: Sequence[tuple[Sight, Teller]], usual: Value, kinds: frozenset[SubjectKind] = frozenset()
    ) -> None:
        self._tellers = tellers
        self.kinds = kinds
        """The kinds of subjects about which it is asked for."""
        self.mask = reduce(or_, [bit * 3 for bit, _ in tellers], 0)
        self.base: Sight = 0
        self.base = self[usual]
        self.clear()

    def bits(self, value: Value) -> Sight:
        """The bits themselves."""
        return self[value] ^ self.base

    def __missing__(self, value: Value) -> Sight:
        if len(self) >= _MOST:
            self.clear()
        found = self.base
        for bit, tell in self._tellers:
            found ^= bits_of(bit, tell(value))
        self[value] = found
        return found


@dataclass(frozen=True, slots=True)
class Around:
    """A comparison that asks over the parts of a subject."""

    bit: Sight
    quantifier: Quantifier
    kind: SubjectKind
    part: Test
    choices: frozenset[str]
    """The decisions whose options it asks the parts for."""

    def seen(self, sight: Sight, truths: set[Truth]) -> Sight:
        """A sight, given what came out for the parts."""
        return sight & ~(self.bit * 3) | bits_of(self.bit, over(self.quantifier, truths))


@dataclass(frozen=True, slots=True)
class Lens:
    """The comparisons of a program: which bits are whose, and what values come to."""

    bits: Bits
    shades: Mapping[str, Shades]
    """By fact; facts that are in none are not asked for."""
    choices: Mapping[str, Shades]
    """By decision."""
    nothing: Sight
    """Where no fact exists."""
    blanks: Mapping[SubjectKind, Sight]
    """What a subject of a kind that says nothing looks like, as a difference to where there is none."""
    followed: Mapping[SubjectKind, tuple[tuple[str, Shades], ...]]
    """The facts of a kind of subject that are there without being said: derived, inherited, names."""
    around: Mapping[SubjectKind, tuple[Around, ...]]
    moving: frozenset[str]
    """The decisions on which it depends what is seen over parts."""

    def test(self, condition: Condition) -> Test:
        """The test of a condition of the program."""
        return test_of(condition, self.bits)

    def asked_for(self, mask: Sight) -> frozenset[str]:
        """The decisions whose options conditions ask for that look at some bits, of their subject or of its parts."""
        own = {name for name, shades in self.choices.items() if shades.mask & mask}
        return frozenset(own).union(
            *[each.choices for arounds in self.around.values() for each in arounds if each.bit * 3 & mask]
        )

    def of(self, facts: Iterable[tuple[str, Value]], sight: Sight | None = None) -> Sight:
        """What is seen where some facts are so; `sight` is what was seen before, else nothing."""
        found = self.nothing if sight is None else sight
        for fact, value in facts:
            if (shades := self.shades.get(fact)) is not None:
                found = found & ~shades.mask | shades.bits(value)
        return found

    def under(self, sight: Sight, trial: Mapping[str, str]) -> Sight:
        """A sight as if some decisions were answered so."""
        for decision, option in trial.items():
            shades = self.choices.get(decision)
            if shades is not None:
                sight = sight & ~shades.mask | shades.bits(option)
        return sight

    def doubting(self, sight: Sight, decisions: Iterable[str]) -> Sight:
        """A sight as if the answers to some decisions were unknown."""
        return reduce(or_, [self.choices[name].mask for name in decisions if name in self.choices], sight)


NO_LENS = Lens({}, {}, {}, 0, {}, {}, {}, frozenset())
Asked = Iterable[tuple[Condition, Iterable[SubjectKind]]]
"""Conditions, each with the kinds of subjects it is asked about."""
Followed = Mapping[SubjectKind, Iterable[str]]


def lens_of(asked: Asked, silence: Mapping[SubjectKind, Mapping[str, Value]], followed: Followed) -> Lens:
    """The lens of some conditions, given what silence about the facts of each kind means, and what is not said."""
    every = list(_compared(asked))
    comparisons = dict.fromkeys(each for found, _ in every for each in found)
    bits: dict[Leaf | Over, Sight] = {each: 1 << 2 * place for place, each in enumerate(comparisons)}
    by_fact: dict[str, list[tuple[Sight, Teller]]] = {}
    for each, bit in bits.items():
        if not isinstance(each, Over):
            by_fact.setdefault(each.fact, []).append((bit, teller(each)))
    kinds: dict[str, set[SubjectKind]] = {fact: set() for fact in by_fact}
    for found, about in every:
        for each in found:
            if not isinstance(each, Over):
                kinds[each.fact].update(about)
    usual = {fact: value for values in silence.values() for fact, value in values.items()}
    absent = {fact: Shades(tellers, ABSENT, frozenset(kinds[fact])) for fact, tellers in by_fact.items()}
    shades = {fact: Shades(by_fact[fact], usual[fact]) if fact in usual else absent[fact] for fact in by_fact}
    return Lens(
        bits,
        shades,
        {fact.removeprefix(_CHOICE): shades[fact] for fact in by_fact if fact.startswith(_CHOICE)},
        reduce(or_, [each.base for each in absent.values()], 0),
        {
            kind: reduce(or_, [shades[fact].base ^ absent[fact].base for fact in values if fact in shades], 0)
            for kind, values in silence.items()
        },
        {kind: tuple((fact, shades[fact]) for fact in facts if fact in shades) for kind, facts in followed.items()},
        _around(every, bits),
        frozenset(name for each in bits if isinstance(each, Over) for name in _choices_in(each.part)),
    )


def _choices_in(condition: Condition) -> tuple[str, ...]:
    """The decisions whose options a condition asks for."""
    return tuple(fact.removeprefix(_CHOICE) for fact in facts_in(condition) if fact.startswith(_CHOICE))


Compared = tuple[Sequence[Leaf | Over], Iterable[SubjectKind]]
"""What a condition is combined of, with the kinds of subjects it is asked about."""


def _compared(asked: Asked) -> Iterator[Compared]:
    """The comparisons of conditions, and of those within them that are asked about parts."""
    for condition, kinds in asked:
        found = _comparisons(condition)
        yield found, kinds
        yield from _compared((each.part, (COLLECTIONS[each.collection],)) for each in found if isinstance(each, Over))


def _comparisons(condition: Condition) -> list[Leaf | Over]:
    """What a condition is combined of; what is asked over parts counts as one comparison."""
    match condition:
        case AllOf(parts) | AnyOf(parts):
            return [each for part in parts for each in _comparisons(part)]
        case Not(part):
            return _comparisons(part)
        case Over() | Is() | Compare() | Has() | Empty() | Known():
            return [condition]
        case _:
            assert_never(condition)


def _around(every: Iterable[Compared], bits: Bits) -> dict[SubjectKind, tuple[Around, ...]]:
    found: dict[SubjectKind, dict[Over, Around]] = {}
    for comparisons, kinds in every:
        for each in comparisons:
            if isinstance(each, Over):
                made = Around(
                    bits[each],
                    each.quantifier,
                    COLLECTIONS[each.collection],
                    test_of(each.part, bits),
                    frozenset(_choices_in(each.part)),
                )
                for kind in kinds:
                    found.setdefault(kind, {})[each] = made
    return {kind: tuple(arounds.values()) for kind, arounds in found.items()}
