"""What a run checked and found, in numbers: for every format that sums up."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from archadvisor.model.advice import Finding, Report
from archadvisor.model.rule import SEVERITIES, Severity
from archadvisor.rendering.fixing import fixing
from archadvisor.rendering.paint import counted

NOTHING = "nothing was checked: no workload file was found"


@dataclass(frozen=True, slots=True)
class Summary:
    """The numbers of a run."""

    files: int
    unusable: int
    findings: tuple[tuple[Severity, int], ...]
    suppressed: int
    baselined: int
    ignored: int
    decisions: int
    provisional: int
    fixable: int


@dataclass(frozen=True, slots=True)
class Statistic:
    """How often a rule was found with a severity, and how often that was accepted or known."""

    rule: str
    severity: Severity
    findings: int
    suppressed: int
    baselined: int


def summary(report: Report) -> Summary:
    """The numbers of a report."""
    found = Counter(finding.severity for advice in report.advices for finding in advice.findings)
    outcomes = [outcome for advice in report.advices for outcome in advice.decisions]
    return Summary(
        files=sum(len(advice.files) or 1 for advice in report.advices),
        unusable=len({diagnostic.file for diagnostic in report.diagnostics}),
        findings=tuple((severity, found[severity]) for severity in SEVERITIES),
        suppressed=sum(len(advice.suppressed) for advice in report.advices),
        baselined=sum(len(advice.baselined) for advice in report.advices),
        ignored=sum(advice.ignored for advice in report.advices),
        decisions=len(outcomes),
        provisional=len([outcome for outcome in outcomes if not outcome.settled]),
        fixable=len([1 for advice in report.advices for finding in advice.findings if finding.fix]),
    )


def sentence(report: Report) -> str:
    """What was checked, what was found, what is provisional, how old the facts are."""
    numbers = summary(report)
    if not numbers.files and not numbers.unusable:
        return NOTHING if report.since is None else f"no workload file has changed since `{report.since}`"
    accepted = [
        (numbers.suppressed, "suppressed"),
        (numbers.baselined, "known to the baseline"),
        (numbers.ignored, "ignored by configuration"),
    ]
    parts = [
        f"{counted(numbers.files, 'file')} checked against {report.rules} rules",
        *([f"{counted(numbers.unusable, 'file')} could not be used"] if numbers.unusable else []),
        ", ".join(counted(number, severity) for severity, number in numbers.findings),
        *(f"{number} {how}" for number, how in accepted if number),
        *fixing(report),
        f"{counted(numbers.decisions, 'decision')}, {numbers.provisional or 'none'} provisional",
        *([f"oldest fact used was checked on {report.oldest_fact}"] if report.oldest_fact else []),
    ]
    return "; ".join(parts)


def statistics(report: Report) -> tuple[Statistic, ...]:
    """Every rule that was found, the most frequent first."""
    shown = Counter(_key(finding) for advice in report.advices for finding in advice.findings)
    accepted = Counter(_key(found.finding) for advice in report.advices for found in advice.suppressed)
    known = Counter(_key(finding) for advice in report.advices for finding in advice.baselined)
    keys = {*shown, *accepted, *known}
    ordered = sorted(keys, key=lambda key: (-shown[key], SEVERITIES.index(key[1]), key[0]))
    return tuple(Statistic(*key, shown[key], accepted[key], known[key]) for key in ordered)


def statistics_lines(report: Report) -> Iterator[str]:
    """The statistics as lines: how often, how severe, which rule."""
    for found in statistics(report):
        accepted = [(found.suppressed, "suppressed"), (found.baselined, "known to the baseline")]
        also = ", ".join(f"{number} {how}" for number, how in accepted if number)
        yield f"{found.findings:>5}  {found.severity:<7}  {found.rule}{f'  ({also})' if also else ''}"


def _key(finding: Finding) -> tuple[str, Severity]:
    return finding.rule, finding.severity
