"""The report as text for a terminal: decisions, findings in frames, and a summary."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from archadvisor.model.advice import Advice, EffectName, Finding, Outcome, Reason, Report
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.rule import POINTS, SEVERITIES
from archadvisor.model.workload import short_name
from archadvisor.rendering.fixing import fixing, offer
from archadvisor.rendering.frame import frame
from archadvisor.rendering.paint import SEVERITY_COLOURS, Paper, counted, cut, folded, printable

_VERDICT_COLOURS = {"forced": "green", "clear": "green", "close": "yellow", "default": "dim", "conflict": "red"}
_MOST_ASKS = 6
_MOST_REASONS = 3
_SIGNS: dict[EffectName, str] = {"requires": "!", "favors": "+", "rules_out": "x"}


@dataclass(frozen=True, slots=True)
class Detail:
    """How much to tell of each decision: its reasons, and the arithmetic behind it."""

    reasons: bool
    arithmetic: bool


@dataclass(frozen=True, slots=True)
class _Group:
    """Outcomes of one decision that came out alike."""

    decision: str
    title: str
    outcomes: tuple[Outcome, ...]


def text(report: Report, paper: Paper, detail: Detail) -> str:
    """The whole report; ends with a line that says what was checked."""
    blocks = [_advice(report, advice, paper, detail) for advice in report.advices]
    lines_of = dict(report.lines)
    blocks += [_diagnostic(found, lines_of.get(found.file, ()), paper) for found in report.diagnostics]
    rendered = [block for found in blocks if (block := "\n".join(found))]
    return "\n\n".join([*rendered, "\n".join(_summary(report, paper))]) + "\n"


def diagnostics_text(diagnostics: Sequence[Diagnostic], lines: Mapping[str, Sequence[str]], paper: Paper) -> str:
    """Diagnostics alone, each in its frame; `lines` are those of the files that may be shown."""
    return "\n\n".join("\n".join(_diagnostic(found, lines.get(found.file, ()), paper)) for found in diagnostics) + "\n"


def _advice(report: Report, advice: Advice, paper: Paper, detail: Detail) -> Iterator[str]:
    status = "settled" if advice.settled else "provisional"
    colour = "green" if advice.settled else "yellow"
    yield f"{paper.paint(advice.name, 'bold')}  {printable(advice.file)}  {paper.paint(status, colour)}"
    yield ""
    for group in _groups(report, advice.decisions):
        yield from _group_lines(group, paper)
        if detail.reasons:
            yield from _reasons(report, group, paper, None if detail.arithmetic else _MOST_REASONS)
        if detail.arithmetic:
            yield from _arithmetic(report, group, paper)
    yield from _declared(report, advice, paper)
    yield from _asks(advice, paper)
    for finding in advice.findings:
        yield ""
        yield from _finding(finding, advice.lines, paper)


def _groups(report: Report, outcomes: Sequence[Outcome]) -> list[_Group]:
    titles = {(decision.id, option.id): option.title for decision in report.decisions for option in decision.options}
    found: dict[tuple[str, str | None, str], list[Outcome]] = {}
    for outcome in outcomes:
        found.setdefault((outcome.decision, outcome.option, outcome.verdict), []).append(outcome)
    return [
        _Group(decision, titles.get((decision, option or ""), "no answer"), tuple(alike))
        for (decision, option, _), alike in found.items()
    ]


def _group_lines(group: _Group, paper: Paper) -> Iterator[str]:
    verdict = group.outcomes[0].verdict
    provisional = "" if all(outcome.settled for outcome in group.outcomes) else "?"
    unverified = " (rests on an unverified fact)" if any(outcome.unverified for outcome in group.outcomes) else ""
    named = (
        ", ".join(short_name(outcome.subject or "") for outcome in group.outcomes if outcome.subject)
        or "the whole workload"
    )
    head = f"  {group.decision:<13} {cut(group.title, 26):<26} {verdict + provisional:<9} "
    lines = list(folded(named + unverified, paper.width, head, " " * len(head)))
    yield (
        lines[0].replace(f" {verdict}", f" {paper.paint(verdict, _VERDICT_COLOURS[verdict])}", 1)
        if paper.colours
        else lines[0]
    )
    yield from lines[1:]


def _reasons(report: Report, group: _Group, paper: Paper, most: int | None) -> Iterator[str]:
    """Each rule that decided, once, with the subject it first spoke about: the weightiest first, `most` at most."""
    spoken: dict[str, list[Reason]] = {}
    for outcome in group.outcomes:
        for reason in outcome.reasons:
            spoken.setdefault(reason.rule, []).append(reason)
    weighed = sorted(spoken.items(), key=lambda item: _weight(item[1][0]), reverse=True)
    for rule, reasons in weighed[:most]:
        more = len({id(reason) for reason in reasons}) - 1
        sign = _SIGNS[reasons[0].effect]
        also = f" (and {more} more)" if more and len(group.outcomes) > 1 else ""
        line = f"{reasons[0].because}{also} [{rule}]"
        yield from (paper.paint(part, "dim") for part in folded(line, paper.width, f"      {sign} ", " " * 8))
    if most is not None and len(weighed) > most:
        yield paper.paint(f"      … {counted(len(weighed) - most, 'more reason')} with -v", "dim")
    if group.outcomes[0].verdict == "forced" and not spoken:
        yield paper.paint("      = the only option there is here", "dim")
    if group.outcomes[0].verdict == "default":
        yield paper.paint("      = nothing speaks for another option: this is the default", "dim")
    if group.outcomes[0].verdict == "close":
        yield from _runner_up(report, group, paper)


def _weight(reason: Reason) -> int:
    return POINTS[reason.strength] if reason.strength else 5 if reason.effect == "requires" else 3


def _runner_up(report: Report, group: _Group, paper: Paper) -> Iterator[str]:
    titles = {(decision.id, option.id): option.title for decision in report.decisions for option in decision.options}
    outcome = group.outcomes[0]
    for other in outcome.alternatives[:1]:
        companions = ", ".join(
            titles.get(pair, pair[1]) for pair in other.companions if pair[1] != "none" and pair[0] == "hosts"
        )
        name = titles.get((group.decision, other.option), other.option) + (f" ({companions})" if companions else "")
        why = "; ".join(f"{reason.because} [{reason.rule}]" for reason in other.reasons if reason.effect == "favors")
        line = f"close to {name}: {why or 'nothing speaks against it'}"
        yield from (paper.paint(part, "dim") for part in folded(line, paper.width, "      ~ ", " " * 8))


def _arithmetic(report: Report, group: _Group, paper: Paper) -> Iterator[str]:
    for outcome in group.outcomes:
        parts = [_sum(outcome.option or "none", outcome.score, outcome.reasons)]
        for other in outcome.alternatives:
            closed = f"{other.option} ruled out by {', '.join(other.closed_by)}" if other.closed_by else ""
            parts.append(closed or _sum(other.option, other.score, other.reasons))
        if outcome.margin is not None:
            parts.append(f"lead {outcome.margin}")
        yield from folded(
            f"{short_name(outcome.subject or '') or 'workload'}: {'; '.join(parts)}", paper.width, "      = ", " " * 8
        )


def _sum(option: str, score: int, reasons: Sequence[Reason]) -> str:
    """An option's score as the sum it is: per concern, the strongest favor."""
    best: dict[str, int] = {}
    for reason in reasons:
        if reason.effect == "favors" and reason.option == option and reason.concern and reason.strength:
            best[reason.concern] = max(best.get(reason.concern, 0), POINTS[reason.strength])
    return f"{option} {score}" + (
        f" = {' + '.join(f'{concern} {points}' for concern, points in best.items())}" if best else ""
    )


