"""The report as workflow commands of GitHub Actions: an annotation for each finding."""

from collections.abc import Mapping

from archadvisor.model.advice import Finding, Report
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.place import START, Place
from archadvisor.model.rule import Severity
from archadvisor.rendering.address import relative
from archadvisor.rendering.concise import UNUSABLE, hinted
from archadvisor.rendering.paint import printable

_COMMANDS: Mapping[Severity, str] = {"error": "error", "warning": "warning", "note": "notice"}
_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def github(report: Report) -> str:
    """A command a line; nothing where there is nothing to annotate."""
    lines = [_finding(found, report.folder) for advice in report.advices for found in advice.findings]
    lines += [_diagnostic(found, report.folder) for found in report.diagnostics]
    return "".join(f"{line}\n" for line in lines)


def _finding(found: Finding, folder: str) -> str:
    message = printable(found.message) + (f"\nremedy: {printable(found.remedy)}" if found.remedy else "")
    return _command(_COMMANDS[found.severity], relative(found.file, folder), found.place, found.rule, message)


def _diagnostic(found: Diagnostic, folder: str) -> str:
    return _command("error", relative(found.file, folder), found.place or START, UNUSABLE, printable(hinted(found)))


def _command(name: str, file: str, place: Place, title: str, message: str) -> str:
    """GitHub takes columns only where a place lies on one line."""
    columns = {"col": place.column, "endColumn": place.end_column} if place.line == place.end_line else {}
    fields = {"title": title, "file": printable(file), "line": place.line, "endLine": place.end_line, **columns}
    properties = ",".join(f"{key}={str(value).translate(_PROPERTY)}" for key, value in fields.items())
    return f"::{name} {properties}::{message.translate(_DATA)}"
