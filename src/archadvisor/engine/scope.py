"""What can be known of each subject: its facts, those of what it is part of, and those of its parts."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from archadvisor.model.catalog import Catalog
from archadvisor.model.fact import COLLECTIONS, FactKind, FactType, Known, SubjectKind, Vocabulary
from archadvisor.model.workload import Stated, Subject, Workload

Values = dict[str, Known]
ABSENT = "none"
"""What a fact compares as where it does not exist: another kind's, or an option not decided."""


@dataclass(frozen=True, slots=True)
class Scope:
    """A subject with all facts that rules about it may read."""

    subject: Subject
    parent: "Scope | None"
    values: Values
    parts: Mapping[str, tuple["Scope", ...]]
    """The subjects it contains, by collection."""

    @property
    def path(self) -> str:
        """The subject's path in the file; empty for the workload."""
        return self.subject.path

    def with_choices(self, choices: Mapping[str, str]) -> "Scope":
        """The same subject, as if these decisions were answered so."""
        return Scope(
            self.subject,
            self.parent,
            self.values | {f"choice.{key}": option for key, option in choices.items()},
            self.parts,
        )

    def choose(self, decision: str, option: str) -> None:
        """Notes an answer here and in all parts: the one thing that changes in a scope while decisions are made."""
        for scope in scopes(self):
            scope.values[f"choice.{decision}"] = option

    def choice(self, decision: str) -> str:
        """The option that was chosen, or `none`."""
        return str(self.values.get(f"choice.{decision}", ABSENT))

    def owner(self, kind: SubjectKind) -> "Scope | None":
        """The scope of that kind which this one is or is part of."""
        if self.subject.kind == kind:
            return self
        return self.parent.owner(kind) if self.parent else None


@dataclass(frozen=True, slots=True)
class Given:
    """What a derived fact is computed from."""

    values: Mapping[str, Known]
    parts: Mapping[str, tuple[Mapping[str, Known], ...]]
    services: frozenset[str]
    """The names of all services of the workload."""
    catalog: Catalog
    day: str

    def rows(self, table: str) -> tuple[Mapping[str, object], ...]:
        """The rows of a catalog table that hold on the day asked about."""
        return self.catalog[table].on(self.day)


Compute = Callable[[Given], Known]


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


def silences_of(vocabulary: Vocabulary, derived: tuple[DerivedFact, ...], assume: bool) -> dict[SubjectKind, Silences]:
    """The silences of every kind of subject; with `assume` false, silence always means unknown."""
    kinds = {fact.subject for fact in vocabulary.values()}
    stated = [fact for fact in vocabulary.values() if not fact.inputs]
    return {
        kind: Silences(
            {fact.name: fact.silence if assume else None for fact in stated if fact.subject == kind},
            tuple((fact.name, fact.inherits) for fact in stated if fact.subject == kind and fact.inherits),
            tuple(fact for fact in derived if fact.subject == kind),
        )
        for kind in sorted(kinds)
    }


def scope_of(workload: Workload, silences: Mapping[SubjectKind, Silences], catalog: Catalog, day: str) -> Scope:
    """The scope of the whole workload, with the scopes of all its subjects in it."""
    services = frozenset(part.name for part in workload.root.parts if part.kind == "service")
    return _scope(workload.root, None, silences, Given({}, {}, services, catalog, day))


def scopes(scope: Scope) -> Iterator[Scope]:
    """A scope and all within it, in the order of the file."""
    yield scope
    for part in _direct(scope):
        yield from scopes(part)


def _direct(scope: Scope) -> tuple[Scope, ...]:
    return tuple(
        part
        for parts in scope.parts.values()
        for part in parts
        if part.parent is not None and part.parent.subject is scope.subject
    )


def _own(subject: Subject, silences: Mapping[SubjectKind, Silences]) -> Values:
    known = silences.get(subject.kind)
    values = dict(known.assumed) if known else {}
    values.update({name: stated.value for name, stated in subject.facts.items()})
    values[f"{subject.kind}.name"] = subject.name
    return values


def _scope(subject: Subject, parent: Scope | None, silences: Mapping[SubjectKind, Silences], frame: Given) -> Scope:
    own = _own(subject, silences)
    values = parent.values | own if parent else own
    known = silences.get(subject.kind)
    for name, source in known.inherited if known else ():
        if name not in subject.facts:
            values[name] = values[source]
    within: dict[str, tuple[Values, ...]] = {
        kind: tuple(_own(part, silences) for part in subject.all() if part.kind == kind)
        for kind in COLLECTIONS.values()
    }
    given = Given(values, within, frame.services, frame.catalog, frame.day)
    for fact in known.derived if known else ():
        values[fact.name] = fact.compute(given)
    parts: dict[str, tuple[Scope, ...]] = {}
    scope = Scope(subject, parent, values, parts)
    inner = [_scope(part, scope, silences, frame) for part in subject.parts]
    everything = [found for part in inner for found in scopes(part)]
    parts.update(
        {name: tuple(found for found in everything if found.subject.kind == kind) for name, kind in COLLECTIONS.items()}
    )
    parts["literals"] = tuple(found for found in inner if found.subject.kind == "literal")
    return scope


def stated(scope: Scope, fact: FactType) -> Stated | None:
    """What the file says of a fact, at the subject it belongs to."""
    owner = scope.owner(fact.subject)
    return owner.subject.facts.get(fact.name) if owner else None
