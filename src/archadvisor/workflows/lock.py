"""The lock: written from the decisions as they are, and held against them later."""

from collections.abc import Sequence
from dataclasses import replace

from archadvisor.analysis.lapses import lapses
from archadvisor.analysis.values import values_in_words
from archadvisor.engine.advise import advise
from archadvisor.engine.program import Program
from archadvisor.errors import UnreadableInput
from archadvisor.loading.workload import stated_facts
from archadvisor.model.advice import Advice
from archadvisor.model.lock import Held, Lock
from archadvisor.model.workload import Workload
from archadvisor.policy.lock import Now, changed, compared, held, standing
from archadvisor.rendering.records import lock_json
from archadvisor.workflows.acceptance import from_folder
from archadvisor.workflows.check import Checking, check
from archadvisor.workflows.records import save_record


def write_lock(program: Program, paths: Sequence[str], file: str) -> Lock:
    """Writes a lock of the decisions about all files that `paths` mean, and of no others.

    Raises:
        UnreadableInput: a workload cannot be used, or the lock cannot be written.
    """
    report = check(Checking(program, explained=True), paths)
    if report.diagnostics:
        raise UnreadableInput(report.diagnostics, dict(report.lines))
    files = {from_folder(advice.file, file): held(standing(advice)) for advice in report.advices}
    lock = Lock(program.day, program.rulebook.packs, _tables(program), files)
    if files:
        save_record(file, lock_json(lock))
    return lock


def held_against(advice: Advice, workload: Workload, program: Program, lock: Lock, locked: Sequence[Held]) -> Advice:
    """The advice with how the locked decisions stand."""
    if not any(outcome.reasons for outcome in advice.decisions):
        explained = advise(workload, program)
        advice = replace(advice, decisions=explained.decisions, kept=explained.kept)
    broken = changed(locked, held(standing(advice)))
    lapsed = lapses(workload, program, stated_facts(), lock.as_of, broken) if broken else {}
    values = values_in_words(workload, program) if broken else {}
    return compared(advice, lock, locked, Now(values, program.rulebook.packs, _tables(program), lapsed))


def _tables(program: Program) -> tuple[tuple[str, str], ...]:
    return tuple((name, table.checked) for name, table in sorted(program.catalog.items()))
