"""Fixes in words: what is on offer, what was done, and what is left."""

from collections.abc import Sequence

from archadvisor.model.advice import Report
from archadvisor.model.fix import Fix
from archadvisor.model.repair import Repair


def offer(fix: Fix | Repair) -> str:
    """What a fix would do, and the options that do it."""
    return f"{fix.title} ({'--fix' if fix.safe else '--fix --unsafe-fixes'})"


def fixing(report: Report) -> list[str]:
    """How many findings were fixed and how many are left; how many can be fixed, and by which options."""
    found = [finding for advice in report.advices for finding in advice.findings]
    done = [] if report.fixed is None else [f"{report.fixed} fixed, {len(found)} left"]
    return [*done, *fixable([finding.fix for finding in found if finding.fix])]


def fixable(fixes: Sequence[Fix]) -> list[str]:
    """How many fixes there are, by the options that do them."""
    safe = len([fix for fix in fixes if fix.safe])
    unsafe = len(fixes) - safe
    if unsafe and safe:
        return [f"{safe} fixable with --fix, {unsafe} more with --unsafe-fixes"]
    return [f"{len(fixes)} fixable with --fix{' --unsafe-fixes' if unsafe else ''}"] if fixes else []
