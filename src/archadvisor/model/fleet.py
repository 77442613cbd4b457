"""What a fleet run works on: files of many workloads, in batches, and what came of them in numbers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from archadvisor.model.diagnostic import Diagnostic


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run is asked to do."""

    sources: Sequence[str]
    out: str
    team: re.Pattern[str] | None = None
    """Finds the team in a URI: its first group."""


@dataclass(frozen=True, slots=True)
class Item:
    """A file to check: its name in the results, where to read it, what changes when it does, and whose it is."""

    uri: str
    """As people wrote its source; who asks and what is asked for in URLs is masked."""
    system: str
    """A URL of the file system that it is on; empty for this machine."""
    path: str
    """Its path there, which need not be a URL that means it."""
    mark: str
    """Empty where nothing says whether it has changed."""
    team: str | None


@dataclass(frozen=True, slots=True)
class Batch:
    """Files that are checked in one go; the same files under the same rules on the same day have the same id."""

    id: str
    items: tuple[Item, ...]
    fatal: frozenset[str] = frozenset()
    """The URIs of those that end a process which checks them."""
    trial: bool = False
    """Whether nothing is written: only whether a process survives it is asked."""


@dataclass(frozen=True, slots=True)
class Order:
    """What all batches of a run share; a process anywhere can work by it."""

    out: str
    """Where results go, and where the rules lie."""
    pack: str
    """The name there of the file with rules and catalog."""
    key: str
    """What changes when that file does: a process that has read it before must know."""
    day: str
    version: str


@dataclass(frozen=True, slots=True)
class Tally:
    """How many files were checked, and what came of them."""

    files: int = 0
    workloads: int = 0
    decisions: int = 0
    findings: int = 0
    diagnostics: int = 0
    again: int = 0
    """Files to be checked again by the next run, as what came of them may be so for a while only."""

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run came to."""

    tally: Tally
    batches: int
    kept: int
    """The batches that an earlier run had done."""


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run came to, and the sources that it could not list."""

    summary: Summary
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class About:
    """What a run was: by which version, on which day, with which packs, of what, and whether it was finished."""

    version: str
    as_of: str
    packs: tuple[str, ...]
    sources: tuple[str, ...]
    files: int
    workloads: int
    missing: int
    """Its batches that are not done."""
    unlisted: tuple[tuple[str, str], ...]
    """The sources that could not be listed, each with the reason."""


@dataclass(frozen=True, slots=True)
class Share:
    """How often an option is advised."""

    decision: str
    option: str | None
    outcomes: int
    of_all: int
    workloads: int
    provisional: int


@dataclass(frozen=True, slots=True)
class RuleCount:
    """The findings of a rule."""

    rule: str
    severity: str
    findings: int
    accepted: int
    workloads: int
    teams: int


@dataclass(frozen=True, slots=True)
class TeamCount:
    """What a team has."""

    team: str | None
    workloads: int
    decisions: int
    provisional: int
    errors: int
    warnings: int
    notes: int
    unusable: int


@dataclass(frozen=True, slots=True)
class TeamRule:
    """The findings of a rule in the workloads of a team."""

    team: str | None
    rule: str
    severity: str
    findings: int
    workloads: int


@dataclass(frozen=True, slots=True)
class Complaint:
    """Why a file could not be used."""

    uri: str
    message: str
    hint: str | None
    line: int | None
    column: int | None


@dataclass(frozen=True, slots=True)
class Flip:
    """An outcome that another run has otherwise."""

    decision: str
    was: str
    becomes: str
    uri: str
    team: str | None
    subject: str | None


@dataclass(frozen=True, slots=True)
class RuleChange:
    """How the findings of a rule differ in another run."""

    rule: str
    gone: int
    added: int
    other_severity: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """What another run, with other rules or another day, says otherwise of the same workloads."""

    other: About
    shared: int
    only_here: int
    only_there: int
    flips: tuple[Flip, ...]
    rules: tuple[RuleChange, ...]


@dataclass(frozen=True, slots=True)
class FleetReport:
    """The answers over the tables of a run."""

    about: About
    shares: tuple[Share, ...]
    rules: tuple[RuleCount, ...]
    teams: tuple[TeamCount, ...]
    team_rules: tuple[TeamRule, ...]
    complaints: tuple[Complaint, ...]
    comparison: Comparison | None = None
