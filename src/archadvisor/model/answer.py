"""Answers to questions asked of the advice: what if, why not, how sensitive, what conflicts."""

from dataclasses import dataclass

from archadvisor.model.advice import Advice, Evidence, Finding, Outcome, Reason
from archadvisor.model.change import Change


@dataclass(frozen=True, slots=True)
class WhyNot:
    """The smallest sets of changes that would make an option win."""

    file: str
    decision: str
    subject: str | None
    option: str
    outcome: Outcome | None
    """How the decision comes out now; None where it does not arise."""
    answers: tuple[tuple[Change, ...], ...]
    size: int
    """How many changes each answer has; without answers, up to how many were looked at."""
    exhausted: bool
    """Whether every set of that size was looked at."""
    fixed: tuple[str, ...]

    @property
    def wins(self) -> bool:
        """Whether the option is advised as it is."""
        return self.outcome is not None and self.outcome.option == self.option


@dataclass(frozen=True, slots=True)
class Shift:
    """One decision for one subject, before and after; None where it does not arise."""

    decision: str
    subject: str | None
    before: Outcome | None
    after: Outcome | None
    gone: tuple[Reason, ...]
    new: tuple[Reason, ...]

    @property
    def moved(self) -> bool:
        """Whether the option or the verdict is another."""
        return _answer(self.before) != _answer(self.after)


def _answer(outcome: Outcome | None) -> tuple[str | None, str] | None:
    return None if outcome is None else (outcome.option, outcome.verdict)


@dataclass(frozen=True, slots=True)
class Replaced:
    """A path that was set, and the facts there as they were and are; none where it is no fact."""

    path: str
    before: Evidence | None
    after: Evidence | None


@dataclass(frozen=True, slots=True)
class WhatIf:
    """Advice before and after some settings, and what is different."""

    settings: tuple[Replaced, ...]
    before: Advice
    after: Advice
    shifts: tuple[Shift, ...]
    """Every decision whose option, verdict, score or reasons are not the same."""
    kept: tuple[Shift, ...]
    """The same with declared options fixed; empty where nothing is declared before or after."""
    same: int
    """How many decisions come out alike, for the same reasons."""
    gone: tuple[Finding, ...]
    new: tuple[Finding, ...]
