"""The report with a line for each finding, which editors and terminals make clickable."""

from collections.abc import Iterator

from archadvisor.model.advice import Finding, Report
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.place import START, Place
from archadvisor.rendering.paint import SEVERITY_COLOURS, Paper, printable
from archadvisor.rendering.summary import sentence, statistics_lines
from archadvisor.rendering.telling import Telling

UNUSABLE = "unusable"
"""What stands in the place of a rule where a file could not be used."""


def concise(report: Report, paper: Paper, telling: Telling) -> str:
    """`file:line:column: severity rule message` for each finding and each problem of a file, then a summary."""
    lines = [] if telling.statistics else [_finding(found, paper) for a in report.advices for found in a.findings]
    lines += statistics_lines(report) if telling.statistics else ()
    lines += (_diagnostic(found, paper) for found in report.diagnostics)
    lines += _summary(report, telling)
    return "".join(f"{line}\n" for line in lines)


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


def _summary(report: Report, telling: Telling) -> Iterator[str]:
    if not telling.quiet:
        yield sentence(report)
