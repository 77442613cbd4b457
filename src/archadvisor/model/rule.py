"""Rules, decisions and the packs they come in."""

from collections.abc import Mapping
from typing import Literal

from archadvisor.model.condition import ALWAYS, Condition
from archadvisor.model.fact import SubjectKind
from archadvisor.model.frozen import dataclass
from archadvisor.model.repair import Repair

Severity = Literal["error", "warning", "note"]
Strength = Literal["strong", "moderate", "slight"]
Concern = Literal["kubernetes", "operations", "cost", "isolation", "performance", "portability"]
SourceKind = Literal["aws", "third_party", "note", "inference"]

POINTS: Mapping[Strength, int] = {"strong": 4, "moderate": 2, "slight": 1}
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")
CLEAR_LEAD = 2


@dataclass(frozen=True, slots=True)
class Requires:
    """Every other option is ruled out."""

    option: str


@dataclass(frozen=True, slots=True)
class RulesOut:
    """These options cannot be chosen."""

    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Favors:
    """Counts for an option; per concern an option's strongest favor counts."""

    option: str
    strength: Strength
    concern: Concern


@dataclass(frozen=True, slots=True)
class Flags:
    """Is a finding."""

    severity: Severity
    remedy: str | None
    fix: Repair | None = None


Effect = Requires | RulesOut | Favors | Flags


@dataclass(frozen=True, slots=True)
class Rule:
    """One condition and its effect, with why and on what grounds."""

    id: str
    pack: str
    decision: str | None
    """The decision it speaks on; None for a rule that flags."""
    subjects: tuple[SubjectKind, ...]
    when: Condition
    effect: Effect
    because: str
    rationale: str
    sources: tuple[str, ...]
    unverified: bool = False
    since: str | None = None
    until: str | None = None
    suppressible: bool = True
    """Whether a workload file may accept its findings."""

    def speaks_on(self, day: str) -> bool:
        """Whether the rule is in force on an ISO day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Option:
    """One answer a decision may have; it exists only where `only` holds."""

    id: str
    title: str
    summary: str
    only: Condition = ALWAYS


@dataclass(frozen=True, slots=True)
class Decision:
    """A question with its considered options."""

    id: str
    pack: str
    question: str
    about: str
    subjects: tuple[SubjectKind, ...]
    applies: Condition
    after: tuple[str, ...]
    foresees: tuple[str, ...]
    """Later decisions that an option must leave an answer for."""
    default: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class DeclaredConflict:
    """Facts that leave a decision without an answer because nothing serves them, and why that is so."""

    decision: str
    subjects: tuple[SubjectKind, ...]
    when: Condition
    because: str


@dataclass(frozen=True, slots=True)
class Source:
    """What a rule or a catalog value rests on."""

    id: str
    title: str
    url: str | None
    kind: SourceKind
    checked: str


@dataclass(frozen=True, slots=True)
class PackName:
    """The name and version of a pack."""

    name: str
    version: str


@dataclass(frozen=True, slots=True)
class Rulebook:
    """All packs in use, merged: decisions in the order they are made, rules by name."""

    packs: tuple[PackName, ...]
    decisions: tuple[Decision, ...]
    rules: tuple[Rule, ...]
    sources: Mapping[str, Source]
    conflicts: tuple[DeclaredConflict, ...] = ()
