"""Checks files: each is read and advised on; one that cannot be used does not stop the others."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import TypeVar

from archadvisor.engine.advise import advise
from archadvisor.engine.program import Program
from archadvisor.loading.workload import Reading
from archadvisor.model.advice import Advice, Cited, Report
from archadvisor.model.configuration import EVERYTHING
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.frozen import dataclass, field, replace
from archadvisor.model.rule import Severity
from archadvisor.model.totals import Totals
from archadvisor.model.workload import Workload
from archadvisor.policy.rules import RULES
from archadvisor.policy.selection import selected
from archadvisor.policy.suppressions import accepted
from archadvisor.version import __version__
from archadvisor.workflows.acceptance import Step
from archadvisor.workflows.reading import reading_of_any
from archadvisor.workflows.sources import Reader, Sources, sources_of

Result = TypeVar("Result")
Progress = Callable[[int, int], None]
"""Is told how many files are done, and of how many."""
_LARGEST_SHARE = 64
_SHARES_A_PROCESS = 4
WORTH_A_PROCESS = 24
"""Files from which a process more saves what it costs to start (`docs/decisions/0028-forked-workers.md`)."""


@dataclass(frozen=True, slots=True)
class Effort:
    """How many processes work on the files of a run, and who is told how far they are."""

    jobs: int | None = 1
    """None: as many as there are cores to use, where there are so many files that it is worth it."""
    progress: Progress | None = None

    def processes(self, files: int) -> int:
        """How many processes so many files take."""
        if not can_fork():
            return 1
        if self.jobs is None:
            return min(cores(), files // WORTH_A_PROCESS)
        return min(self.jobs, files)


def can_fork() -> bool:
    """Whether a process can be had that knows what this one does."""
    return hasattr(os, "fork")


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


ALONE = Effort()


@dataclass(frozen=True, slots=True)
class Checking:
    """How files are checked: with what, and how much is asked about each."""

    program: Program
    stdin: tuple[str, bytes] | None = None
    """The name and the bytes of the file `-`."""
    explained: bool | None = None
    """Whether decisions come with reasons; where that is not said, if there is one file only."""
    deep: bool = False
    """Whether it is also said what would change each decision."""
    steps: Sequence[Step] = ()
    """What the advice on each file goes through."""
    readers: Mapping[str, Reader] = field(default_factory=dict)
    """What reads a source that is not one file, by its name."""

    def of(self, file: str, several: bool, data: bytes | None = None) -> Advice | Reading:
        """The advice on a file, or on `data` in its place, or what is wrong with it."""
        reading = self._reading(file, data)
        if reading.workload is None:
            return reading
        explained = not several if self.explained is None else self.explained
        advice = advice_on(reading.workload, self.program, explained or self.deep, self.deep)
        for step in self.steps:
            advice = step.of(advice, reading.workload)
        return advice

    def _reading(self, file: str, data: bytes | None) -> Reading:
        if file in self.readers:
            return self.readers[file]()
        name, data = self.stdin if file == "-" and self.stdin is not None else (file, data)
        return reading_of_any(name, self.program.rulebook, data)


def check(
    checking: Checking,
    paths: Sequence[str],
    effort: Effort = ALONE,
    since: str | None = None,
) -> Report:
    """The report on all that `paths` mean; these may be what has changed `since` a revision."""
    return replace(report_on(checking, sources_of(paths, checking.program.rulebook), effort), since=since)


def report_on(checking: Checking, sources: Sources, effort: Effort = ALONE) -> Report:
    """The report on what was found."""
    checking = replace(checking, readers=sources.readers)
    advices: list[Advice] = []
    diagnostics = list(sources.diagnostics)
    lines: list[tuple[str, tuple[str, ...]]] = []
    several = len(sources.names) > 1

    def work(names: Sequence[str]) -> Sequence[Advice | Reading]:
        return [checking.of(name, several) for name in names]

    for found in chain.from_iterable(in_shares(sources.names, work, lambda name: (lost(name),), effort)):
        if isinstance(found, Advice):
            advices.append(found)
            diagnostics += found.unread
        else:
            diagnostics += found.diagnostics
            lines.append((found.file, found.lines))
    made = report(checking.program, tuple(advices), tuple(diagnostics), tuple(lines))
    return replace(made, several=several)


def in_shares(
    files: Sequence[str], work: Callable[[Sequence[str]], Result], lost: Callable[[str], Result], effort: Effort
) -> Iterator[Result]:
    """What `work` makes of some files at a time, in order; `lost` gives what stands for one that ended its process."""
    jobs = effort.processes(len(files))
    size = max(1, min(_LARGEST_SHARE, len(files) // (max(1, jobs) * _SHARES_A_PROCESS)))
    shares = [files[start : start + size] for start in range(0, len(files), size)]
    if jobs > 1:
        from archadvisor.storage.workers import results_in_order

        results = results_in_order(shares, work, lost, jobs)
    else:
        results = ((len(share), work(share)) for share in shares)
    progress, done = effort.progress or unseen, 0
    for number, result in results:
        progress(done, len(files))
        yield result
        done += number
    progress(len(files), len(files))


def unseen(done: int, of: int) -> None:
    """Where nobody watches."""


def lost(file: str) -> Reading:
    """What there is to say of a file whose check ended a process."""
    hint = "`--jobs 1` shows more; please report it with the file"
    return Reading(file, None, (Diagnostic(file, "the check of this file ended before it was done", None, hint),), ())


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
        several=len(advices) > 1,
    )


def _cited(program: Program, advices: Iterable[Advice]) -> tuple[Cited, ...]:
    """The rules behind all findings; a finding that no rule of a pack made has none."""
    book = program.rulebook
    spoken = {finding.rule for advice in advices for finding in advice.every_finding()}
    rules = sorted((rule for rule in book.rules if rule.id in spoken), key=lambda rule: rule.id)
    return tuple(Cited(rule, tuple(book.sources[name] for name in rule.sources)) for rule in rules)


def exit_status(told: Report, totals: Totals, fail_on: Severity | None, require_settled: bool = False) -> int:
    """2: unusable input; 3: nothing was checked; 1: findings at or above `fail_on`; 4: not settled; else 0.

    Where only what has changed was to be checked, that may be nothing.
    """
    if told.diagnostics:
        return 2
    if not totals.files:
        return 3 if told.since is None else 0
    if totals.reach(fail_on):
        return 1
    return 4 if require_settled and totals.unsettled else 0
