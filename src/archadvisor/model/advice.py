"""The advice: decisions with their reasons, and findings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.fact import Known, Origin
from archadvisor.model.frozen import dataclass
from archadvisor.model.place import Place
from archadvisor.model.rule import Concern, Decision, PackName, Rule, Severity, Source, Strength
from archadvisor.model.suppression import Suppression

if TYPE_CHECKING:
    from archadvisor.model.change import Change
    from archadvisor.model.fix import Fix
    from archadvisor.model.lock import Locked

Verdict = Literal["forced", "clear", "close", "default", "conflict"]
Standing = Literal["undeclared", "as_advised", "ruled_out", "contradicted", "differs"]
EffectName = Literal["requires", "rules_out", "favors"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A fact that a rule used: its value, how it is known, and where it is written."""

    fact: str
    """Its full path, such as `services.web.cpu`."""
    value: Known
    origin: Origin
    inputs: tuple[str, ...] = ()
    place: Place | None = None
    redacted: bool = False
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a rule spoke for or against an option here."""

    rule: str
    effect: EffectName
    option: str
    concern: Concern | None
    strength: Strength | None
    because: str
    via: str | None
    """The later decision that would have no answer, where the option is closed by looking ahead."""
    evidence: tuple[Evidence, ...]
    sources: tuple[Source, ...]
    unverified: bool = False


@dataclass(frozen=True, slots=True)
class Alternative:
    """An option that was considered and not advised."""

    option: str
    ruled_out: bool
    closed_by: tuple[str, ...]
    score: int
    companions: tuple[tuple[str, str], ...]
    """The later decisions of the same subject, were this option chosen."""
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Pending:
    """A rule that would speak if some facts were known."""

    rule: str
    asks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tipping:
    """A change of one stated fact that would change the answer."""

    change: Change
    option: str | None
    """What it would be then; None where there would be no answer."""


@dataclass(frozen=True, slots=True)
class Way:
    """Changes that would give a decision in conflict an answer, with that and those of later decisions."""

    changes: tuple[Change, ...]
    option: str
    companions: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Dropped:
    """A fact of a conflict, and how the decision comes out with another value of it: the nearest for each answer."""

    fact: Evidence
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """The fewest facts that cannot all hold, each with what dropping it leads to."""

    facts: tuple[Dropped, ...]
    others: tuple[Way, ...]
    """Where dropping no single one is enough: the smallest sets of changes that are."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answer to a decision for one subject."""

    decision: str
    subject: str | None
    option: str | None
    verdict: Verdict
    score: int
    margin: int | None
    """The lead over the next open option; None where there is no other."""
    settled: bool
    asks: tuple[str, ...]
    pending: tuple[Pending, ...]
    unverified: bool
    declared: bool
    reasons: tuple[Reason, ...]
    alternatives: tuple[Alternative, ...]
    sensitivity: tuple[Tipping, ...] | None = None
    """The single stated facts that would tip it, the nearest first; None where that was not asked."""
    conflict: Conflict | None = None
    """Where there is no answer and it was asked why."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that flags, with where, why and what to do."""

    rule: str
    severity: Severity
    subject: str | None
    message: str
    remedy: str | None
    file: str
    place: Place
    related: tuple[tuple[str, Place], ...]
    evidence: tuple[Evidence, ...]
    sources: tuple[Source, ...]
    fingerprint: str
    fix: Fix | None = None


@dataclass(frozen=True, slots=True)
class Suppressed:
    """A finding that is not shown because the file accepts it."""

    finding: Finding
    suppression: Suppression


@dataclass(frozen=True, slots=True)
class Advice:
    """All decisions and findings for one workload."""

    file: str
    name: str
    settled: bool
    exact: bool
    """Whether what is settled, and what is asked, was found by trying every completion; else some may be too much."""
    decisions: tuple[Outcome, ...]
    kept: tuple[Outcome, ...] | None
    """The decisions with the declared options fixed; None where nothing is declared."""
    findings: tuple[Finding, ...]
    asks: tuple[str, ...]
    """The unknown facts to ask for, those that settle most first."""
    oldest_fact: str | None
    """The day on which the oldest source or catalog table used was checked."""
    lines: tuple[str, ...] = ()
    """The lines of the file, secrets masked."""
    suppressed: tuple[Suppressed, ...] = ()
    baselined: tuple[Finding, ...] = ()
    """Findings that the baseline knows already."""
    ignored: int = 0
    """How many findings the configuration or the command line leaves out."""
    locked: tuple[Locked, ...] = ()
    """How the decisions stand that a lock holds."""
    files: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """The files of other tools that the workload was read from, each with its lines, secrets masked."""
    left_out: tuple[tuple[str, Place], ...] = ()
    """What those files say and a workload does not, with where."""
    unread: tuple[Diagnostic, ...] = ()
    """Files that belong to the workload, and were not read."""

    def lines_of(self, file: str) -> tuple[str, ...]:
        """The lines of a file that the workload was read from, secrets masked."""
        return dict(self.files).get(file, self.lines)

    def every_finding(self) -> Iterator[Finding]:
        """The findings that are shown, and those that are accepted or known."""
        yield from self.findings
        yield from (accepted.finding for accepted in self.suppressed)
        yield from self.baselined


@dataclass(frozen=True, slots=True)
class Cited:
    """A rule that findings speak of, with its sources."""

    rule: Rule
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """Everything one run has to say."""

    version: str
    packs: tuple[PackName, ...]
    catalog_checked: str
    as_of: str
    rules: int
    decisions: tuple[Decision, ...]
    """The decisions of the packs, for their titles and questions."""
    oldest_fact: str | None
    """The day on which the oldest source or catalog table used was checked."""
    advices: tuple[Advice, ...]
    diagnostics: tuple[Diagnostic, ...]
    lines: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Lines of the files that could not be used, by file."""
    fixed: int | None = None
    """How many findings were fixed just before; None where nothing was to be."""
    cited: tuple[Cited, ...] = ()
    """The rules behind the findings, the accepted ones too, by id."""
    folder: str = ""
    """The folder that relative names of files start from; empty where it is not known."""
    since: str | None = None
    """The revision that files must have changed since; None where they need not."""
    several: bool = False
    """Whether it is about more than one source, those that cannot be used included."""
