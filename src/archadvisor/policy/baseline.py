"""Baselines: which findings are known, which are new, and which known ones are gone."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from archadvisor.model.advice import Advice, Finding
from archadvisor.model.baseline import Entry
from archadvisor.model.place import START
from archadvisor.model.workload import short_name
from archadvisor.policy.rules import finding

STALE = "baseline/stale"


def entries(findings: Iterable[Finding]) -> tuple[Entry, ...]:
    """The findings of a file as a baseline keeps them: without lines, by rule and subject."""
    counts: Counter[str] = Counter()
    first: dict[str, Finding] = {}
    for found in findings:
        counts[found.fingerprint] += 1
        first.setdefault(found.fingerprint, found)
    made = [Entry(each.rule, each.subject, each.message, name, counts[name]) for name, each in first.items()]
    return tuple(sorted(made, key=lambda entry: (entry.rule, entry.subject or "", entry.fingerprint)))


def compared(advice: Advice, known: Sequence[Entry]) -> Advice:
    """The advice with the findings that a baseline knows set apart; what it knows and is gone is a finding."""
    left = Counter({entry.fingerprint: entry.count for entry in known})
    new: list[Finding] = []
    baselined: list[Finding] = []
    for found in advice.findings:
        (baselined if left[found.fingerprint] > 0 else new).append(found)
        left[found.fingerprint] -= 1
    stale = [_stale(advice.file, entry) for entry in known if left[entry.fingerprint] > 0]
    return replace(advice, findings=(*stale, *new), baselined=tuple(baselined))


def remaining(known: Sequence[Entry], findings: Iterable[Finding]) -> Iterator[Entry]:
    """What a baseline knows and is still found; nothing new."""
    now = Counter(found.fingerprint for found in findings)
    for entry in known:
        count = min(entry.count, now[entry.fingerprint])
        if count:
            yield replace(entry, count=count)


def _stale(file: str, entry: Entry) -> Finding:
    about = f"about `{short_name(entry.subject)}`" if entry.subject else "about the workload"
    return finding(STALE, file, START, entry.subject, {"rule": entry.rule, "about": about})
