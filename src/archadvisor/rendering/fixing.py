"""Fixes in words: what is on offer, what was done, and what is left."""

from archadvisor.model.advice import Report
from archadvisor.model.fix import Fix
from archadvisor.model.repair import Repair
from archadvisor.model.totals import Totals


def offer(fix: Fix | Repair) -> str:
    """What a fix would do, and the options that do it."""
    return f"{fix.title} ({'--fix' if fix.safe else '--fix --unsafe-fixes'})"


def fixing(report: Report, totals: Totals) -> list[str]:
    """How many findings were fixed and how many are left; how many can be fixed, and by which options."""
    left = sum(number for _, _, number in totals.shown)
    done = [] if report.fixed is None else [f"{report.fixed} fixed, {left} left"]
    return [*done, *_fixable(totals.safe_fixes, totals.unsafe_fixes)]


def _fixable(safe: int, unsafe: int) -> list[str]:
    """How many fixes there are, by the options that do them."""
    if unsafe and safe:
        return [f"{safe} fixable with --fix, {unsafe} more with --unsafe-fixes"]
    return [f"{safe + unsafe} fixable with --fix{' --unsafe-fixes' if unsafe else ''}"] if safe + unsafe else []
