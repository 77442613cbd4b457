"""Checks files and tells of them as they come, so that of many files no more than some are held at a time."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from archadvisor.model.advice import Report
from archadvisor.model.frozen import dataclass, replace
from archadvisor.model.totals import Sum, Totals
from archadvisor.rendering.flow import Flow
from archadvisor.workflows.check import Checking, Effort, in_shares, report
from archadvisor.workflows.entries import Maker, in_utf8, lost_entry
from archadvisor.workflows.sources import sources_of

if TYPE_CHECKING:
    from archadvisor.workflows.kept import Kept

WORTH_KEEPING = 16
"""Files from which it pays to look for what is kept: to open the database takes as long as to check some files."""


@dataclass(frozen=True, slots=True)
class Form:
    """How a run is told: in which parts, who takes them, and what is added to the report at the end."""

    name: str
    """All that makes the parts what they are, as text."""
    flow: Callable[[bool], Flow]
    """The parts, for one file or for several."""
    take: Callable[[bytes], None]
    """Takes text in UTF-8."""
    finish: Callable[[Report], Report]
    kept: bool
    """Whether what is the same as in an earlier run may be taken from there."""


def told(
    checking: Checking, form: Form, paths: Sequence[str], effort: Effort, since: str | None
) -> tuple[Report, Totals]:
    """The report on all files that `paths` mean, without their advice, and its numbers; the text is taken meanwhile."""
    sources = sources_of(paths, checking.program.rulebook)
    checking = replace(checking, readers=sources.readers)
    files, several = sources.names, len(sources.names) > 1
    flow, empty = form.flow(several), report(checking.program, ())
    numbers, diagnostics, lines = Sum(), list(sources.diagnostics), list[tuple[str, tuple[str, ...]]]()
    take, maker = _joined(form.take, in_utf8(flow.between)), Maker(checking, flow, empty, several)
    kept = _kept(maker, form, len(files))
    for entry in in_shares(files, kept.entry if kept else maker.entry, lost_entry, effort):
        take(entry.text)
        numbers.add(entry.totals)
        diagnostics += entry.diagnostics
        lines += entry.lines
        if kept:
            kept.take(entry)
    if kept:
        kept.close()
    found = replace(empty, diagnostics=tuple(diagnostics), lines=tuple(lines), since=since)
    whole = form.finish(found)
    for block in flow.ending(whole, numbers.totals):
        take(in_utf8(block))
    return whole, numbers.totals


def _kept(maker: Maker, form: Form, files: int) -> "Kept | None":
    """What is kept, where that may be used and is worth it; it is imported only then."""
    if not form.kept or files < WORTH_KEEPING:
        return None
    from archadvisor.workflows.kept import Kept

    return Kept(maker, form.name)


def _joined(take: Callable[[bytes], None], between: bytes) -> Callable[[bytes], None]:
    """Takes pieces and puts something between those that are not empty."""
    before = b""

    def joined(piece: bytes) -> None:
        nonlocal before
        if piece:
            take(before + piece)
            before = between

    return joined
