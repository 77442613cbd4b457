"""Two pieces of advice held against each other: what came out otherwise, and for which reasons."""

from collections.abc import Iterator, Sequence

from archadvisor.analysis.reads import Target
from archadvisor.analysis.trials import target_of
from archadvisor.model.advice import Advice, Finding, Outcome, Reason
from archadvisor.model.answer import Replaced, Shift, WhatIf


def compared(settings: tuple[Replaced, ...], before: Advice, after: Advice) -> WhatIf:
    """What is different in the advice, in what is kept of declared options, and in the findings."""
    shifts = [*_shifts(before.decisions, after.decisions)]
    declared = before.kept is not None or after.kept is not None
    kept = [*_shifts(before.kept or before.decisions, after.kept or after.decisions)] if declared else []
    return WhatIf(
        settings,
        before,
        after,
        tuple(shift for shift in shifts if _differs(shift)),
        tuple(shift for shift in kept if _differs(shift)),
        len([shift for shift in shifts if not _differs(shift)]),
        tuple(_without(before.findings, after.findings)),
        tuple(_without(after.findings, before.findings)),
    )


def _shifts(before: Sequence[Outcome], after: Sequence[Outcome]) -> Iterator[Shift]:
    """Every decision that arises before or after, in the order of before; what is new comes last."""
    old = {target_of(outcome): outcome for outcome in before}
    new = {target_of(outcome): outcome for outcome in after}
    for target in dict.fromkeys([*old, *new]):
        yield _shift(target, old.get(target), new.get(target))


def _shift(target: Target, before: Outcome | None, after: Outcome | None) -> Shift:
    was, now = _reasons(before), _reasons(after)
    gone = tuple(reason for key, reason in was.items() if key not in now)
    new = tuple(reason for key, reason in now.items() if key not in was)
    return Shift(target[0], target[1] or None, before, after, gone, new)


def _reasons(outcome: Outcome | None) -> dict[tuple[str, str], Reason]:
    """All reasons for and against any option, by rule and option."""
    if outcome is None:
        return {}
    reasons = [*outcome.reasons, *(reason for other in outcome.alternatives for reason in other.reasons)]
    return {(reason.rule, reason.option): reason for reason in reasons}


def _differs(shift: Shift) -> bool:
    before, after = shift.before, shift.after
    if before is None or after is None:
        return True
    return (
        shift.moved
        or (before.score, before.margin, before.settled) != (after.score, after.margin, after.settled)
        or bool(shift.gone or shift.new)
    )


def _without(findings: Sequence[Finding], others: Sequence[Finding]) -> Iterator[Finding]:
    """The findings that are not among others: the same rule about the same subject, with the same message."""
    known = {(other.rule, other.subject, other.message) for other in others}
    return (found for found in findings if (found.rule, found.subject, found.message) not in known)
