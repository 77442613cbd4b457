"""Checks files: each is read and advised on; one that cannot be used does not stop the others."""

from collections.abc import Sequence

from archadvisor.engine.advise import advise
from archadvisor.engine.program import Program
from archadvisor.loading.discovery import workload_files
from archadvisor.model.advice import Advice, Finding, Report
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.rule import SEVERITIES, Severity
from archadvisor.policy.rules import RULES
from archadvisor.policy.suppressions import accepted
from archadvisor.version import __version__
from archadvisor.workflows.acceptance import Step
from archadvisor.workflows.reading import reading_of


def check(
    program: Program,
    paths: Sequence[str],
    stdin: tuple[str, bytes] | None = None,
    explained: bool | None = None,
    steps: Sequence[Step] = (),
) -> Report:
    """The report on all workload files that `paths` mean; `-` is `stdin`, a name and its bytes.

    Decisions come with reasons if they are to be `explained`; where that is not said, if there is one file only. The
    advice on each file goes through `steps`.
    """
    files, missing = workload_files(list(paths))
    told = len(files) == 1 if explained is None else explained
    advices: list[Advice] = []
    diagnostics = list(missing)
    lines: list[tuple[str, tuple[str, ...]]] = []
    for file in files:
        name, data = stdin if file == "-" and stdin is not None else (file, None)
        reading = reading_of(name, program.rulebook, data)
        if reading.workload is None:
            diagnostics += reading.diagnostics
            lines.append((name, reading.lines))
        else:
            advice = accepted(advise(reading.workload, program, told), reading.workload, program.day)
            for step in steps:
                advice = step(advice, reading.workload)
            advices.append(advice)
    return report(program, tuple(advices), tuple(diagnostics), tuple(lines))


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
        rules=len([rule for rule in program.rulebook.rules if rule.speaks_on(program.day) and rule.id not in RULES]),
        decisions=program.rulebook.decisions,
        oldest_fact=min(filter(None, (advice.oldest_fact for advice in advices)), default=None),
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
