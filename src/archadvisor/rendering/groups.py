"""Outcomes that came out alike, told together."""

from collections.abc import Mapping, Sequence

from archadvisor.model.advice import Outcome, Report
from archadvisor.model.frozen import dataclass
from archadvisor.model.rule import Decision
from archadvisor.model.workload import short_name

Titles = Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class Group:
    """Outcomes of one decision with the same answer and verdict."""

    decision: str
    title: str
    outcomes: tuple[Outcome, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The subjects by their short names; none for the workload as a whole."""
        return tuple(short_name(outcome.subject) for outcome in self.outcomes if outcome.subject)

    @property
    def verdict(self) -> str:
        """The verdict, with a `?` where one of the outcomes is provisional."""
        settled = all(outcome.settled for outcome in self.outcomes)
        return self.outcomes[0].verdict + ("" if settled else "?")

    @property
    def unverified(self) -> bool:
        """Whether one of the outcomes rests on an unverified fact."""
        return any(outcome.unverified for outcome in self.outcomes)


def titles(report: Report) -> Titles:
    """The titles of all options, by decision and option."""
    return {(decision.id, option.id): option.title for decision in report.decisions for option in decision.options}


def groups(report: Report, outcomes: Sequence[Outcome]) -> list[Group]:
    """Outcomes grouped by decision, answer and verdict, in the order in which they were made."""
    made = {decision.id: decision for decision in report.decisions}
    found: dict[tuple[str, str | None, str], list[Outcome]] = {}
    for outcome in outcomes:
        found.setdefault((outcome.decision, outcome.option, outcome.verdict), []).append(outcome)
    return [
        Group(decision, _title(made.get(decision), option), tuple(alike))
        for (decision, option, _), alike in found.items()
    ]


def _title(decision: Decision | None, option: str | None) -> str:
    options = () if decision is None else decision.options
    return next((known.title for known in options if known.id == option), "no answer")