def _declared(report: Report, advice: Advice, paper: Paper) -> Iterator[str]:
    """What is declared, and what follows from it where that differs from the advice."""
    if advice.kept is None:
        return
    advised = {(outcome.decision, outcome.subject): outcome.option for outcome in advice.decisions}
    declared = [outcome for outcome in advice.kept if outcome.declared]
    follows = [o for o in advice.kept if not o.declared and advised.get((o.decision, o.subject), o.option) != o.option]
    if declared:
        yield ""
    for label, outcomes in (("declared", declared), ("so then", follows)):
        for group in _groups(report, outcomes):
            named = (
                ", ".join(short_name(outcome.subject or "") for outcome in group.outcomes if outcome.subject)
                or "the whole workload"
            )
            head = f"  {label:<13} {group.decision}: {group.title} "
            yield from folded(f"({named})", paper.width, head, " " * 16)


def _asks(advice: Advice, paper: Paper) -> Iterator[str]:
    """What to tell to settle what is provisional."""
    asks = advice.asks
    if not asks:
        return
    more = f" and {len(asks) - _MOST_ASKS} more" if len(asks) > _MOST_ASKS else ""
    more += "" if advice.exact else " (so much is unknown that not every combination was tried)"
    yield ""
    yield from folded(
        f"{', '.join(asks[:_MOST_ASKS])}{more}", paper.width, f"  {paper.paint('tell me', 'yellow')}       ", " " * 16
    )


