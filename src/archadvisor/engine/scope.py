"""What can be known of each subject: its facts, those of what it is part of, and those of its parts."""

from collections.abc import Iterable, Iterator, Mapping

from archadvisor.engine.derivation import DerivedFact, Frame, Given, Values
from archadvisor.engine.memory import Memory
from archadvisor.engine.sight import NO_LENS, Lens, Sight
from archadvisor.model.catalog import Almanac
from archadvisor.model.fact import COLLECTIONS, FactType, Known, SubjectKind, Vocabulary
from archadvisor.model.frozen import dataclass
from archadvisor.model.workload import Stated, Subject, Workload


class Scope:
    """A subject with all facts that rules about it may read.

    What conditions can tell of them is there as bits; the facts themselves are put together when they are asked for.
    """

    __slots__ = ("_above", "_choices", "_own", "_values", "inner", "lens", "owners", "sight", "subject")

    def __init__(
        self,
        subject: Subject,
        lens: Lens,
        sight: Sight,
        own: Values,
        above: "Scope | None" = None,
        inner: "tuple[Scope, ...]" = (),
    ) -> None:
        self.subject = subject
        self.lens = lens
        self.sight = sight
        self.owners: tuple[Subject, ...] = (*above.owners, subject) if above else (subject,)
        """What it is part of, from the workload down to itself."""
        self.inner = inner
        """All subjects within it, in the order of the file."""
        self._own = own
        self._above = above
        self._choices: dict[str, Known] = {}
        self._values: Values | None = None

    @property
    def own(self) -> Values:
        """The facts of the subject itself, by name."""
        return self._own

    @property
    def values(self) -> Values:
        """The facts by name."""
        if self._values is None:
            above = self._above.values if self._above else Values()
            self._values = above.plus(self._own).plus(self._choices)
        return self._values

    @property
    def path(self) -> str:
        """The subject's path in the file; empty for the workload."""
        return self.subject.path

    @property
    def is_whole(self) -> bool:
        """Whether this is the workload itself."""
        return len(self.owners) == 1

    def parts(self, collection: str) -> "tuple[Scope, ...]":
        """The subjects of one collection within it."""
        kind = COLLECTIONS[collection]
        return tuple(part for part in self.inner if part.subject.kind == kind)

    def with_choices(self, choices: Mapping[str, Known], inner: "tuple[Scope, ...] | None" = None) -> "Scope":
        """The same subject, as if these decisions were answered so; None: as if that were unknown."""
        known = {decision: option for decision, option in choices.items() if isinstance(option, str)}
        sight = self.lens.doubting(self.lens.under(self.sight, known), choices.keys() - known.keys())
        values = self.values.plus({f"choice.{decision}": option for decision, option in choices.items()})
        found = Scope(self.subject, self.lens, sight, values, None, self.inner if inner is None else inner)
        found.owners = self.owners
        found.look_around()
        return found

    def part(self, subject: Subject, facts: Iterable[tuple[str, str]]) -> "Scope":
        """A subject within this one, of which some facts are told."""
        return Scope(subject, self.lens, self.lens.of(facts, self.sight), Values(facts), self)

    def under(self, trial: Mapping[str, str]) -> "Scope":
        """The same subject under a trial; itself, where nothing is tried."""
        return self.with_choices(trial) if trial else self

    def choose(self, decision: str, option: str) -> None:
        """Notes an answer here and in all parts: the one thing that changes in a scope while decisions are made."""
        self._choices[f"choice.{decision}"] = option
        self._values = None
        for part in self.inner:
            part._values = None
        seen = self.lens.choices.get(decision)
        if seen is None:
            return
        hides, shows = ~seen.mask, seen.bits(option)
        self.sight = self.sight & hides | shows
        for part in self.inner:
            if part.subject.kind in seen.kinds:
                part.sight = part.sight & hides | shows
        if decision in self.lens.moving:
            for scope in (*reversed(self.inner), *self._line()):
                scope.look_around(decision)

    def look_around(self, decision: str | None = None) -> None:
        """Sees anew what is asked over its parts, or as much of it as asks for a decision."""
        for each in self.lens.around.get(self.subject.kind, ()):
            if decision is not None and decision not in each.choices:
                continue
            truths = {each.part.holds(part.sight) for part in self.inner if part.subject.kind == each.kind}
            self.sight = each.seen(self.sight, truths)

    def let_go(self) -> None:
        """Forgets its parts, which know what they are part of: so all go when nobody asks about them any more."""
        for part in self.inner:
            part.inner = ()
        self.inner = ()

    def _line(self) -> "Iterator[Scope]":
        """This scope and those of what it is part of."""
        yield self
        if self._above is not None:
            yield from self._above._line()

    def choice(self, decision: str) -> str:
        """The option that was chosen, or `none`."""
        return str(self.values[f"choice.{decision}"])

    def owner(self, kind: SubjectKind) -> Subject | None:
        """The subject of that kind which this one is or is part of."""
        return next((subject for subject in self.owners if subject.kind == kind), None)


