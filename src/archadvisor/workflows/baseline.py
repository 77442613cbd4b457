"""Baselines: made, shortened to what is still found, and read."""

import os
from collections.abc import Sequence

from archadvisor.engine.program import Program
from archadvisor.errors import UnreadableInput
from archadvisor.loading.baseline import read_baseline
from archadvisor.model.advice import Advice
from archadvisor.model.baseline import Baseline
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.policy.baseline import entries, remaining
from archadvisor.rendering.records import baseline_json
from archadvisor.workflows.acceptance import from_folder
from archadvisor.workflows.check import Checking, check
from archadvisor.workflows.records import save_record


def create(program: Program, paths: Sequence[str], file: str) -> Baseline:
    """Writes a baseline of all that is found now in the files that `paths` mean.

    Raises:
        UnreadableInput: there is one already, a workload cannot be used, or it cannot be written.
    """
    if os.path.lexists(file):
        hint = "drop what is fixed with `archadvisor baseline update`, or remove the file to begin anew"
        raise UnreadableInput([Diagnostic(file, "there is a baseline already", None, hint)])
    found = {from_folder(advice.file, file): entries(advice.findings) for advice in _advices(program, paths)}
    save_record(file, baseline_json(found))
    return {name: known for name, known in found.items() if known}


def update(program: Program, file: str) -> tuple[Baseline, Baseline]:
    """Drops what is fixed from a baseline, and files that are gone; returns it before and after.

    Raises:
        UnreadableInput: the baseline or a workload cannot be used, or the baseline cannot be written.
    """
    before = read_baseline(file)
    folder = os.path.dirname(file)
    paths = [path for name in before if os.path.lexists(path := os.path.join(folder, name))]
    found = {from_folder(advice.file, file): advice.findings for advice in _advices(program, paths)}
    after = {name: tuple(remaining(known, found.get(name, ()))) for name, known in before.items()}
    save_record(file, baseline_json(after))
    return before, {name: known for name, known in after.items() if known}


def _advices(program: Program, paths: Sequence[str]) -> tuple[Advice, ...]:
    report = check(Checking(program, explained=False), paths)
    if report.diagnostics:
        raise UnreadableInput(report.diagnostics, dict(report.lines))
    return report.advices
