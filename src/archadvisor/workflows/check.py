"""Checks files: each is read and advised on; one that cannot be used does not stop the others."""

from collections.abc import Iterable, Sequence

from archadvisor.engine.advise import advise
from archadvisor.engine.program import Program
from archadvisor.loading.discovery import read_bytes, workload_files
from archadvisor.loading.workload import Reading, read_workload
from archadvisor.model.advice import Advice, Finding, Report
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.rule import SEVERITIES, Severity, Source
from archadvisor.version import __version__


def check(program: Program, paths: Sequence[str], stdin: tuple[str, bytes] | None = None) -> Report:
    """The report on all workload files that `paths` mean; `-` is `stdin`, a name and its bytes."""
    files, missing = workload_files(list(paths))
    readings = [_read(file, stdin) for file in files]
    advices = tuple(advise(reading.workload, program) for reading in readings if reading.workload is not None)
    diagnostics = (*missing, *(diagnostic for reading in readings for diagnostic in reading.diagnostics))
    lines = tuple((reading.file, reading.lines) for reading in readings if reading.workload is None)
    return report(program, advices, diagnostics, lines)


def report(
    program: Program,
    advices: tuple[Advice, ...],
    diagnostics: tuple[Diagnostic, ...] = (),
    lines: tuple[tuple[str, tuple[str, ...]], ...] = (),
) -> Report:
    """Advice with what a reader needs beside it: versions, dates, titles."""
    return Report(
        version=__version__,
        packs=program.rulebook.packs,
        catalog_checked=min(table.checked for table in program.catalog.values()),
        as_of=program.day,
        rules=len([rule for rule in program.rulebook.rules if rule.speaks_on(program.day)]),
        decisions=program.rulebook.decisions,
        oldest_fact=min((source.checked for source in _used(advices)), default=None),
        advices=advices,
        diagnostics=diagnostics,
        lines=lines,
    )


def exit_status(report: Report, fail_on: Severity | None) -> int:
    """2: something could not be used; 3: nothing was checked; 1: findings at or above `fail_on`; else 0."""
    if report.diagnostics:
        return 2
    if not report.advices:
        return 3
    return 1 if any(_reaches(finding, fail_on) for advice in report.advices for finding in advice.findings) else 0


def _reaches(finding: Finding, fail_on: Severity | None) -> bool:
    return fail_on is not None and SEVERITIES.index(finding.severity) <= SEVERITIES.index(fail_on)


def _read(file: str, stdin: tuple[str, bytes] | None) -> Reading:
    if file == "-" and stdin is not None:
        return read_workload(stdin[1], stdin[0])
    data = read_bytes(file)
    if isinstance(data, Diagnostic):
        return Reading(file, None, (data,), ())
    return read_workload(data, file)


def _used(advices: Iterable[Advice]) -> Iterable[Source]:
    """Every source that reasons and findings rest on."""
    for advice in advices:
        for outcome in advice.decisions:
            for found in (*outcome.reasons, *(r for other in outcome.alternatives for r in other.reasons)):
                yield from found.sources
        for finding in advice.findings:
            yield from finding.sources
