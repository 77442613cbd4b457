"""What a run found, in numbers that add up file by file."""

from collections import Counter
from collections.abc import Iterable, Mapping
from operator import add, attrgetter

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
    """Numbers that are added up, so that those of single files need not be kept."""

    def __init__(self) -> None:
        self._numbers = [0] * len(_NUMBERS)
        self._counts = tuple(dict[tuple[str, Severity], int]() for _ in _COUNTS)
        self._oldest: str | None = None

    def add(self, more: Totals) -> None:
        """Adds the numbers of some files more."""
        self._numbers = [*map(add, self._numbers, _numbers_of(more))]
        for own, counts in zip(self._counts, _counts_of(more), strict=True):
            for rule, severity, number in counts:
                own[rule, severity] = own.get((rule, severity), 0) + number
        if more.oldest_fact and (self._oldest is None or more.oldest_fact < self._oldest):
            self._oldest = more.oldest_fact

    @property
    def totals(self) -> Totals:
        """The numbers so far."""
        files, unsettled, decisions, provisional, ignored, safe, unsafe = self._numbers
        shown, suppressed, baselined = map(_flat, self._counts)
        return Totals(
            *(files, unsettled, decisions, provisional, ignored, safe, unsafe),
            *(shown, suppressed, baselined),
            oldest_fact=self._oldest,
        )


_NUMBERS = ("files", "unsettled", "decisions", "provisional", "ignored", "safe_fixes", "unsafe_fixes")
_COUNTS = ("shown", "suppressed", "baselined")
_numbers_of, _counts_of = attrgetter(*_NUMBERS), attrgetter(*_COUNTS)


def total(advices: Iterable[Advice]) -> Totals:
    """The numbers of some advice."""
    found = Sum()
    for advice in advices:
        found.add(totals_of(advice))
    return found.totals


def _counts(findings: Iterable[Finding]) -> Counts:
    return _flat(Counter((finding.rule, finding.severity) for finding in findings))


def _flat(counter: Mapping[tuple[str, Severity], int]) -> Counts:
    return tuple((rule, severity, number) for (rule, severity), number in counter.items())
