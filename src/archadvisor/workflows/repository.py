"""Walks a repository: what it holds of each kind, and which files describe one workload together."""

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from archadvisor.errors import SaysNothing, UnknownKind, UnreadableInput
from archadvisor.loading.discovery import is_meant_as_workload, read_bytes
from archadvisor.loading.repository import candidates, files_below
from archadvisor.loading.workload import Reading
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.intake import Survey
from archadvisor.model.repository import WORKLOAD_FILE, Inventory, Note, Unit
from archadvisor.model.rule import Rulebook
from archadvisor.storage import git
from archadvisor.workflows.foreign import foreign_reading
from archadvisor.workflows.grouping import units
from archadvisor.workflows.intake import survey_of
from archadvisor.workflows.reading import reading_of
from archadvisor.workflows.templates import left_to_tools
from archadvisor.workflows.together import together

_TELLING = re.compile(
    rb"(?:services|include|apiVersion|containerDefinitions|Resources|AWSTemplateFormatVersion|resource_changes|planned_values"
    rb"|jobs|stages|script)[\"']?\s*:"
)
"""What is in every file of a kind that is known; most files of a repository are of none, and need not be parsed."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file of a known kind, with its content and, unless it is a workload file, what it says."""

    file: str
    data: bytes
    survey: Survey | None


@dataclass(frozen=True, slots=True)
class Repository:
    """What was found below a folder, ready to be advised on."""

    inventory: Inventory
    found: Mapping[str, Found]

    def reading(self, unit: Unit, rulebook: Rulebook) -> Reading:
        """The workload that the files of a unit describe."""
        found = [self.found[file] for file in unit.files]
        glanced = [((each.file, each.data), each.survey) for each in found if each.survey is not None]
        if not glanced:
            return reading_of(unit.name, rulebook, found[0].data)
        try:
            return foreign_reading(unit.name, together(glanced, self.inventory.folder))
        except UnreadableInput as error:
            return Reading(unit.name, None, error.diagnostics, ())


def repository(folder: str) -> Repository:
    """All that is below a folder and is not ignored by git, or by `.gitignore` where git knows nothing of it."""
    listed, unread = git.unignored(folder), dict[str, Diagnostic]()
    files, problems = candidates(folder, list(files_below(folder, unread)) if listed is None else listed)
    problems += unread.values()
    files, notes = left_to_tools(files)
    found: dict[str, Found] = {}
    silent: list[Note] = []
    for file in files:
        try:
            if (each := _found(file)) is not None:
                found[file] = each
        except SaysNothing as error:
            silent += [(file, problem.message) for problem in error.diagnostics]
        except UnreadableInput as error:
            problems += error.diagnostics
    every = _units(list(found.values()))
    return Repository(Inventory(folder, every, tuple(sorted(notes)), tuple(sorted(silent)), tuple(problems)), found)


def _units(found: Sequence[Found]) -> tuple[Unit, ...]:
    own = [Unit(each.file, WORKLOAD_FILE, (each.file,)) for each in found if each.survey is None]
    others = units([(each.file, each.survey) for each in found if each.survey is not None])
    return tuple(sorted([*own, *others], key=lambda unit: unit.files))


def _found(file: str) -> Found | None:
    """What a file is; None if it is of no known kind.

    Raises:
        SaysNothing: it is of a known kind, and holds nothing of a workload.
        UnreadableInput: it seems to be of a known kind, and cannot be read.
    """
    data = read_bytes(file)
    if isinstance(data, Diagnostic):
        raise UnreadableInput([data])
    if is_meant_as_workload(os.path.basename(file), data):
        return Found(file, data, None)
    if not _TELLING.search(data.replace(b"\0", b"")):
        return None
    try:
        return Found(file, data, survey_of(file, data))
    except UnknownKind:
        return None
