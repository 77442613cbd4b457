"""What a run checked and found, in numbers: for every format that sums up."""

from collections import Counter
from collections.abc import Iterator

from archadvisor.model.advice import Report
from archadvisor.model.frozen import dataclass
from archadvisor.model.rule import SEVERITIES, Severity
from archadvisor.model.totals import Counts, Totals
from archadvisor.rendering.fixing import fixing
from archadvisor.rendering.paint import counted

NOTHING = "nothing was checked: no workload file was found"


@dataclass(frozen=True, slots=True)
class Statistic:
    """How often a rule was found with a severity, and how often that was accepted or known."""

    rule: str
    severity: Severity
    findings: int
    suppressed: int
    baselined: int


def unusable(report: Report) -> int:
    """How many files could not be used."""
    return len({diagnostic.file for diagnostic in report.diagnostics})


def number_of(counts: Counts) -> int:
    """How many findings that is in all."""
    return sum(number for _, _, number in counts)


def sentence(report: Report, totals: Totals) -> str:
    """What was checked, what was found, what is provisional, how old the facts are."""
    unused = unusable(report)
    if not totals.files and not unused:
        return NOTHING if report.since is None else f"no workload file has changed since `{report.since}`"
    accepted = [
        (number_of(totals.suppressed), "suppressed"),
        (number_of(totals.baselined), "known to the baseline"),
        (totals.ignored, "ignored by configuration"),
    ]
    parts = [
        f"{counted(totals.files, 'file')} checked against {report.rules} rules",
        *([f"{counted(unused, 'file')} could not be used"] if unused else []),
        ", ".join(counted(totals.of(severity), severity) for severity in SEVERITIES),
        *(f"{number} {how}" for number, how in accepted if number),
        *fixing(report, totals),
        f"{counted(totals.decisions, 'decision')}, {totals.provisional or 'none'} provisional",
        *([f"oldest fact used was checked on {totals.oldest_fact}"] if totals.oldest_fact else []),
    ]
    return "; ".join(parts)


def statistics(totals: Totals) -> tuple[Statistic, ...]:
    """Every rule that was found, the most frequent first."""
    shown, accepted, known = _by_rule(totals.shown), _by_rule(totals.suppressed), _by_rule(totals.baselined)
    keys = {*shown, *accepted, *known}
    ordered = sorted(keys, key=lambda key: (-shown[key], SEVERITIES.index(key[1]), key[0]))
    return tuple(Statistic(*key, shown[key], accepted[key], known[key]) for key in ordered)


def statistics_lines(totals: Totals) -> Iterator[str]:
    """The statistics as lines: how often, how severe, which rule."""
    for found in statistics(totals):
        accepted = [(found.suppressed, "suppressed"), (found.baselined, "known to the baseline")]
        also = ", ".join(f"{number} {how}" for number, how in accepted if number)
        yield f"{found.findings:>5}  {found.severity:<7}  {found.rule}{f'  ({also})' if also else ''}"


def _by_rule(counts: Counts) -> Counter[tuple[str, Severity]]:
    return Counter({(rule, severity): number for rule, severity, number in counts})
