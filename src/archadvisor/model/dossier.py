"""What a design report tells, in its order, before it takes a form."""

from dataclasses import dataclass

from archadvisor.model.advice import Evidence, Finding, Suppressed
from archadvisor.model.architecture import Architecture
from archadvisor.model.catalog import Table
from archadvisor.model.cost import Estimate
from archadvisor.model.imprint import Imprint
from archadvisor.model.rule import Decision, Source


@dataclass(frozen=True, slots=True)
class Row:
    """An answer that some subjects share, in the summary."""

    decision: str
    subjects: tuple[str, ...]
    """Short names; empty for the workload."""
    advised: str
    verdict: str
    margin: int | None
    provisional: bool
    unverified: bool


@dataclass(frozen=True, slots=True)
class Declared:
    """What the file says is decided already, and what would be advised where that is something else."""

    decision: str
    subjects: tuple[str, ...]
    chosen: str
    otherwise: str | None
    conflict: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """How an option came out."""

    option: str
    advised: bool
    told: str
    score: int | None


@dataclass(frozen=True, slots=True)
class Ground:
    """Why a rule spoke for or against an option, with all the evidence of those it spoke about."""

    option: str
    because: str
    rule: str
    effect: str
    """What the rule does to the option, how strongly and by way of what."""
    against: bool
    unverified: bool
    evidence: tuple[Evidence, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that some subjects share, with all that led to it."""

    subjects: tuple[str, ...]
    advised: str
    verdict: str
    options: tuple[Standing, ...]
    grounds: tuple[Ground, ...]
    conflicts: tuple[tuple[str, ...], ...]
    tipping: tuple[tuple[tuple[str, ...], str], ...]
    """What would change it, by subjects."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A decision with its answers."""

    decision: Decision
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything a design report tells of one workload."""

    name: str
    file: str
    as_of: str
    settled: bool
    exact: bool
    """Whether every question asked matters for certain."""
    rows: tuple[Row, ...]
    declared: tuple[Declared, ...] | None
    architecture: Architecture
    chapters: tuple[Chapter, ...]
    estimate: Estimate
    questions: tuple[tuple[str, tuple[str, ...]], ...]
    """Unknown facts, those that settle most first, each with the decisions it could change."""
    findings: tuple[Finding, ...]
    suppressed: tuple[Suppressed, ...]
    sources: tuple[Source, ...]
    unverified: tuple[str, ...]
    """Rules in use that rest on nothing that was checked."""
    tables: tuple[Table, ...]
    lines: tuple[str, ...]
    version: str
    packs: tuple[str, ...]
    rules: int
    oldest_fact: str | None

    @property
    def imprint(self) -> Imprint:
        """What it takes to make the report again."""
        return Imprint(self.file, self.as_of, self.version)

    @property
    def status(self) -> str:
        """Whether it is settled, in words."""
        return "settled" if self.settled else f"provisional, with {len(self.questions)} open questions"
