"""Answers to `what-if` and `why-not` as text for a terminal."""

import shlex
from collections.abc import Iterable, Iterator, Sequence

from archadvisor.model.advice import Finding, Outcome, Reason
from archadvisor.model.answer import Replaced, Shift, WhatIf, WhyNot
from archadvisor.model.change import Change
from archadvisor.model.quantity import worded
from archadvisor.model.rule import Decision
from archadvisor.model.workload import short_name
from archadvisor.rendering.changes import in_words, setting_of, target_in_words
from archadvisor.rendering.paint import SEVERITY_COLOURS, Paper, counted, cut, folded, printable

MOST_ANSWERS = 12
_HEAD = 36
"""Columns for the name of a decision and its subject."""
_EFFECTS = {"requires": "requires", "rules_out": "rules out", "favors": "speaks for"}


def what_if_text(found: WhatIf, decisions: Sequence[Decision], paper: Paper) -> str:
    """Before and after side by side, with the reasons and findings that went and came."""
    return "\n".join(_Comparison(decisions, paper).lines(found)) + "\n"


def why_not_text(found: WhyNot, decisions: Sequence[Decision], paper: Paper) -> str:
    """The smallest sets of changes, with the command that tries the first."""
    return "\n".join(_why_not(found, decisions, paper)) + "\n"


class _Comparison:
    def __init__(self, decisions: Sequence[Decision], paper: Paper) -> None:
        self.titles = {(decision.id, option.id): option.title for decision in decisions for option in decision.options}
        self.paper = paper
        self.column = (paper.width - _HEAD) // 2

    def lines(self, found: WhatIf) -> Iterator[str]:
        """The settings, the decisions, the findings."""
        name, file = self.paper.paint(found.before.name, "bold"), printable(found.before.file)
        yield f"{name}  {file}  {_statuses(found)}"
        yield ""
        for replaced in found.settings:
            yield from folded(_replaced(replaced), self.paper.width, "  set  ", " " * 7)
        yield ""
        yield from self.shifts(found.shifts)
        same = counted(found.same, "decision" if not found.shifts else "other decision")
        yield f"  {same} {'stays' if found.same == 1 else 'stay'} as {'it is' if found.same == 1 else 'they are'}"
        if found.kept and [*map(_moves, found.kept)] != [*map(_moves, found.shifts)]:
            yield ""
            yield "  with what is declared"
            yield from self.shifts(found.kept)
        yield from self.findings(found.gone, "-")
        yield from self.findings(found.new, "+")

    def shifts(self, shifts: Sequence[Shift]) -> Iterator[str]:
        """A table of the decisions that are not as they were, with reasons below each."""
        if shifts:
            yield self.paper.paint(f"  {'':<{_HEAD - 2}}{'before':<{self.column}}after", "dim")
        for shift in shifts:
            named = f"{shift.decision:<13} {short_name(shift.subject or '') or 'the whole workload'}"
            before, after = (self.cell(shift, outcome) for outcome in (shift.before, shift.after))
            line = f"  {cut(named, _HEAD - 3):<{_HEAD - 2}}{before:<{self.column}}{after}".rstrip()
            yield self.paper.paint(line, "bold") if shift.moved else line
            yield from self.reasons(shift, shift.gone, "-")
            yield from self.reasons(shift, shift.new, "+")

    def cell(self, shift: Shift, outcome: Outcome | None) -> str:
        """An outcome in a column: the option, the verdict, the lead."""
        if outcome is None:
            return "not asked"
        told = f"{outcome.verdict}{'' if outcome.settled else '?'}{f' {outcome.margin}' if outcome.margin else ''}"
        title = self.titles.get((shift.decision, outcome.option or ""), "no answer")
        return f"{cut(title, max(8, self.column - len(told) - 3))}, {told}"

    def reasons(self, shift: Shift, reasons: Iterable[Reason], sign: str) -> Iterator[str]:
        """What speaks no more, or speaks now."""
        for reason in reasons:
            title = self.titles.get((shift.decision, reason.option), reason.option)
            line = f"{_EFFECTS[reason.effect]} {title}: {reason.because} [{reason.rule}]"
            for part in folded(line, self.paper.width, f"      {sign} ", " " * 8):
                yield self.paper.paint(part, "dim")

    def findings(self, findings: Sequence[Finding], sign: str) -> Iterator[str]:
        """Findings that went or came, a line each."""
        for index, found in enumerate(findings):
            yield from [""] if index == 0 else []
            head, *rest = folded(
                f"{found.severity}[{found.rule}]: {found.message}", self.paper.width, f"  {sign} ", " " * 4
            )
            yield self.paper.paint(head, SEVERITY_COLOURS[found.severity])
            yield from rest


