"""Holds a workload file and its advice against the files of other tools."""

from collections.abc import Sequence

from archadvisor.analysis.drift import drifts
from archadvisor.engine.program import Program
from archadvisor.errors import UnreadableInput
from archadvisor.loading.discovery import is_folder
from archadvisor.loading.workload import Reading
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.drift import Comparison
from archadvisor.model.rule import Rulebook
from archadvisor.workflows.check import advice_on
from archadvisor.workflows.foreign import foreign_reading
from archadvisor.workflows.intake import glanced
from archadvisor.workflows.reading import workload_in
from archadvisor.workflows.repository import repository
from archadvisor.workflows.together import together


def drift(program: Program, file: str, paths: Sequence[str]) -> Comparison:
    """A workload file held against what files and folders hold; nothing is absent while some of them cannot be read.

    Raises:
        UnreadableInput: the workload file cannot be used.
    """
    workload = workload_in(file, program.rulebook)
    readings, problems = _readings(paths, program.rulebook)
    reals = [reading.workload for reading in readings if reading.workload is not None]
    problems += [problem for reading in readings for problem in reading.diagnostics]
    problems += [problem for real in reals for problem in real.unread]
    found = drifts(workload, advice_on(workload, program), reals, program.vocabulary)
    complete = bool(reals) and not problems
    return Comparison(
        file,
        workload.name,
        ((file, workload.lines), *(each for real in reals for each in real.files)),
        tuple(each for each in found if complete or each.kind != "absent"),
        tuple(each for real in reals for each in real.left_out),
        tuple(problems),
    )


def exit_status(found: Comparison) -> int:
    """2: something cannot be read; 3: there is nothing to hold the workload against; 1: drift; else 0."""
    if found.diagnostics:
        return 2
    if len(found.files) == 1:
        return 3
    return 1 if found.drifts else 0


def _readings(paths: Sequence[str], rulebook: Rulebook) -> tuple[list[Reading], list[Diagnostic]]:
    """What comes of the files that paths mean, and what is not read of them, such as charts.

    Files that are given by name are taken together, as `import` takes them.
    """
    readings: list[Reading] = []
    problems: list[Diagnostic] = []
    files = [path for path in dict.fromkeys(paths) if not is_folder(path)]
    for folder in (path for path in dict.fromkeys(paths) if is_folder(path)):
        below = repository(folder)
        readings += [below.reading(unit, rulebook) for unit in below.inventory.of_other_tools]
        problems += [Diagnostic(name, message) for name, message in below.inventory.notes]
        problems += below.inventory.diagnostics
    found, trouble = glanced(files)
    try:
        readings += [foreign_reading(files[0], together(found))] if found else []
    except UnreadableInput as error:
        problems += error.diagnostics
    return readings, [*problems, *trouble]
