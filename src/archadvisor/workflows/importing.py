"""Files and folders of other tools to the one workload that they describe together."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from archadvisor.errors import UnreadableInput
from archadvisor.loading.discovery import is_folder
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.intake import Imported, Remark
from archadvisor.model.place import START
from archadvisor.workflows.intake import glanced, joined
from archadvisor.workflows.repository import Repository, repository
from archadvisor.workflows.together import Glance, together


def imported(paths: Sequence[str]) -> Imported:
    """The workload that files, and those below folders, describe together; of what several say, the later one counts.

    Raises:
        UnreadableInput: files cannot be read, or are of no known kind, or a folder holds several workloads; with every
            problem.
    """
    found: list[Glance] = []
    problems: list[Diagnostic] = []
    unread: list[Remark] = []
    for path in paths:
        if is_folder(path):
            below = repository(path)
            found += _glances(below)
            problems += [*below.inventory.diagnostics, *_in_the_way(below)]
            unread += [Remark(file, START, message, is_unread=True) for file, message in below.inventory.notes]
        else:
            more, trouble = glanced([path])
            found, problems = [*found, *more], [*problems, *trouble]
    if problems:
        raise UnreadableInput(problems)
    within = paths[0] if len(paths) == 1 and is_folder(paths[0]) else None
    whole = joined(together(found, within).surveys)
    return replace(whole, remarks=(*whole.remarks, *unread))


def _glances(below: Repository) -> Iterator[Glance]:
    for file in (below.found[file] for unit in below.inventory.of_other_tools for file in unit.files):
        if file.survey is not None:
            yield (file.file, file.data), file.survey


def _in_the_way(below: Repository) -> Iterator[Diagnostic]:
    """Why a folder cannot be taken as one workload: it holds none, or variants of one."""
    folder, units, known = below.inventory.folder, below.inventory.of_other_tools, dict[str, str]()
    if not units and not below.inventory.diagnostics:
        yield Diagnostic(folder, "no file in this folder describes a workload", None, "`scan` tells what is in it")
    for unit in units:
        surveys = [survey for file in unit.files if (survey := below.found[file].survey) is not None]
        names = {name for survey in surveys for name, _ in survey.services}
        for other in dict.fromkeys(known[name] for name in sorted(names) if name in known):
            message = f"`{other}` and `{unit.name}` describe the same service: they are variants of a workload"
            yield Diagnostic(folder, message, None, "give the files of one of them")
        known |= dict.fromkeys(names, unit.name)
