"""What can be known of each subject: its facts, those of what it is part of, and those of its parts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from archadvisor.engine.memory import Memory
from archadvisor.model.catalog import Catalog
from archadvisor.model.fact import COLLECTIONS, FactKind, FactType, Known, SubjectKind, Vocabulary
from archadvisor.model.workload import Stated, Subject, Workload

ABSENT = "none"
"""What a fact compares as where it does not exist: another kind's, or an option not decided."""


class Values(dict[str, Known]):
    """Facts by name; one that does not exist is `none`."""

    __slots__ = ()

    def __missing__(self, fact: str) -> Known:
        return ABSENT

    def plus(self, more: Mapping[str, Known]) -> "Values":
        """These facts, and others that are known besides or instead."""
        found = Values(self)
        found.update(more)
        return found


@dataclass(frozen=True, slots=True)
class Scope:
    """A subject with all facts that rules about it may read."""

    subject: Subject
    owners: tuple[Subject, ...]
    """What it is part of, from the workload down to itself."""
    values: Values
    inner: tuple["Scope", ...]
    """All subjects within it, in the order of the file."""

    @property
    def path(self) -> str:
        """The subject's path in the file; empty for the workload."""
        return self.subject.path

    @property
    def is_whole(self) -> bool:
        """Whether this is the workload itself."""
        return len(self.owners) == 1

    def parts(self, collection: str) -> tuple["Scope", ...]:
        """The subjects of one collection within it."""
        kind = COLLECTIONS[collection]
        return tuple(part for part in self.inner if part.subject.kind == kind)

    def with_choices(self, choices: Mapping[str, str]) -> "Scope":
        """The same subject, as if these decisions were answered so."""
        values = self.values.plus({f"choice.{decision}": option for decision, option in choices.items()})
        return Scope(self.subject, self.owners, values, self.inner)

    def under(self, trial: Mapping[str, str]) -> "Scope":
        """The same subject under a trial; itself, where nothing is tried."""
        return self.with_choices(trial) if trial else self

    def choose(self, decision: str, option: str) -> None:
        """Notes an answer here and in all parts: the one thing that changes in a scope while decisions are made."""
        fact = f"choice.{decision}"
        self.values[fact] = option
        for part in self.inner:
            part.values[fact] = option

    def choice(self, decision: str) -> str:
        """The option that was chosen, or `none`."""
        return str(self.values[f"choice.{decision}"])

    def owner(self, kind: SubjectKind) -> Subject | None:
        """The subject of that kind which this one is or is part of."""
        return next((subject for subject in self.owners if subject.kind == kind), None)


@dataclass(frozen=True, slots=True)
class Given:
    """What a derived fact is computed from."""

    subject: Subject
    values: Mapping[str, Known]
    frame: "Frame"

    def rows(self, table: str) -> tuple[Mapping[str, object], ...]:
        """The rows of a catalog table that hold on the day asked about."""
        return self.frame.catalog[table].on(self.frame.day)

    def parts(self, kind: SubjectKind) -> list[Values]:
        """The own facts, stated or assumed, of the subjects of a kind within this one."""
        return [self.frame.own[part.kind, part.path] for part in self.subject.all() if part.kind == kind]

    def has_service(self, name: Known) -> bool:
        """Whether the workload has a service of that name."""
        return ("service", f"services.{name}") in self.frame.own


@dataclass(frozen=True, slots=True)
class Frame:
    """What is the same for all subjects of a workload: the own facts of each, the catalog, the day."""

    own: Mapping[tuple[SubjectKind, str], Values]
    catalog: Catalog
    day: str


Compute = Callable[[Given], Known]
Rows = Callable[[str], tuple[Mapping[str, object], ...]]
"""The rows of a catalog table that hold on some day."""
Samples = Mapping[str, tuple[Known, ...]]
"""Values of facts."""


def no_samples(rows: Rows) -> Samples:
    """For a derived fact that tells nothing apart but what conditions on its inputs, or its inputs' words, do."""
    return {}


