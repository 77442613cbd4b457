"""Advice and diagnostics as rows of the tables."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from archadvisor.fleet.tables import Row
from archadvisor.loading.discovery import is_named_workload
from archadvisor.model.advice import Advice, Finding, Outcome
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.fleet import Item, Tally


@dataclass(slots=True)
class Rows:
    """The rows of a batch, table by table."""

    workloads: int = 0
    again: int = 0
    decisions: list[Row] = field(default_factory=list)
    findings: list[Row] = field(default_factory=list)
    diagnostics: list[Row] = field(default_factory=list)

    def take(self, item: Item, advice: Advice) -> None:
        """Adds what is advised on a file, and which files that belong to it could not be read."""
        self.workloads += 1
        self.again += _has_neighbours(item, is_workload=not advice.files)
        self.decisions += _decisions(item, advice)
        self.findings += _findings(item, advice)
        self.diagnostics += [_diagnostic(item, problem) for problem in advice.unread]

    def refuse(self, item: Item, problems: tuple[Diagnostic, ...], again: bool = False) -> None:
        """Adds why a file could not be used, and whether it may be used later as it is."""
        self.again += again or _has_neighbours(item, is_named_workload(item.path.rpartition("/")[2]))
        self.diagnostics += [_diagnostic(item, problem) for problem in problems]

    def tally(self, files: int) -> Tally:
        """The rows in numbers."""
        decisions, findings, diagnostics = map(len, (self.decisions, self.findings, self.diagnostics))
        return Tally(files, self.workloads, decisions, findings, diagnostics, self.again)


def _has_neighbours(item: Item, is_workload: bool) -> bool:
    """Whether a file is read with others, which may change alone: those of other tools are, on this machine."""
    return not item.system and not is_workload


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
