"""The shape of `advice/1`, the JSON that `check` prints: for readers of it, never read here."""

from typing import Literal

from pydantic import Field

from archadvisor.loading.shapes.base import Shape
from archadvisor.loading.shapes.tool import Tool

Value = str | float | bool | list[str] | None
Severity = Literal["error", "warning", "note"]


class Span(Shape):
    """A place in a file, 1-based; the end column is the one after the last character."""

    line: int | None
    column: int | None
    end_line: int | None
    end_column: int | None
    file: str = Field(default="", description="there where the workload was read from files of other tools")


class Note(Span):
    """Another place that explains something."""

    message: str


class Evidence(Shape):
    """A fact that a rule used."""

    fact: str = Field(description="its path, such as `services.web.cpu`")
    value: Value = Field(description="null where it is unknown or redacted")
    unit: Literal["vCPU", "GiB", "KiB", "s"] | None
    origin: Literal["stated", "derived", "assumed", "unknown", "chosen"]
    from_: list[str] = Field(alias="from", description="the facts it is derived from")
    line: int | None
    column: int | None
    file: str = Field(default="", description="there where the workload was read from files of other tools")
    redacted: bool


class Source(Shape):
    """What a rule rests on."""

    id: str
    title: str
    url: str | None
    checked: str


class Reason(Shape):
    """Why a rule spoke for or against an option."""

    rule: str
    effect: Literal["requires", "rules_out", "favors"]
    option: str
    concern: Literal["kubernetes", "operations", "cost", "isolation", "performance", "portability"] | None
    strength: Literal["strong", "moderate", "slight"] | None
    because: str
    via: str | None = Field(description="the later decision that would have no answer")
    unverified: bool
    evidence: list[Evidence]
    sources: list[Source]


class Alternative(Shape):
    """An option that was considered and not advised."""

    option: str
    ruled_out: bool
    closed_by: list[str]
    score: int
    with_: dict[str, str] = Field(
        alias="with", description="the later decisions of the subject, were this option chosen"
    )
    reasons: list[Reason]


class Pending(Shape):
    """A rule that would speak if some facts were known."""

    rule: str
    asks: list[str]


class Threshold(Shape):
    """The side of a bound that a number comes to lie on."""

    comparison: Literal["gt", "gte", "lt", "lte"]
    bound: float


class Change(Shape):
    """One fact with another value."""

    fact: str
    before: Value = Field(description="null where it is unknown")
    origin: Literal["stated", "assumed", "unknown"]
    after: Value
    unit: Literal["vCPU", "GiB", "KiB", "s"] | None
    past: Threshold | None = Field(description="the threshold that a number passes")
    line: int | None
    column: int | None
    file: str = Field(default="", description="there where the workload was read from files of other tools")
    setting: str = Field(description="the change as `what-if --set` takes it")


class Tipping(Shape):
    """A change of one stated fact that would change the answer."""

    change: Change
    option: str | None = Field(description="null where there would be no answer")


class Way(Shape):
    """Changes that would give a decision in conflict an answer."""

    changes: list[Change]
    option: str
    with_: dict[str, str] = Field(alias="with", description="the later decisions of the subject")


class Dropped(Shape):
    """A fact of a conflict, and what another value of it alone leads to."""

    fact: Evidence
    ways: list[Way]


class Conflict(Shape):
    """The fewest facts that cannot all hold."""

    facts: list[Dropped]
    others: list[Way] = Field(description="where no single one is enough: the smallest sets of changes that are")


class Outcome(Shape):
    """The answer to a decision for one subject."""

    decision: str
    subject: str | None
    option: str | None = Field(description="null only with the verdict `conflict`")
    verdict: Literal["forced", "clear", "close", "default", "conflict"]
    score: int
    margin: int | None = Field(description="the lead over the next open option; null where there is no other")
    settled: bool
    asks: list[str]
    pending: list[Pending]
    unverified: bool
    declared: bool
    reasons: list[Reason]
    alternatives: list[Alternative]
    order: list[str] = Field(description="the options there are, in the order that decides between equal scores")
    sensitivity: list[Tipping] | None = Field(
        description="single stated facts that would change it, the nearest first; null unless asked for by -v"
    )
    conflict: Conflict | None = Field(description="why there is no answer; null unless asked for by -v")


class Edit(Span):
    """One span of the file and the text to put there; where both ends are the same, the text is put between."""

    text: str


class Fix(Shape):
    """What `check --fix` would do about a finding; the edits belong together."""

    title: str
    safe: bool = Field(description="false: done with `--unsafe-fixes` only")
    afterwards: str | None = Field(description="what is left for a person to do")
    edits: list[Edit]


class Finding(Span):
    """A rule that flags."""

    rule: str
    severity: Severity
    subject: str | None
    message: str
    remedy: str | None
    file: str
    related: list[Note]
    evidence: list[Evidence]
    sources: list[Source]
    fingerprint: str
    fix: Fix | None


class Suppression(Span):
    """What accepts a finding."""

    form: Literal["comment", "section"]
    because: str
    until: str | None


class Suppressed(Shape):
    """A finding that the file accepts."""

    finding: Finding
    suppression: Suppression


class Kept(Shape):
    """The decisions with the declared options fixed."""

    decisions: list[Outcome]


class Locked(Shape):
    """How a locked decision stands now."""

    decision: str
    subject: str | None
    holding: Literal["holds", "other_reason", "broken"]


class Advice(Shape):
    """All decisions and findings for one workload."""

    file: str
    name: str
    status: Literal["settled", "provisional"]
    exact: bool = Field(description="false: too much is unknown to try all; some of what is asked may not matter")
    asks: list[str] = Field(description="the unknown facts to ask for, those that settle most first")
    kept: Kept | None = Field(description="null where nothing is declared")
    decisions: list[Outcome]
    locked: list[Locked] = Field(description="how the decisions stand that a lock holds")
    findings: list[Finding]
    suppressed: list[Suppressed]
    baselined: list[Finding] = Field(description="findings that the baseline knows already")
    files: list[str] = Field(default=[], description="the files of other tools that the workload was read from")
    left_out: list[Note] = Field(default=[], description="what those files say and a workload does not")


class Diagnostic(Span):
    """A complaint about an input file itself."""

    file: str
    message: str
    hint: str | None
    related: list[Note]


class Counts(Shape):
    """Findings by severity."""

    error: int
    warning: int
    note: int


class Statistic(Shape):
    """How often a rule was found with a severity."""

    rule: str
    severity: Severity
    findings: int
    suppressed: int
    baselined: int


class Summary(Shape):
    """What was checked and found, in numbers."""

    files: int
    unusable: int
    rules: int
    findings: Counts
    suppressed: int = Field(description="findings that the files accept")
    baselined: int = Field(description="findings that the baseline knows already")
    ignored: int = Field(description="findings that the configuration or the command line leaves out")
    decisions: int
    provisional: int
    fixed: int | None = Field(description="findings that `--fix` fixed; null without it")
    fixable: int = Field(description="findings that have a fix, safe or not")
    oldest_fact: str | None
    statistics: list[Statistic]


class Report(Shape):
    """Everything one run has to say."""

    schema_: Literal["advice/1"] = Field(alias="schema")
    tool: Tool
    as_of: str
    workloads: list[Advice]
    diagnostics: list[Diagnostic]
    summary: Summary
