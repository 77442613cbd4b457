"""Advice and diagnostics as rows of the tables."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from archadvisor.fleet.tables import Row
from archadvisor.model.advice import Advice, Finding, Outcome
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.fleet import Item, Tally


@dataclass(slots=True)
class Rows:
    """The rows of a batch, table by table."""

    workloads: int = 0
    unread: int = 0
    decisions: list[Row] = field(default_factory=list)
    findings: list[Row] = field(default_factory=list)
    diagnostics: list[Row] = field(default_factory=list)

    def take(self, item: Item, advice: Advice) -> None:
        """Adds what is advised on a file."""
        self.workloads += 1
        self.decisions += _decisions(item, advice)
        self.findings += _findings(item, advice)

    def refuse(self, item: Item, problems: tuple[Diagnostic, ...], unread: bool = False) -> None:
        """Adds why a file could not be used."""
        self.unread += unread
        self.diagnostics += [_diagnostic(item, problem) for problem in problems]

    def tally(self, files: int) -> Tally:
        """The rows in numbers."""
        decisions, findings, diagnostics = map(len, (self.decisions, self.findings, self.diagnostics))
        return Tally(files, self.workloads, decisions, findings, diagnostics, self.unread)


def _decisions(item: Item, advice: Advice) -> Iterator[Row]:
    kept = advice.kept or ()
    declared = {(each.decision, each.subject): each.option for each in kept if each.declared}
    for found in advice.decisions:
        said = declared.get((found.decision, found.subject))
        own = (found.decision, _optional(found.subject), found.option, found.verdict, found.margin, found.settled)
        yield (item.uri, item.team, _text(advice.name), *own, said, _rules(found))


def _rules(outcome: Outcome) -> list[str]:
    return sorted({reason.rule for reason in outcome.reasons})


def _findings(item: Item, advice: Advice) -> Iterator[Row]:
    for finding in advice.findings:
        yield _finding(item, advice, finding, accepted=False)
    for suppressed in advice.suppressed:
        yield _finding(item, advice, suppressed.finding, accepted=True)


def _finding(item: Item, advice: Advice, found: Finding, accepted: bool) -> Row:
    said = (found.rule, found.severity, _text(found.message), _optional(found.subject))
    where = (found.place.line, found.place.column)
    return (item.uri, item.team, _text(advice.name), *said, *where, accepted, found.fingerprint)


def _diagnostic(item: Item, found: Diagnostic) -> Row:
    where = (found.place.line, found.place.column) if found.place else (None, None)
    return (item.uri, item.team, _text(found.message), _optional(found.hint), *where)


def _text(text: str) -> str:
    """A text as UTF-8 can hold it: a file may name what is no text."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def _optional(text: str | None) -> str | None:
    return None if text is None else _text(text)
