"""The design report as Markdown."""

import re
from collections.abc import Iterator, Sequence

from archadvisor.model.advice import Advice, Alternative, Evidence, Outcome, Reason, Report
from archadvisor.model.cost import Estimate, Span
from archadvisor.model.imprint import Imprint
from archadvisor.model.quantity import worded
from archadvisor.model.rule import Decision, Option, Source
from archadvisor.model.workload import Workload, short_name
from archadvisor.rendering.cost import NOT_COUNTED, span_in_words
from archadvisor.rendering.depth import conflict_in_words, tipping_in_words
from archadvisor.rendering.imprint import imprint_line
from archadvisor.rendering.mermaid import flowchart

_SPECIAL = re.compile(r"([\\`<>|*_\[\]#])")
_CODE = re.compile(r"(`[^`]*`)")
_EFFECTS = {"requires": "requires it", "rules_out": "rules it out", "favors": "speaks for it"}


def markdown(report: Report, workload: Workload, estimate: Estimate) -> str:
    """The report on one workload, ready for a review."""
    return "\n".join(_Document(report, workload, estimate).lines()) + "\n"


def escaped(text: str) -> str:
    """Text in which nothing acts as Markdown or HTML but its code spans."""
    parts = _CODE.split(text.replace("\n", " "))
    parts[::2] = [_SPECIAL.sub(r"\\\1", part) for part in parts[::2]]
    parts[1::2] = [span.replace("|", "\\|") for span in parts[1::2]]
    return "".join(parts)