@dataclass(frozen=True, slots=True)
class Silences:
    """What silence means for the facts of one kind of subject, and what follows from those that are known."""

    assumed: Values
    inherited: tuple[tuple[str, str], ...]
    derived: tuple[DerivedFact, ...]
    """Those that depend on the subject's own facts alone."""
    inputs: tuple[str, ...]
    """What these are computed from."""
    looking_around: tuple[DerivedFact, ...]
    memory: Memory[Values]
    """What came of the derived facts: there are few sizes, engines and Regions, and many subjects."""

    @property
    def followed(self) -> tuple[str, ...]:
        """The facts that are there without being said."""
        return (
            *(name for name, _ in self.inherited),
            *(fact.name for fact in (*self.derived, *self.looking_around)),
        )

    def follows(self, given: Given) -> Values:
        """The facts that are derived of what is given."""
        own = given.values
        seen = (given.day, *[own[name] for name in self.inputs])
        found = self.memory.get(seen)
        if found is None:
            found = self.memory.keep(seen, Values({each.name: each.compute(given) for each in self.derived}))
        if self.looking_around:
            return found.plus({each.name: each.compute(given) for each in self.looking_around})
        return found


def silences_of(vocabulary: Vocabulary, derived: tuple[DerivedFact, ...], assume: bool) -> dict[SubjectKind, Silences]:
    """The silences of every kind of subject; with `assume` false, silence always means unknown."""
    kinds = sorted({fact.subject for fact in vocabulary.values()})
    return {kind: _silences(kind, vocabulary, derived, assume) for kind in kinds}


def _silences(kind: SubjectKind, vocabulary: Vocabulary, derived: tuple[DerivedFact, ...], assume: bool) -> Silences:
    stated = [fact for fact in vocabulary.values() if fact.subject == kind and not fact.inputs]
    derived = tuple(each for each in derived if each.subject == kind)
    own = tuple(each for each in derived if not each.looks_around)
    return Silences(
        Values({fact.name: fact.silence if assume else None for fact in stated}),
        tuple((fact.name, fact.inherits) for fact in stated if fact.inherits),
        own,
        tuple(dict.fromkeys(name for each in own for name in each.inputs)),
        tuple(each for each in derived if each.looks_around),
        Memory(),
    )


def scope_of(workload: Workload, silences: Mapping[SubjectKind, Silences], lens: Lens, almanac: Almanac) -> Scope:
    """The scope of the whole workload, with the scopes of all its subjects in it."""
    own: dict[tuple[SubjectKind, str], Values] = {}
    whole = workload.root
    for subject in whole.all():
        own[subject.kind, subject.path] = _own(subject, silences, own.get((whole.kind, whole.path)))
    return _scope(whole, None, lens, silences, Frame(own, almanac))


def _own(subject: Subject, silences: Mapping[SubjectKind, Silences], whole: Values | None) -> Values:
    """What is stated of a subject, else assumed, else inherited from the whole workload."""
    known = silences.get(subject.kind)
    values = Values(known.assumed) if known else Values()
    for name, stated in subject.facts.items():
        values[name] = stated.value
    values[f"{subject.kind}.name"] = subject.name
    if known is not None and whole is not None:
        for name, source in known.inherited:
            if name not in subject.facts:
                values[name] = whole[source]
    return values


def _scope(
    subject: Subject, above: Scope | None, lens: Lens, silences: Mapping[SubjectKind, Silences], frame: Frame
) -> Scope:
    own = frame.own[subject.kind, subject.path]
    known = silences.get(subject.kind)
    if known is not None:
        own.update(known.follows(Given(subject, own, frame)))
    scope = Scope(subject, lens, _sight(subject, above, lens, own), own, above)
    inner: list[Scope] = []
    for part in subject.parts:
        made = _scope(part, scope, lens, silences, frame)
        inner += (made, *made.inner)
    scope.inner = tuple(inner)
    scope.look_around()
    return scope


def _sight(subject: Subject, above: Scope | None, lens: Lens, own: Values) -> Sight:
    """What is seen of what it is part of, and of its own facts, as far as they are not silent."""
    sight = (above.sight if above else lens.nothing) ^ lens.blanks.get(subject.kind, 0)
    for fact, said in subject.facts.items():
        if (shades := lens.shades.get(fact)) is not None:
            sight ^= shades[said.value]
    for fact, shades in lens.followed.get(subject.kind, ()):
        if fact not in subject.facts:
            sight ^= shades[own[fact]]
    return sight


def nowhere(values: Values) -> Scope:
    """A scope that has values and nothing else, to try conditions in."""
    return Scope(_NOTHING, NO_LENS, 0, values)


_NOTHING = Subject("workload", "", "", {})


def stated(scope: Scope, fact: FactType) -> Stated | None:
    """What the file says of a fact, at the subject it belongs to."""
    owner = scope.owner(fact.subject)
    return owner.facts.get(fact.name) if owner else None
