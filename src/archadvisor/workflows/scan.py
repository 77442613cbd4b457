"""Finds what a repository says of workloads, and advises on each."""

from functools import partial

from archadvisor.engine.program import Program
from archadvisor.errors import UnreadableInput
from archadvisor.loading.discovery import is_folder
from archadvisor.model.advice import Report
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.repository import Inventory
from archadvisor.workflows.check import Checking, Effort, Progress, report_on
from archadvisor.workflows.repository import repository
from archadvisor.workflows.sources import Sources


def scan(program: Program, folder: str, explained: bool, progress: Progress | None = None) -> tuple[Inventory, Report]:
    """What is below a folder, and the report on every workload there.

    Raises:
        UnreadableInput: it is no folder.
    """
    if not is_folder(folder):
        raise UnreadableInput([Diagnostic(folder, "this is no folder", None, "`check` takes files")])
    found = repository(folder)
    readers = {unit.name: partial(found.reading, unit, program.rulebook) for unit in found.inventory.units}
    sources = Sources(tuple(readers), found.inventory.diagnostics, readers)
    made = report_on(Checking(program, explained=explained), sources, Effort(progress=progress))
    return found.inventory, made