def _statuses(found: WhatIf) -> str:
    before, after = ("settled" if advice.settled else "provisional" for advice in (found.before, found.after))
    return before if before == after else f"{before} before, {after} after"


def _replaced(replaced: Replaced) -> str:
    """A path that was set: `team.hosts: avoid, now never`."""
    before, after = replaced.before, replaced.after
    if after is None:
        return replaced.path
    told = "not there" if before is None else "****" if before.redacted else worded(before.value, before.unit)
    assumed = " (assumed)" if before is not None and before.origin == "assumed" else ""
    return f"{replaced.path}: {told}{assumed}, now {'****' if after.redacted else worded(after.value, after.unit)}"


def _moves(shift: Shift) -> tuple[object, ...]:
    sides = [None if side is None else (side.option, side.verdict) for side in (shift.before, shift.after)]
    return shift.decision, shift.subject, *sides


def _why_not(found: WhyNot, decisions: Sequence[Decision], paper: Paper) -> Iterator[str]:
    titles = {(decision.id, option.id): option.title for decision in decisions for option in decision.options}
    title = titles[found.decision, found.option]
    named = f"{found.decision} of {short_name(found.subject or '') or 'the whole workload'}"
    yield from folded(f"{named}: {_now(found.outcome, titles)}", paper.width)
    yield ""
    if found.wins:
        yield f"{title} is what is advised"
        return
    yield from folded(_result(found, title), paper.width)
    for number, line in enumerate(_answers(found.answers), 1):
        if number > MOST_ANSWERS:
            yield f"      … and {len(_answers(found.answers)) - MOST_ANSWERS} more; `--format json` has all"
            break
        yield from folded(line, paper.width, f"  {number:>2}. ", " " * 6)
    if found.answers:
        yield ""
        yield f"try it: {_command(found.file, found.answers[0])}"


def _now(outcome: Outcome | None, titles: dict[tuple[str, str], str]) -> str:
    if outcome is None:
        return "not asked, as things are"
    lead = f", with a lead of {outcome.margin}" if outcome.margin else ""
    return f"{titles.get((outcome.decision, outcome.option or ''), 'no answer')} ({outcome.verdict}{lead})"


def _result(found: WhyNot, title: str) -> str:
    """What the search came to; where it was cut short, that."""
    cut_short = "" if found.exhausted else "; the search was cut short, there may be others"
    if found.answers:
        changes = "one change" if found.size == 1 else f"{found.size} changes together"
        return f"{title} would win with {changes}, each of these{cut_short}:"
    cut_short = "" if found.exhausted else "; larger sets were not all tried"
    kept = f", with {counted(len(found.fixed), 'fact')} left alone" if found.fixed else ""
    return f"{title} wins with none of up to {counted(found.size, 'change')}{kept}{cut_short}"


def _answers(answers: Sequence[tuple[Change, ...]]) -> list[str]:
    """A line for each set; single changes of one fact share theirs."""
    shared: dict[object, list[tuple[Change, ...]]] = {}
    for edits in answers:
        shared.setdefault(edits[0].path if len(edits) == 1 else edits, []).append(edits)
    return [_line(alike) for alike in shared.values()]


def _line(alike: Sequence[tuple[Change, ...]]) -> str:
    first, *others = alike
    also = "".join(f", or {target_in_words(change)}" for edits in others for change in edits)
    return f"{'; '.join(in_words(change) for change in first)}{also}"


def _command(file: str, changes: tuple[Change, ...]) -> str:
    """The command that shows the advice with changes made."""
    sets = " ".join(f"--set {shlex.quote(setting_of(change))}" for change in changes)
    return f"archadvisor what-if {shlex.quote(file)} {sets}"
