"""The report as text for a terminal: decisions, findings in frames, and a summary."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from archadvisor.model.advice import Advice, EffectName, Finding, Reason, Report
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.frozen import dataclass
from archadvisor.model.rule import POINTS
from archadvisor.model.totals import Totals, total
from archadvisor.model.workload import short_name
from archadvisor.rendering.depth import conflict_in_words, tipping_in_words
from archadvisor.rendering.fixing import offer
from archadvisor.rendering.frame import frame
from archadvisor.rendering.groups import Group, groups, titles
from archadvisor.rendering.paint import SEVERITY_COLOURS, Paper, counted, cut, folded, printable
from archadvisor.rendering.summary import sentence, statistics_lines

_VERDICT_COLOURS = {"forced": "green", "clear": "green", "close": "yellow", "default": "dim", "conflict": "red"}
_MOST_ASKS = 6
_MOST_LEFT_OUT = 6
_MOST_REASONS = 3
BETWEEN = "\n"
"""What stands between the blocks of a report: an empty line."""
_SIGNS: dict[EffectName, str] = {"requires": "!", "favors": "+", "rules_out": "x"}


@dataclass(frozen=True, slots=True)
class Detail:
    """How much to tell: of each decision its reasons and the arithmetic, or less than all."""

    reasons: bool
    arithmetic: bool
    quiet: bool = False
    """Findings and unusable files alone."""
    statistics: bool = False
    """How often each rule spoke, in place of decisions and findings."""


def text(report: Report, paper: Paper, detail: Detail) -> str:
    """The whole report; ends with a line that says what was checked, unless it is to be quiet."""
    files = [] if detail.statistics else [text_file(report, advice, paper, detail) for advice in report.advices]
    blocks = [*files, *text_ending(report, total(report.advices), paper, detail)]
    return BETWEEN.join(block for block in blocks if block)


def text_file(report: Report, advice: Advice, paper: Paper, detail: Detail) -> str:
    """What is said of one file; of the report it needs what is the same for all files."""
    return _block(_advice(report, advice, paper, detail))


def text_ending(report: Report, totals: Totals, paper: Paper, detail: Detail) -> Iterator[str]:
    """What stands below all files, block by block: how often each rule spoke, unusable files, the summary."""
    lines_of = dict(report.lines)
    if detail.statistics:
        yield _block(statistics_lines(totals))
    for found in report.diagnostics:
        yield _block(_diagnostic(found, lines_of.get(found.file, ()), paper))
    if not detail.quiet:
        yield _block(folded(sentence(report, totals), paper.width))


def _block(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def diagnostics_text(diagnostics: Sequence[Diagnostic], lines: Mapping[str, Sequence[str]], paper: Paper) -> str:
    """Diagnostics alone, each in its frame; `lines` are those of the files that may be shown."""
    return "\n\n".join("\n".join(_diagnostic(found, lines.get(found.file, ()), paper)) for found in diagnostics) + "\n"


def _advice(report: Report, advice: Advice, paper: Paper, detail: Detail) -> Iterator[str]:
    if not detail.quiet:
        yield from _decisions(report, advice, paper, detail)
    for number, finding in enumerate(advice.findings):
        if number or not detail.quiet:
            yield ""
        yield from _finding(finding, advice.lines_of(finding.file), paper)


def _decisions(report: Report, advice: Advice, paper: Paper, detail: Detail) -> Iterator[str]:
    status = "settled" if advice.settled else "provisional"
    colour = "green" if advice.settled else "yellow"
    file = paper.link_to_file(printable(advice.file), advice.file)
    yield f"{paper.paint(printable(advice.name), 'bold')}  {file}  {paper.paint(status, colour)}"
    yield ""
    if not advice.decisions:
        yield "  no service is described, so there is nothing to decide"
    for group in groups(report, advice.decisions):
        yield from _group_lines(group, paper)
        if detail.reasons:
            yield from _reasons(report, group, paper, None if detail.arithmetic else _MOST_REASONS)
        if detail.arithmetic:
            yield from _arithmetic(group, paper)
            yield from _conflicts(report, group, paper)
            yield from _tipping(report, group, paper)
    yield from _declared(report, advice, paper)
    yield from _locked(advice, paper)
    yield from _asks(advice, paper)
    yield from _left_out(advice, paper)


def _group_lines(group: Group, paper: Paper) -> Iterator[str]:
    verdict = group.outcomes[0].verdict
    unverified = " (rests on an unverified fact)" if group.unverified else ""
    head = f"  {group.decision:<13} {cut(group.title, 26):<26} {group.verdict:<9} "
    lines = list(folded(_named(group) + unverified, paper.width, head, " " * len(head)))
    yield (
        lines[0].replace(f" {verdict}", f" {paper.paint(verdict, _VERDICT_COLOURS[verdict])}", 1)
        if paper.colours
        else lines[0]
    )
    yield from lines[1:]


def _named(group: Group) -> str:
    return ", ".join(group.names) or "the whole workload"


def _reasons(report: Report, group: Group, paper: Paper, most: int | None) -> Iterator[str]:
    """Each rule that decided, once, with the subject it first spoke about: the weightiest first, `most` at most."""
    spoken: dict[str, list[Reason]] = {}
    for outcome in group.outcomes:
        for reason in outcome.reasons:
            spoken.setdefault(reason.rule, []).append(reason)
    weighed = sorted(spoken.items(), key=lambda item: _weight(item[1][0]), reverse=True)
    for _, reasons in weighed[:most]:
        yield from _reason(reasons, len(group.outcomes) > 1, paper)
    if most is not None and len(weighed) > most:
        yield paper.paint(f"      … {counted(len(weighed) - most, 'more reason')} with -v", "dim")
    if group.outcomes[0].verdict == "forced" and not spoken:
        yield paper.paint("      = the only option there is here", "dim")
    if group.outcomes[0].verdict == "default":
        yield paper.paint("      = nothing speaks for another option: this is the default", "dim")
    if group.outcomes[0].verdict == "close":
        yield from _runner_up(report, group, paper)


def _reason(alike: Sequence[Reason], several: bool, paper: Paper) -> Iterator[str]:
    """What a rule said, and how often where there are several outcomes it may have spoken on."""
    said = alike[0]
    more = len({id(reason) for reason in alike}) - 1
    also = f" (and {more} more)" if more and several else ""
    url = next((source.url for source in said.sources if source.url), None)
    for part in folded(f"{said.because}{also} [{said.rule}]", paper.width, f"      {_SIGNS[said.effect]} ", " " * 8):
        yield paper.paint(part.replace(f"[{said.rule}]", f"[{paper.link(said.rule, url)}]"), "dim")


def _weight(reason: Reason) -> int:
    return POINTS[reason.strength] if reason.strength else 5 if reason.effect == "requires" else 3


def _runner_up(report: Report, group: Group, paper: Paper) -> Iterator[str]:
    named = titles(report)
    outcome = group.outcomes[0]
    for other in outcome.alternatives[:1]:
        companions = ", ".join(
            named.get(pair, pair[1]) for pair in other.companions if pair[1] != "none" and pair[0] == "hosts"
        )
        name = named.get((group.decision, other.option), other.option) + (f" ({companions})" if companions else "")
        why = "; ".join(f"{reason.because} [{reason.rule}]" for reason in other.reasons if reason.effect == "favors")
        line = f"close to {name}: {why or 'nothing speaks against it'}"
        yield from (paper.paint(part, "dim") for part in folded(line, paper.width, "      ~ ", " " * 8))


def _arithmetic(group: Group, paper: Paper) -> Iterator[str]:
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


def _tipping(report: Report, group: Group, paper: Paper) -> Iterator[str]:
    """What would change each answer."""
    for outcome in group.outcomes:
        if outcome.sensitivity is not None:
            subject = short_name(outcome.subject or "") or "workload"
            told = tipping_in_words(outcome, titles(report))
            yield from folded(f"{subject}: {told}", paper.width, "      > ", " " * 8)


def _conflicts(report: Report, group: Group, paper: Paper) -> Iterator[str]:
    for outcome in group.outcomes:
        for line in conflict_in_words(outcome, outcome.conflict, titles(report)) if outcome.conflict else ():
            yield from folded(line, paper.width, "      x ", " " * 8)


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
        for group in groups(report, outcomes):
            head = f"  {label:<13} {group.decision}: {group.title} "
            yield from folded(f"({_named(group)})", paper.width, head, " " * 16)


def _locked(advice: Advice, paper: Paper) -> Iterator[str]:
    """How the decisions stand that a lock holds; each is named that does not hold as it did."""
    if not advice.locked:
        return
    parts = [f"{len([each for each in advice.locked if each.holding == 'holds'])} of {len(advice.locked)} hold"]
    for holding, how in (("other_reason", "for another reason"), ("broken", "no longer")):
        named = [
            each.decision + (f" of {short_name(each.subject)}" if each.subject else "")
            for each in advice.locked
            if each.holding == holding
        ]
        parts += [f"{how}: {', '.join(named)}"] if named else []
    yield ""
    yield from folded("; ".join(parts), paper.width, f"  {'locked':<13} ", " " * 16)


def _asks(advice: Advice, paper: Paper) -> Iterator[str]:
    """What to tell to settle what is provisional."""
    asks = advice.asks
    if not asks:
        return
    more = f" and {len(asks) - _MOST_ASKS} more" if len(asks) > _MOST_ASKS else ""
    more += "" if advice.exact else " (so much is unknown that not every combination was tried)"
    yield ""
    head = "  tell me       "
    first, *rest = folded(f"{', '.join(asks[:_MOST_ASKS])}{more}", paper.width, head, " " * len(head))
    yield first.replace("tell me", paper.paint("tell me", "yellow"), 1)
    yield from rest


def _left_out(advice: Advice, paper: Paper) -> Iterator[str]:
    """What the files of other tools say and the advice takes no notice of."""
    if advice.left_out:
        yield ""
    for number, (message, place) in enumerate(advice.left_out[:_MOST_LEFT_OUT]):
        head = "  not read      " if number == 0 else " " * 16
        yield from folded(printable(f"{place.in_words}: {message}"), paper.width, head, " " * 16)
    if len(advice.left_out) > _MOST_LEFT_OUT:
        yield f"{' ' * 16}and {len(advice.left_out) - _MOST_LEFT_OUT} more"


def _finding(finding: Finding, lines: Sequence[str], paper: Paper) -> Iterator[str]:
    colour = SEVERITY_COLOURS[finding.severity]
    head = f"{finding.severity}[{finding.rule}]: "
    first, *rest = folded(finding.message, paper.width, head, "  ")
    url = next((source.url for source in finding.sources if source.url), None)
    label = first[: len(head) - 2]
    yield paper.link(paper.paint(label, colour, "bold"), url) + first[len(label) :]
    yield from rest
    yield from frame(finding.file, finding.place, lines, paper, colour)
    gutter = " " * len(str(finding.place.line))
    if finding.remedy:
        yield from folded(finding.remedy, paper.width, f"{gutter} = remedy: ", f"{gutter}           ")
    if finding.fix:
        yield from folded(offer(finding.fix), paper.width, f"{gutter} = fix: ", f"{gutter}        ")
    for note, place in finding.related[:4]:
        yield f"{gutter} = {printable(place.in_words)}: {printable(note)}"


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
