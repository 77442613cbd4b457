"""What a run found, in numbers that add up file by file."""

from collections import Counter
from collections.abc import Iterable

from archadvisor.model.advice import Advice, Finding
from archadvisor.model.frozen import dataclass
from archadvisor.model.rule import SEVERITIES, Severity

Counts = tuple[tuple[str, Severity, int], ...]
"""How often each rule spoke with a severity."""


@dataclass(frozen=True, slots=True)
class Totals:
    """The numbers of some files."""

    files: int = 0
    unsettled: int = 0
    """Files whose advice is provisional."""
    decisions: int = 0
    provisional: int = 0
    ignored: int = 0
    safe_fixes: int = 0
    unsafe_fixes: int = 0
    shown: Counts = ()
    suppressed: Counts = ()
    baselined: Counts = ()
    oldest_fact: str | None = None
    """The day on which the oldest source or catalog table used was checked."""

    def of(self, severity: Severity) -> int:
        """How many findings of a severity are shown."""
        return sum(number for _, own, number in self.shown if own == severity)

    def reach(self, severity: Severity | None) -> bool:
        """Whether a finding that is shown is at least that severe; None: that counts for nothing."""
        reaching = SEVERITIES[: SEVERITIES.index(severity) + 1] if severity else ()
        return any(own in reaching for _, own, _ in self.shown)


def totals_of(advice: Advice) -> Totals:
    """The numbers of one file."""
    fixes = [finding.fix for finding in advice.findings if finding.fix]
    safe = len([fix for fix in fixes if fix.safe])
    return Totals(
        files=len(advice.files) or 1,
        unsettled=0 if advice.settled else 1,
        decisions=len(advice.decisions),
        provisional=len([outcome for outcome in advice.decisions if not outcome.settled]),
        ignored=advice.ignored,
        safe_fixes=safe,
        unsafe_fixes=len(fixes) - safe,
        shown=_counts(advice.findings),
        suppressed=_counts(each.finding for each in advice.suppressed),
        baselined=_counts(advice.baselined),
        oldest_fact=advice.oldest_fact,
    )


class Sum:
    """Numbers that are added up file by file, so that none has to be kept."""

    def __init__(self) -> None:
        self._numbers: Counter[str] = Counter()
        self._counts: dict[str, Counter[tuple[str, Severity]]] = {name: Counter() for name in _COUNTS}
        self._oldest: str | None = None

    def add(self, more: Totals) -> None:
        """Adds the numbers of some files more."""
        for name in _NUMBERS:
            self._numbers[name] += getattr(more, name)
        for name, counter in self._counts.items():
            for rule, severity, number in getattr(more, name):
                counter[rule, severity] += number
        self._oldest = min(filter(None, (self._oldest, more.oldest_fact)), default=None)

    @property
    def totals(self) -> Totals:
        """The numbers so far."""
        numbers, counts = self._numbers, {name: _flat(counter) for name, counter in self._counts.items()}
        return Totals(
            files=numbers["files"],
            unsettled=numbers["unsettled"],
            decisions=numbers["decisions"],
            provisional=numbers["provisional"],
            ignored=numbers["ignored"],
            safe_fixes=numbers["safe_fixes"],
            unsafe_fixes=numbers["unsafe_fixes"],
            shown=counts["shown"],
            suppressed=counts["suppressed"],
            baselined=counts["baselined"],
            oldest_fact=self._oldest,
        )


_NUMBERS = ("files", "unsettled", "decisions", "provisional", "ignored", "safe_fixes", "unsafe_fixes")
_COUNTS = ("shown", "suppressed", "baselined")


def total(advices: Iterable[Advice]) -> Totals:
    """The numbers of some advice."""
    found = Sum()
    for advice in advices:
        found.add(totals_of(advice))
    return found.totals


def _counts(findings: Iterable[Finding]) -> Counts:
    return _flat(Counter((finding.rule, finding.severity) for finding in findings))


def _flat(counter: Counter[tuple[str, Severity]]) -> Counts:
    return tuple((rule, severity, number) for (rule, severity), number in counter.items())