def _finding(finding: Finding, lines: Sequence[str], paper: Paper) -> Iterator[str]:
    colour = SEVERITY_COLOURS[finding.severity]
    head = f"{finding.severity}[{finding.rule}]: "
    first, *rest = folded(finding.message, paper.width, head, "  ")
    yield paper.paint(first[: len(head) - 2], colour, "bold") + first[len(head) - 2 :] if paper.colours else first
    yield from rest
    yield from frame(finding.file, finding.place, lines, paper, colour)
    gutter = " " * len(str(finding.place.line))
    if finding.remedy:
        yield from folded(finding.remedy, paper.width, f"{gutter} = remedy: ", f"{gutter}           ")
    if finding.fix:
        yield from folded(offer(finding.fix), paper.width, f"{gutter} = fix: ", f"{gutter}        ")
    for note, place in finding.related[:4]:
        yield f"{gutter} = line {place.line}: {printable(note)}"


def _diagnostic(found: Diagnostic, lines: Sequence[str], paper: Paper) -> Iterator[str]:
    first, *rest = folded(found.message, paper.width, "unusable: ", "  ")
    yield paper.paint(first[:8], "red", "bold") + first[8:] if paper.colours else first
    yield from rest
    yield from frame(found.file, found.place, lines, paper, "red")
    gutter = " " * len(str(found.place.line if found.place else ""))
    for note, place in found.related:
        yield f"{gutter} = line {place.line}: {printable(note)}"
    if found.hint:
        yield from folded(found.hint, paper.width, f"{gutter} = help: ", f"{gutter}         ")


def _summary(report: Report, paper: Paper) -> Iterator[str]:
    """What was checked, what was found, what is provisional, how old the facts are."""
    unusable = len({diagnostic.file for diagnostic in report.diagnostics})
    severities = [finding.severity for advice in report.advices for finding in advice.findings]
    outcomes = [outcome for advice in report.advices for outcome in advice.decisions]
    provisional = len([outcome for outcome in outcomes if not outcome.settled])
    parts = [
        f"{counted(len(report.advices), 'file')} checked against {report.rules} rules",
        *([f"{counted(unusable, 'file')} could not be used"] if unusable else []),
        ", ".join(counted(severities.count(severity), severity) for severity in SEVERITIES),
        *fixing(report),
        f"{counted(len(outcomes), 'decision')}, {provisional or 'none'} provisional",
        *([f"oldest fact used was checked on {report.oldest_fact}"] if report.oldest_fact else []),
    ]
    if not report.advices and not unusable:
        parts = ["nothing was checked: no workload file was found"]
    yield from folded("; ".join(parts), paper.width)
