"""Checks files: each is read and advised on; one that cannot be used does not stop the others."""

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial

from archadvisor.engine.advise import advise
from archadvisor.engine.program import Program
from archadvisor.loading.discovery import workload_files
from archadvisor.loading.workload import Reading
from archadvisor.model.advice import Advice, Cited, Finding, Report
from archadvisor.model.configuration import EVERYTHING
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.rule import SEVERITIES, Rulebook, Severity
from archadvisor.model.workload import Workload
from archadvisor.policy.rules import RULES
from archadvisor.policy.selection import selected
from archadvisor.policy.suppressions import accepted
from archadvisor.version import __version__
from archadvisor.workflows.acceptance import Step
from archadvisor.workflows.reading import reading_of_any

Reader = Callable[[], Reading]
Progress = Callable[[int, int], None]
"""Is told how many files are done, and of how many."""


def check(
    program: Program,
    paths: Sequence[str],
    stdin: tuple[str, bytes] | None = None,
    explained: bool | None = None,
    progress: Progress | None = None,
    deep: bool = False,
    steps: Sequence[Step] = (),
    since: str | None = None,
) -> Report:
    """The report on all workload files that `paths` mean; `-` is `stdin`, a name and its bytes.

    Decisions come with reasons if they are to be `explained`; where that is not said, if there is one file only.
    `deep` advice also says what would change each of them. The advice on each file goes through `steps`. The paths may
    be what has changed `since` a revision.
    """
    files, missing = workload_files(list(paths))
    readers: list[Reader] = [partial(_read, file, stdin, program.rulebook) for file in files]
    for folder in _without_workload_files(paths, files):
        more, problems = _foreign_readers(folder, program.rulebook)
        readers += more
        missing += problems
    told = len(readers) == 1 if explained is None else explained
    made = report_on(readers, program, missing, told or deep, deep, progress, steps)
    return replace(made, since=since)


def report_on(
    readers: Sequence[Reader],
    program: Program,
    problems: Sequence[Diagnostic],
    explained: bool,
    deep: bool = False,
    progress: Progress | None = None,
    steps: Sequence[Step] = (),
) -> Report:
    """The report on what readers give; `problems` are those that are known before."""
    advices: list[Advice] = []
    diagnostics = list(problems)
    lines: list[tuple[str, tuple[str, ...]]] = []
    for done, read in enumerate(readers):
        if progress is not None:
            progress(done, len(readers))
        reading = read()
        if reading.workload is None:
            diagnostics += reading.diagnostics
            lines.append((reading.file, reading.lines))
        else:
            advice = advice_on(reading.workload, program, explained, deep)
            for step in steps:
                advice = step(advice, reading.workload)
            advices.append(advice)
    if progress is not None:
        progress(len(readers), len(readers))
    return report(program, tuple(advices), tuple(diagnostics), tuple(lines))


def _read(file: str, stdin: tuple[str, bytes] | None, rulebook: Rulebook) -> Reading:
    name, data = stdin if file == "-" and stdin is not None else (file, None)
    return reading_of_any(name, rulebook, data)


def _without_workload_files(paths: Sequence[str], files: Sequence[str]) -> list[str]:
    """The folders in which no workload file is."""
    known = [os.path.abspath(file) for file in files]
    inside = {path: os.path.join(os.path.abspath(path), "") for path in paths if os.path.isdir(path)}
    return [path for path, start in inside.items() if not any(file.startswith(start) for file in known)]


def _foreign_readers(folder: str, rulebook: Rulebook) -> tuple[list[Reader], tuple[Diagnostic, ...]]:
    """What reads the files of other tools below a folder; imported late: most folders have workload files."""
    from archadvisor.workflows.repository import repository

    found = repository(folder)
    units = found.inventory.units
    return [partial(found.reading, unit, rulebook) for unit in units], found.inventory.diagnostics


def advice_on(workload: Workload, program: Program, explained: bool = True, deep: bool = False) -> Advice:
    """The advice on a workload, without the findings that it accepts.

    If it is to be explained, what may still change is found exactly; if `deep`, also what would tip each answer. The
    analysis is imported late: most runs need none of it.
    """
    found = advise(workload, program, explained)
    if explained and not found.settled:
        from archadvisor.analysis.completions import exactly

        found = exactly(workload, program, found)
    if deep:
        from archadvisor.analysis.depth import in_depth

        found = in_depth(workload, program, found)
    kept = accepted(found, workload, program.day)
    choice = program.choice(workload.file)
    return kept if choice == EVERYTHING else selected(kept, choice, _always_shown(program))


def _always_shown(program: Program) -> frozenset[str]:
    """The rules whose findings cannot be left out."""
    return frozenset(rule.id for rule in program.rulebook.rules if not rule.suppressible)


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
        cited=_cited(program, advices),
        folder=os.getcwd(),
    )


def _cited(program: Program, advices: Iterable[Advice]) -> tuple[Cited, ...]:
    """The rules behind all findings; a finding that no rule of a pack made has none."""
    book = program.rulebook
    spoken = {finding.rule for advice in advices for finding in advice.every_finding()}
    rules = sorted((rule for rule in book.rules if rule.id in spoken), key=lambda rule: rule.id)
    return tuple(Cited(rule, tuple(book.sources[name] for name in rule.sources)) for rule in rules)


def exit_status(report: Report, fail_on: Severity | None, require_settled: bool = False) -> int:
    """2: unusable input; 3: nothing was checked; 1: findings at or above `fail_on`; 4: not settled; else 0.

    Where only what has changed was to be checked, that may be nothing.
    """
    if report.diagnostics:
        return 2
    if not report.advices:
        return 3 if report.since is None else 0
    if any(_reaches(finding, fail_on) for advice in report.advices for finding in advice.findings):
        return 1
    return 4 if require_settled and not all(advice.settled for advice in report.advices) else 0


def _reaches(finding: Finding, fail_on: Severity | None) -> bool:
    return fail_on is not None and SEVERITIES.index(finding.severity) <= SEVERITIES.index(fail_on)
