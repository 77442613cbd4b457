"""Facts that are computed from others: what they are given, what they declare."""

from collections.abc import Callable, Mapping

from archadvisor.model.catalog import Almanac
from archadvisor.model.fact import FactKind, FactType, Known, SubjectKind
from archadvisor.model.frozen import dataclass
from archadvisor.model.workload import Subject

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
class Frame:
    """What is the same for all subjects of a workload: the own facts of each, the catalog on the day."""

    own: Mapping[tuple[SubjectKind, str], Values]
    """Those stated, assumed or inherited, by the subject's kind and path."""
    almanac: Almanac


@dataclass(frozen=True, slots=True)
class Given:
    """What a derived fact is computed from: the own facts of its subject, and the frame."""

    subject: Subject
    values: Mapping[str, Known]
    frame: Frame

    def rows(self, table: str) -> tuple[Mapping[str, object], ...]:
        """The rows of a catalog table that hold on the day asked about."""
        return self.frame.almanac.rows(table)

    @property
    def day(self) -> str:
        """The ISO day asked about."""
        return self.frame.almanac.day

    def parts(self, kind: SubjectKind) -> list[Values]:
        """The own facts of the subjects of a kind within this one."""
        return [self.frame.own[part.kind, part.path] for part in self.subject.all() if part.kind == kind]

    def has_service(self, name: Known) -> bool:
        """Whether the workload has a service of that name."""
        return ("service", f"services.{name}") in self.frame.own


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
    looks_around: bool = False
    """Whether it depends on other subjects, not on its inputs and the day alone."""

    @property
    def type(self) -> FactType:
        """Its entry in the vocabulary."""
        return FactType(self.name, self.subject, self.kind, self.description, self.words, self.unit, inputs=self.inputs)