@dataclass(frozen=True, slots=True)
class DerivedFact:
    """A fact computed from others: named, documented, with declared inputs."""

    name: str
    subject: SubjectKind
    kind: FactKind
    description: str
    inputs: tuple[str, ...]
    compute: Compute
    tables: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    unit: str | None = None
    samples: Callable[[Rows], Samples] = no_samples
    """Values of its inputs that between them bring about all it can be; for numbers, those at which it may change."""
    monotone: bool = False
    """Whether it only grows with its inputs, which are numbers: then the ends of their ranges tell all."""

    @property
    def type(self) -> FactType:
        """Its entry in the vocabulary."""
        return FactType(self.name, self.subject, self.kind, self.description, self.words, self.unit, inputs=self.inputs)


@dataclass(frozen=True, slots=True)
class Silences:
    """What silence means for the facts of one kind of subject."""

    assumed: Values
    inherited: tuple[tuple[str, str], ...]
    derived: tuple[DerivedFact, ...]
    memory: Memory
    """What came of looking facts up in the catalog: there are few sizes, engines and Regions, and many subjects."""

    def computed(self, fact: DerivedFact, given: Given) -> Known:
        """The value of a derived fact."""
        if not fact.tables:
            return fact.compute(given)
        seen = (fact.name, given.frame.day, *[given.values[name] for name in fact.inputs])
        return self.memory.recall(seen, lambda: fact.compute(given))


def silences_of(vocabulary: Vocabulary, derived: tuple[DerivedFact, ...], assume: bool) -> dict[SubjectKind, Silences]:
    """The silences of every kind of subject; with `assume` false, silence always means unknown."""
    kinds = {fact.subject for fact in vocabulary.values()}
    stated = [fact for fact in vocabulary.values() if not fact.inputs]
    return {
        kind: Silences(
            Values({fact.name: fact.silence if assume else None for fact in stated if fact.subject == kind}),
            tuple((fact.name, fact.inherits) for fact in stated if fact.subject == kind and fact.inherits),
            tuple(fact for fact in derived if fact.subject == kind),
            Memory(),
        )
        for kind in sorted(kinds)
    }


def scope_of(workload: Workload, silences: Mapping[SubjectKind, Silences], catalog: Catalog, day: str) -> Scope:
    """The scope of the whole workload, with the scopes of all its subjects in it."""
    own = {(subject.kind, subject.path): _own(subject, silences) for subject in workload.root.all()}
    return _scope(workload.root, (), Values(), silences, Frame(own, catalog, day))


def _own(subject: Subject, silences: Mapping[SubjectKind, Silences]) -> Values:
    known = silences.get(subject.kind)
    values = Values(known.assumed) if known else Values()
    for name, stated in subject.facts.items():
        values[name] = stated.value
    values[f"{subject.kind}.name"] = subject.name
    return values


def _scope(
    subject: Subject,
    above: tuple[Subject, ...],
    inherited: Values,
    silences: Mapping[SubjectKind, Silences],
    frame: Frame,
) -> Scope:
    values = inherited.plus(frame.own[subject.kind, subject.path])
    known = silences.get(subject.kind)
    if known is not None:
        for name, source in known.inherited:
            if name not in subject.facts:
                values[name] = values[source]
        given = Given(subject, values, frame)
        for fact in known.derived:
            values[fact.name] = known.computed(fact, given)
    owners = (*above, subject)
    inner: list[Scope] = []
    for part in subject.parts:
        scope = _scope(part, owners, values, silences, frame)
        inner += (scope, *scope.inner)
    return Scope(subject, owners, values, tuple(inner))


def nowhere(values: Values) -> Scope:
    """A scope that has values and nothing else, to try conditions in."""
    return Scope(_NOTHING, (_NOTHING,), values, ())


_NOTHING = Subject("workload", "", "", {})


def stated(scope: Scope, fact: FactType) -> Stated | None:
    """What the file says of a fact, at the subject it belongs to."""
    owner = scope.owner(fact.subject)
    return owner.facts.get(fact.name) if owner else None
