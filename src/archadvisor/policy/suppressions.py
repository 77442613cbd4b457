"""Suppressions: the findings that a workload file accepts, and the suppressions that accept nothing."""

from collections.abc import Iterator, Mapping, Sequence

from archadvisor.model.advice import Advice, Finding, Suppressed
from archadvisor.model.fix import Fix, Remove
from archadvisor.model.frozen import replace
from archadvisor.model.suppression import Misfit, Suppression
from archadvisor.model.workload import Workload, short_name
from archadvisor.policy.rules import finding

Lines = Mapping[str | None, int]
"""The lines on which subjects are named, by path; None is the workload."""


def accepted(advice: Advice, workload: Workload, day: str) -> Advice:
    """The advice with the findings that the workload file accepts on an ISO day set apart.

    A finding goes to the first suppression that covers it. Suppressions that are over, that cover nothing more, or that
    cannot be used are findings instead.
    """
    if not workload.suppressions and not workload.misfits:
        return advice
    said = sorted(workload.suppressions, key=lambda each: each.place)
    current = [each for each in said if each.until is None or day <= each.until]
    lines = _lines(workload)
    claimed = [(found, _claim(found, current, lines)) for found in advice.findings]
    shown = [found for found, by in claimed if by is None]
    suppressed = tuple(Suppressed(found, by) for found, by in claimed if by is not None)
    used = {each.suppression.place for each in suppressed}
    more = [
        *(_misfit(advice.file, each) for each in workload.misfits),
        *(_expired(workload, each) for each in said if each not in current),
        *(_unused(workload, each, shown) for each in current if each.place not in used),
    ]
    findings = sorted([*shown, *more], key=lambda each: (each.file, each.place, each.rule, each.subject or ""))
    return replace(advice, findings=tuple(findings), suppressed=suppressed)


def covers(said: Suppression, found: Finding, lines: Lines) -> bool:
    """Whether a suppression speaks of a finding: of its rule, and of its subject or its place."""
    if said.rule != found.rule:
        return False
    if said.form == "section":
        return said.subject == found.subject
    return found.place.line in said.lines or lines.get(found.subject) == said.lines[0]


def _claim(found: Finding, current: Sequence[Suppression], lines: Lines) -> Suppression | None:
    return next((said for said in current if covers(said, found, lines)), None)


def _lines(workload: Workload) -> Lines:
    """Of literals and outcomes the finding's own place tells."""
    return {
        subject.path or None: subject.place.line
        for subject in workload.root.all()
        if subject.place is not None and subject.kind != "literal"
    }


def _misfit(file: str, said: Misfit) -> Finding:
    return finding(f"suppressions/{said.fault}", file, said.place, None, {"problem": said.problem}, said.remedy)


def _expired(workload: Workload, said: Suppression) -> Finding:
    assert said.until is not None
    told = {"rule": said.rule, "until": said.until}
    found = finding("suppressions/expired", workload.file, said.place, said.subject, told)
    return replace(found, fix=_removal(workload, said, f"remove the suppression of `{said.rule}`, which has expired"))


def _unused(workload: Workload, said: Suppression, shown: Sequence[Finding]) -> Finding:
    where = f"about `{short_name(said.subject)}`" if said.subject else "about the workload itself"
    elsewhere = list(_elsewhere(said, shown))
    told = {"rule": said.rule, "where": "here" if said.form == "comment" else where}
    remedy = f"remove it, or move it to {' or '.join(elsewhere[:3])}" if elsewhere else "remove it"
    found = finding("suppressions/unused", workload.file, said.place, said.subject, told, remedy)
    fix = None if elsewhere else _removal(workload, said, f"remove the suppression of `{said.rule}`: it finds nothing")
    return replace(found, fix=fix)


def _removal(workload: Workload, said: Suppression, title: str) -> Fix | None:
    edits = workload.editor((Remove(said.place),))
    return Fix(title, True, edits) if edits else None


def _elsewhere(said: Suppression, shown: Sequence[Finding]) -> Iterator[str]:
    """Where the rule does have findings, as the suppression's form names it."""
    for found in shown:
        if found.rule == said.rule and said.form == "comment":
            yield f"line {found.place.line}"
        elif found.rule == said.rule:
            yield f"`subject: {short_name(found.subject)}`" if found.subject else "the workload, with no `subject`"
