"""The files that git says something of."""

import os
from collections.abc import Collection, Iterator, Sequence

from archadvisor.errors import UnreadableInput
from archadvisor.loading.discovery import workload_files
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.repository import Unit
from archadvisor.storage import git
from archadvisor.workflows.repository import Repository, repository
from archadvisor.workflows.sources import without_workload_files


def changed_files(paths: Sequence[str], ref: str) -> tuple[str, ...]:
    """Of the files that paths mean, those that are not as they were at a revision; and paths that mean nothing.

    Raises:
        UnreadableInput: this folder is in no git repository, it has no such revision, or a path is not within it.
    """
    return _among(paths, {moved.after for moved in git.changed(".", ref) if moved.after is not None})


def tracked_files(paths: Sequence[str]) -> tuple[str, ...]:
    """Of the files that paths mean, those that git tracks; and paths that mean nothing.

    Raises:
        UnreadableInput: this folder is in no git repository, or a path is not within it.
    """
    return _among(paths, git.tracked("."))


def refuse_outside(paths: Sequence[str]) -> None:
    """Tells of paths that the repository of this folder knows nothing of.

    Raises:
        UnreadableInput: there are some.
    """
    message = "it is not within the git repository of this folder, so what has changed is not known"
    problems = [Diagnostic(path, message) for path in git.outside(".", paths)]
    if problems:
        raise UnreadableInput(problems)


def units_among(paths: Sequence[str], files: Sequence[str], known: frozenset[str]) -> Iterator[Unit]:
    """The workloads of other tools in folders without workload files, of which a file is among those `known`."""
    for folder in without_workload_files(paths, files):
        found = repository(folder)
        for problem in found.inventory.diagnostics:
            if git.located(problem.file) in known:
                yield Unit(problem.file, "", (problem.file,))
        yield from (unit for unit in found.inventory.units if not known.isdisjoint(_files(unit, found)))


def _files(unit: Unit, found: Repository) -> Iterator[str]:
    """The files of a workload and those that they take in, as git names them."""
    for file in unit.files:
        yield git.located(file)
        survey = found.found[file].survey
        for path in survey.mentions if survey else ():
            yield git.located(os.path.join(os.path.dirname(file), path))


def _among(paths: Sequence[str], known: Collection[str]) -> tuple[str, ...]:
    refuse_outside(paths)
    found = workload_files(list(paths))
    others = [unit.files for unit in units_among(paths, found.files, frozenset(known))]
    # What several files describe together is found again in their folder.
    folders = [os.path.dirname(files[0]) or "." for files in others if len(files) > 1]
    alone = [files[0] for files in others if len(files) == 1 and (os.path.dirname(files[0]) or ".") not in folders]
    own = [file for file in found.files if git.located(file) in known]
    return tuple(dict.fromkeys([*own, *folders, *alone, *(each.file for each in found.missing)]))
