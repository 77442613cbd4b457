"""The report with a line for each finding, which editors and terminals make clickable."""

from collections.abc import Iterator

from archadvisor.model.advice import Advice, Finding, Report
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.place import START, Place
from archadvisor.model.totals import Totals, total
from archadvisor.rendering.paint import SEVERITY_COLOURS, Paper, printable
from archadvisor.rendering.summary import sentence, statistics_lines
from archadvisor.rendering.telling import Telling

UNUSABLE = "unusable"
"""What stands in the place of a rule where a file could not be used."""


def concise(report: Report, paper: Paper, telling: Telling) -> str:
    """`file:line:column: severity rule message` for each finding and each problem of a file, then a summary."""
    files = [] if telling.statistics else [concise_file(advice, paper) for advice in report.advices]
    return "".join([*files, *concise_ending(report, total(report.advices), paper, telling)])


def concise_file(advice: Advice, paper: Paper) -> str:
    """A line for each finding about a file."""
    return "".join(f"{_finding(found, paper)}\n" for found in advice.findings)


def concise_ending(report: Report, totals: Totals, paper: Paper, telling: Telling) -> Iterator[str]:
    """What stands below all findings, in lines."""
    lines = [*statistics_lines(totals)] if telling.statistics else []
    lines += [_diagnostic(found, paper) for found in report.diagnostics]
    lines += [] if telling.quiet else [sentence(report, totals)]
    yield from (f"{line}\n" for line in lines)


def hinted(found: Diagnostic) -> str:
    """The message of a diagnostic, with its hint."""
    return found.message + (f" ({found.hint})" if found.hint else "")


def _finding(found: Finding, paper: Paper) -> str:
    severity = paper.paint(found.severity, SEVERITY_COLOURS[found.severity], "bold")
    rule = paper.link(found.rule, next((source.url for source in found.sources if source.url), None))
    return f"{_place(found.file, found.place, paper)}: {severity} {rule} {printable(found.message)}"


def _diagnostic(found: Diagnostic, paper: Paper) -> str:
    severity = paper.paint("error", "red", "bold")
    return f"{_place(found.file, found.place or START, paper)}: {severity} {UNUSABLE} {printable(hinted(found))}"


def _place(file: str, place: Place, paper: Paper) -> str:
    return paper.link_to_file(f"{printable(file)}:{place.line}:{place.column}", file)