class _Document:
    def __init__(self, report: Report, workload: Workload, estimate: Estimate) -> None:
        self.estimate = estimate
        self.report = report
        self.workload = workload
        self.advice: Advice = report.advices[0]
        self.decisions = {decision.id: decision for decision in report.decisions}
        self.titles = {
            (decision.id, option.id): option.title for decision in report.decisions for option in decision.options
        }

    def lines(self) -> Iterator[str]:
        """The lines of the document, section by section."""
        for section in (
            self._head,
            self._summary,
            self._diagram,
            self._details,
            self._cost,
            self._questions,
            self._findings,
            self._sources,
            self._making,
        ):
            yield from section()
            yield ""

    def _title(self, decision: str, option: str | None) -> str:
        return escaped(self.titles.get((decision, option or ""), option or "no answer"))

    def _head(self) -> Iterator[str]:
        yield f"# Architecture of {escaped(self.advice.name)}"
        yield ""
        open_questions = len({ask for outcome in self.advice.decisions for ask in outcome.asks})
        status = "settled" if self.advice.settled else f"provisional, with {open_questions} open questions"
        yield f"Advice for `{self.advice.file}` as of {self.report.as_of}: {status}."

    def _summary(self) -> Iterator[str]:
        yield "## Summary"
        yield ""
        yield "| decision | for | advice | verdict | lead |"
        yield "| --- | --- | --- | --- | --- |"
        for group in self._groups():
            first = group[0]
            settled = "" if all(outcome.settled for outcome in group) else ", provisional"
            lead = "" if first.margin is None else str(first.margin)
            unverified = ", unverified" if any(outcome.unverified for outcome in group) else ""
            advised = self._title(first.decision, first.option)
            yield f"| {first.decision} | {_named(group)} | {advised} | {first.verdict}{settled}{unverified} | {lead} |"
        if self.advice.kept is not None:
            yield ""
            yield from self._declared(self.advice.kept)

    def _declared(self, kept: Sequence[Outcome]) -> Iterator[str]:
        advised = {(outcome.decision, outcome.subject): outcome.option for outcome in self.advice.decisions}
        yield "Already declared:"
        yield ""
        for outcome in kept:
            if outcome.declared:
                other = advised.get((outcome.decision, outcome.subject))
                note = (
                    "as advised" if other == outcome.option else f"the advice is {self._title(outcome.decision, other)}"
                )
                chosen = self._title(outcome.decision, outcome.option)
                yield f"- {outcome.decision} of {_named([outcome])}: {chosen} ({note})"
                yield from self._conflict(outcome)

    def _diagram(self) -> Iterator[str]:
        yield "## Diagram"
        yield ""
        yield "```mermaid"
        yield flowchart(self.workload, self.advice, self.titles).rstrip("\n")
        yield "```"

    def _groups(self) -> list[list[Outcome]]:
        """Outcomes that came out alike, for the same rules."""
        found: dict[object, list[Outcome]] = {}
        for outcome in self.advice.decisions:
            rules = (
                *(r.rule for r in outcome.reasons),
                "/",
                *(r.rule for other in outcome.alternatives for r in other.reasons),
            )
            found.setdefault((outcome.decision, outcome.option, outcome.verdict, outcome.margin, rules), []).append(
                outcome
            )
        return list(found.values())

    def _details(self) -> Iterator[str]:
        yield "## Decisions"
        told: set[str] = set()
        for group in self._groups():
            decision = self.decisions[group[0].decision]
            if decision.id not in told:
                told.add(decision.id)
                yield ""
                yield f"### {decision.id}: {escaped(decision.question)}"
                yield ""
                yield escaped(decision.about)
            yield ""
            yield from self._group(decision, group)

    def _group(self, decision: Decision, group: list[Outcome]) -> Iterator[str]:
        first = group[0]
        yield f"**{_named(group)}: {self._title(decision.id, first.option)}** ({_verdict(first, decision)})"
        yield ""
        yield "| option | standing | score |"
        yield "| --- | --- | --- |"
        by_name = {other.option: other for other in first.alternatives}
        for option in decision.options:
            if option.id == first.option or option.id in by_name:
                yield self._row(first, option, by_name.get(option.id))
        yield ""
        told: set[tuple[str, str]] = set()
        for reason in (*first.reasons, *(reason for other in first.alternatives for reason in other.reasons)):
            if (reason.rule, reason.option) not in told:
                told.add((reason.rule, reason.option))
                yield from self._reason(decision, reason, group)
        yield from self._depth(group)

    def _depth(self, group: list[Outcome]) -> Iterator[str]:
        """What would change the answers, and why there is none where there is none."""
        for outcome in group:
            yield from self._conflict(outcome)
        weighed = [outcome for outcome in group if outcome.sensitivity is not None]
        if weighed:
            yield ""
            yield "What would change this, one stated fact at a time:"
            yield ""
        for outcome in weighed:
            yield f"- {_named([outcome])}: {escaped(tipping_in_words(outcome, self.titles))}"

    def _conflict(self, outcome: Outcome) -> Iterator[str]:
        if outcome.conflict is not None:
            first, *rest = conflict_in_words(outcome, outcome.conflict, self.titles)
            yield f"- **Conflict.** {escaped(first)}"
            yield from (f"  - {escaped(line)}" for line in rest)

    def _row(self, outcome: Outcome, option: Option, other: Alternative | None) -> str:
        if other is None:
            return f"| **{escaped(option.title)}** | advised | {outcome.score} |"
        companions = ", ".join(self._title(*pair) for pair in other.companions if pair[1] != "none")
        standing = "ruled out" if other.ruled_out else "considered" + (f", with {companions}" if companions else "")
        return f"| {escaped(option.title)} | {standing} | {'' if other.ruled_out else other.score} |"

    def _reason(self, decision: Decision, reason: Reason, group: list[Outcome]) -> Iterator[str]:
        weight = f" ({reason.strength}, {reason.concern})" if reason.strength else ""
        via = f", by way of {reason.via}" if reason.via else ""
        unverified = " *(unverified)*" if reason.unverified else ""
        told = f"{self._title(decision.id, reason.option)}: {escaped(reason.because)}.{unverified}"
        yield f"- {told} `{reason.rule}` {_EFFECTS[reason.effect]}{weight}{via}."
        evidence = {used.fact: used for outcome in group for found in _same(outcome, reason) for used in found.evidence}
        if evidence:
            yield f"  - Evidence: {'; '.join(_evidence(used) for used in evidence.values())}"
        yield f"  - Sources: {', '.join(f'[{source.id}](#{_anchor(source)})' for source in reason.sources)}"

    def _cost(self) -> Iterator[str]:
        yield "## Cost"
        yield ""
        yield "| all of it | a month | |"
        yield "| --- | --: | --- |"
        for plan in self.estimate.plans:
            told = f"needs {', '.join(f'`{fact}`' for fact in plan.missing)}" if plan.missing else _monthly(plan.span)
            yield f"| {escaped(plan.title)} | {told} | {'some prices are unverified' if plan.unverified else ''} |"
        yield ""
        yield f"{NOT_COUNTED} Prices were checked on {self.estimate.checked}; `archadvisor cost` shows every formula."

    def _questions(self) -> Iterator[str]:
        yield "## Open questions"
        yield ""
        asks: dict[str, set[str]] = {}
        for outcome in self.advice.decisions:
            for ask in outcome.asks:
                asks.setdefault(ask, set()).add(outcome.decision)
        if not asks:
            yield "None: no unknown fact could change the advice."
        for ask in self.advice.asks:
            yield f"- `{ask}` could change {', '.join(sorted(asks[ask]))}"
        if asks and not self.advice.exact:
            yield ""
            yield "So many facts are unknown that not all combinations were tried: some of these may not matter."

    def _findings(self) -> Iterator[str]:
        yield "## Findings"
        yield ""
        if not self.advice.findings:
            yield "None."
        for found in self.advice.findings:
            yield f"- **{found.severity}** {escaped(found.message)} (`{found.rule}`, line {found.place.line})"
            if found.remedy:
                yield f"  - Remedy: {escaped(found.remedy)}"
            yield f"  - Sources: {', '.join(f'[{source.id}](#{_anchor(source)})' for source in found.sources)}"

    def _sources(self) -> Iterator[str]:
        yield "## Sources"
        yield ""
        reasons = [
            r
            for o in self.advice.decisions
            for r in (*o.reasons, *(x for other in o.alternatives for x in other.reasons))
        ]
        used = {source.id: source for reason in reasons for source in reason.sources}
        used |= {source.id: source for found in self.advice.findings for source in found.sources}
        for _, source in sorted(used.items()):
            link = f" <{source.url}>" if source.url else ""
            kind = source.kind.replace("_", " ")
            dated = f"({kind}, checked {source.checked})"
            yield f'- <a id="{_anchor(source)}"></a>{source.id}: {escaped(source.title)} {dated}{link}'

    def _making(self) -> Iterator[str]:
        packs = ", ".join(f"{pack.name} {pack.version}" for pack in self.report.packs)
        yield "## How this was made"
        yield ""
        report = self.report
        yield f"archadvisor {report.version}, packs: {packs}, {report.rules} rules, as of {report.as_of}."
        yield f"The oldest source used was checked on {report.oldest_fact},"
        yield f"the oldest table of the catalog on {report.catalog_checked}."
        yield ""
        yield imprint_line(Imprint(self.advice.file, report.as_of, report.version))


def _monthly(span: Span | None) -> str:
    return "" if span is None else span_in_words(span)


def _named(group: Sequence[Outcome]) -> str:
    names = [short_name(outcome.subject or "") for outcome in group]
    return ", ".join(f"`{name}`" for name in names if name) or "the workload"


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


def _same(outcome: Outcome, reason: Reason) -> Iterator[Reason]:
    everything = (*outcome.reasons, *(found for other in outcome.alternatives for found in other.reasons))
    return (found for found in everything if found.rule == reason.rule)


def _evidence(used: Evidence) -> str:
    value = "\\*\\*\\*\\*" if used.redacted else escaped(worded(used.value, used.unit))
    where = used.place.in_words if used.place else used.origin
    derived = (
        f", derived from {', '.join(f'`{name}`' for name in used.inputs)}"
        if used.origin == "derived" and used.inputs != ("-",)
        else ""
    )
    return f"`{used.fact}` is {value} ({where}{derived})"


def _anchor(source: Source) -> str:
    return f"source-{source.id}"
