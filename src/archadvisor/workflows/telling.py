"""Checks files and tells of each as it comes, so that of many files no more than one is held at a time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from archadvisor.loading.discovery import workload_files
from archadvisor.model.advice import Advice, Report
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.totals import Sum, Totals, totals_of
from archadvisor.rendering.flow import Flow
from archadvisor.workflows.check import Checking, Effort, each, lost, report

NO_NUMBERS = Totals()


@dataclass(frozen=True, slots=True)
class Entry:
    """What one file adds to the text and to the numbers, or why it could not be used."""

    text: str
    totals: Totals
    diagnostics: tuple[Diagnostic, ...] = ()
    lines: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """How a run is told: in which parts, who takes them, and what is added to the report at the end."""

    flow: Callable[[bool], Flow]
    """The format in parts, for one file or for several."""
    take: Callable[[str], None]
    finish: Callable[[Report], Report]


def told(
    checking: Checking, form: Form, paths: Sequence[str], effort: Effort, since: str | None
) -> tuple[Report, Totals]:
    """The report on all files that `paths` mean, without their advice, and its numbers; the text is taken meanwhile."""
    files, missing = workload_files(list(paths))
    several = len(files) != 1
    flow, empty = form.flow(several), report(checking.program, ())
    numbers, diagnostics, lines = Sum(), list(missing), list[tuple[str, tuple[str, ...]]]()
    take = _joined(form.take, flow.between)
    for entry in each(files, lambda file: _entry(checking, flow, empty, file, several), _lost, effort):
        take(entry.text)
        numbers.add(entry.totals)
        diagnostics += entry.diagnostics
        lines += entry.lines
    found = replace(empty, diagnostics=tuple(diagnostics), lines=tuple(lines), since=since)
    whole = form.finish(found)
    for block in flow.ending(whole, numbers.totals):
        take(block)
    return whole, numbers.totals


def _entry(checking: Checking, flow: Flow, empty: Report, file: str, several: bool) -> Entry:
    found = checking.of(file, several)
    if isinstance(found, Advice):
        return Entry(flow.file(empty, found), totals_of(found))
    return Entry("", NO_NUMBERS, found.diagnostics, ((found.file, found.lines),))


def _lost(file: str) -> Entry:
    found = lost(file)
    return Entry("", NO_NUMBERS, found.diagnostics, ((found.file, found.lines),))


def _joined(take: Callable[[str], None], between: str) -> Callable[[str], None]:
    """Takes pieces and puts something between those that are not empty."""
    before = ""

    def joined(piece: str) -> None:
        nonlocal before
        if piece:
            take(before + piece)
            before = between

    return joined
