"""What paths mean: workload files, and files of other tools that describe workloads."""

import os
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from archadvisor.loading.discovery import workload_files
from archadvisor.loading.workload import Reading
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.frozen import dataclass, field
from archadvisor.model.rule import Rulebook

Reader = Callable[[], Reading]


@dataclass(frozen=True, slots=True)
class Sources:
    """What there is to check, by name: a file, `-`, or some files that describe one workload together."""

    names: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...] = ()
    readers: Mapping[str, Reader] = field(default_factory=dict)
    """What reads those that are not one file."""


def sources_of(paths: Sequence[str], rulebook: Rulebook) -> Sources:
    """All that paths mean; in a folder without workload files, the files of other tools."""
    meant = workload_files(list(paths))
    readers: dict[str, Reader] = {}
    problems = meant.problems
    for folder in without_workload_files(paths, meant.files):
        more, found = _of_other_tools(folder, rulebook)
        readers |= more
        problems += found
    return Sources((*meant.files, *readers), tuple(dict.fromkeys(problems)), readers)


def without_workload_files(paths: Sequence[str], files: Sequence[str]) -> list[str]:
    """The folders in which no workload file is."""
    inside = {path: _whole(path) for path in paths if os.path.isdir(path)}
    known = {_whole(folder) for folder in set(map(os.path.dirname, files))} if inside else set()
    return [path for path, start in inside.items() if not any(folder.startswith(start) for folder in known)]


def _whole(folder: str) -> str:
    """The absolute path of a folder, with a separator at its end."""
    return os.path.join(os.path.abspath(folder), "")


def _of_other_tools(folder: str, rulebook: Rulebook) -> tuple[dict[str, Reader], tuple[Diagnostic, ...]]:
    """What reads the files of other tools below a folder; imported late: most folders have workload files."""
    from archadvisor.workflows.repository import repository

    found = repository(folder)
    units = found.inventory.units
    return {unit.name: partial(found.reading, unit, rulebook) for unit in units}, found.inventory.diagnostics
