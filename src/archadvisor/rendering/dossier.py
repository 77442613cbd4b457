"""Puts together what a design report tells: advice, cost and catalog, by decision."""

from collections.abc import Iterator, Sequence

from archadvisor.model.advice import Advice, Alternative, Outcome, Reason, Report
from archadvisor.model.catalog import Table
from archadvisor.model.cost import Estimate
from archadvisor.model.dossier import Answer, Chapter, Declared, Dossier, Ground, Row, Standing
from archadvisor.model.rule import Decision, Source
from archadvisor.model.workload import Workload, short_name
from archadvisor.rendering.architecture import Titles, architecture
from archadvisor.rendering.depth import conflict_in_words, tipping_in_words

_EFFECTS = {"requires": "requires it", "rules_out": "rules it out", "favors": "speaks for it"}


def dossier(report: Report, workload: Workload, estimate: Estimate, tables: Sequence[Table]) -> Dossier:
    """The design report on one workload; the advice must be explained, and in depth."""
    return _Editor(report, workload, estimate, tables).dossier()


def named(subjects: Sequence[str]) -> str:
    """Subjects in a sentence, in backticks."""
    return ", ".join(f"`{name}`" for name in subjects) or "the workload"


class _Editor:
    def __init__(self, report: Report, workload: Workload, estimate: Estimate, tables: Sequence[Table]) -> None:
        self.report = report
        self.workload = workload
        self.estimate = estimate
        self.tables = tables
        self.advice: Advice = report.advices[0]
        self.titles: Titles = {
            (decision.id, option.id): option.title for decision in report.decisions for option in decision.options
        }
        self.groups = _alike(self.advice.decisions)

    def dossier(self) -> Dossier:
        """All of it."""
        advice, report = self.advice, self.report
        return Dossier(
            name=advice.name,
            file=advice.file,
            as_of=report.as_of,
            settled=advice.settled,
            exact=advice.exact,
            rows=tuple(self._row(group) for group in self.groups),
            declared=None if advice.kept is None else tuple(self._declared(advice.kept)),
            architecture=architecture(self.workload, advice, self.titles),
            chapters=tuple(self._chapters()),
            estimate=self.estimate,
            questions=tuple(self._questions()),
            findings=advice.findings,
            suppressed=advice.suppressed,
            sources=tuple(source for _, source in sorted(self._sources().items())),
            unverified=tuple(sorted({reason.rule for reason in self._reasons() if reason.unverified})),
            tables=tuple(self.tables),
            lines=advice.lines,
            version=report.version,
            packs=tuple(f"{pack.name} {pack.version}" for pack in report.packs),
            rules=report.rules,
            oldest_fact=report.oldest_fact,
        )

    def _title(self, decision: str, option: str | None) -> str:
        return self.titles.get((decision, option or ""), option or "no answer")

    def _row(self, group: Sequence[Outcome]) -> Row:
        first = group[0]
        return Row(
            first.decision,
            _subjects(group),
            self._title(first.decision, first.option),
            first.verdict,
            first.margin,
            not all(outcome.settled for outcome in group),
            any(outcome.unverified for outcome in group),
        )

    def _declared(self, kept: Sequence[Outcome]) -> Iterator[Declared]:
        advised = {(outcome.decision, outcome.subject): outcome.option for outcome in self.advice.decisions}
        for outcome in kept:
            if outcome.declared:
                other = advised.get((outcome.decision, outcome.subject))
                yield Declared(
                    outcome.decision,
                    _subjects([outcome]),
                    self._title(outcome.decision, outcome.option),
                    None if other == outcome.option else self._title(outcome.decision, other),
                    self._conflict(outcome),
                )

    def _chapters(self) -> Iterator[Chapter]:
        for decision in self.report.decisions:
            groups = [group for group in self.groups if group[0].decision == decision.id]
            if groups:
                yield Chapter(decision, tuple(self._answer(decision, group) for group in groups))

    def _answer(self, decision: Decision, group: Sequence[Outcome]) -> Answer:
        first = group[0]
        by_name = {other.option: other for other in first.alternatives}
        there = [option for option in decision.options if option.id == first.option or option.id in by_name]
        return Answer(
            _subjects(group),
            self._title(decision.id, first.option),
            _verdict(first, decision),
            tuple(self._standing(first, option.title, by_name.get(option.id)) for option in there),
            tuple(self._grounds(decision, group)),
            tuple(filter(None, map(self._conflict, group))),
            self._tipping(group),
        )

    def _tipping(self, group: Sequence[Outcome]) -> tuple[tuple[tuple[str, ...], str], ...]:
        """What would change the answer; subjects for which that is the same are told together."""
        found: dict[str, list[Outcome]] = {}
        for outcome in group:
            if outcome.sensitivity is not None:
                found.setdefault(tipping_in_words(outcome, self.titles), []).append(outcome)
        return tuple((_subjects(outcomes), told) for told, outcomes in found.items())

    def _standing(self, outcome: Outcome, title: str, other: Alternative | None) -> Standing:
        if other is None:
            return Standing(title, True, "advised", outcome.score)
        if other.ruled_out:
            return Standing(title, False, "ruled out", None)
        companions = ", ".join(self._title(*pair) for pair in other.companions if pair[1] != "none")
        return Standing(title, False, f"considered, with {companions}" if companions else "considered", other.score)

    def _grounds(self, decision: Decision, group: Sequence[Outcome]) -> Iterator[Ground]:
        told: set[tuple[str, str]] = set()
        for reason in _every_reason(group[0]):
            if (reason.rule, reason.option) not in told:
                told.add((reason.rule, reason.option))
                weight = f" ({reason.strength}, {reason.concern})" if reason.strength else ""
                via = f", by way of {reason.via}" if reason.via else ""
                spoken = [found for each in group for found in _every_reason(each) if found.rule == reason.rule]
                yield Ground(
                    self._title(decision.id, reason.option),
                    reason.because,
                    reason.rule,
                    f"{_EFFECTS[reason.effect]}{weight}{via}",
                    reason.effect == "rules_out",
                    reason.unverified,
                    tuple({used.fact: used for found in spoken for used in found.evidence}.values()),
                    reason.sources,
                )

    def _conflict(self, outcome: Outcome) -> tuple[str, ...]:
        return () if outcome.conflict is None else tuple(conflict_in_words(outcome, outcome.conflict, self.titles))

    def _questions(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        for ask in self.advice.asks:
            concerned = {outcome.decision for outcome in self.advice.decisions if ask in outcome.asks}
            yield ask, tuple(sorted(concerned))

    def _reasons(self) -> Iterator[Reason]:
        return (reason for outcome in self.advice.decisions for reason in _every_reason(outcome))

    def _sources(self) -> dict[str, Source]:
        used = {source.id: source for reason in self._reasons() for source in reason.sources}
        return used | {source.id: source for found in self.advice.every_finding() for source in found.sources}


def _alike(outcomes: Sequence[Outcome]) -> list[list[Outcome]]:
    """Outcomes that came out alike, for the same rules."""
    found: dict[object, list[Outcome]] = {}
    for outcome in outcomes:
        against = tuple(reason.rule for other in outcome.alternatives for reason in other.reasons)
        rules = tuple(reason.rule for reason in outcome.reasons), against
        found.setdefault((outcome.decision, outcome.option, outcome.verdict, outcome.margin, rules), []).append(outcome)
    return list(found.values())


def _subjects(group: Sequence[Outcome]) -> tuple[str, ...]:
    return tuple(filter(None, (short_name(outcome.subject or "") for outcome in group)))


def _every_reason(outcome: Outcome) -> tuple[Reason, ...]:
    return (*outcome.reasons, *(reason for other in outcome.alternatives for reason in other.reasons))


def _verdict(outcome: Outcome, decision: Decision) -> str:
    match outcome.verdict:
        case "forced":
            return "forced: every other option is ruled out"
        case "clear":
            return f"clear, with a lead of {outcome.margin}"
        case "close" if outcome.margin == 0 and outcome.option == decision.default:
            return "close: an equal score, which the default wins"
        case "close":
            return f"close, with a lead of {outcome.margin}"
        case "default":
            return "the default: nothing speaks for an option"
        case _:
            return "conflict: every option is ruled out"
