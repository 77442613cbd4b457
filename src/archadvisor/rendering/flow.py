"""Formats that are told file by file, so that of many files only one has to be held at a time."""

from collections.abc import Callable, Iterable

from archadvisor.model.advice import Advice, Report
from archadvisor.model.frozen import dataclass
from archadvisor.model.totals import Totals
from archadvisor.rendering.paint import Paper
from archadvisor.rendering.telling import Telling


@dataclass(frozen=True, slots=True)
class Flow:
    """A format in parts; put together they are what the format says of a whole report."""

    between: str
    """What stands between parts that are not empty."""
    file: Callable[[Report, Advice], str]
    """What is said of one file, given a report with what is the same for all files."""
    ending: Callable[[Report, Totals], Iterable[str]]
    """What stands below all files, given a report with all but advice."""


def _text(paper: Paper, telling: Telling, several: bool) -> Flow:
    from archadvisor.rendering.text import BETWEEN, Detail, text_ending, text_file

    detail = Detail(telling.verbose or not several, telling.verbose, telling.quiet, telling.statistics)
    return Flow(
        BETWEEN,
        lambda report, advice: "" if detail.statistics else text_file(report, advice, paper, detail),
        lambda report, totals: text_ending(report, totals, paper, detail),
    )


def _concise(paper: Paper, telling: Telling, several: bool) -> Flow:
    from archadvisor.rendering.concise import concise_ending, concise_file

    return Flow(
        "",
        lambda report, advice: "" if telling.statistics else concise_file(advice, paper),
        lambda report, totals: concise_ending(report, totals, paper, telling),
    )


FLOWS: dict[str, Callable[[Paper, Telling, bool], Flow]] = {"text": _text, "concise": _concise}
"""The formats that can be told file by file, for one file or `several`; the others have to see the whole report."""
