"""What became of the decisions about workload files since a git revision."""

import os
from collections.abc import Iterator, Sequence

from archadvisor.analysis.difference import difference
from archadvisor.engine.program import Program
from archadvisor.errors import UnreadableInput
from archadvisor.loading.discovery import is_named_workload, workload_files
from archadvisor.model.difference import Difference
from archadvisor.model.workload import Workload
from archadvisor.storage import git
from archadvisor.workflows.reading import workload_in


def differences(program: Program, ref: str, paths: Sequence[str]) -> tuple[Difference, ...]:
    """The workload files that are not as they were at a revision, each with the decisions that turned.

    Raises:
        UnreadableInput: a path or revision means nothing, or a file cannot be used as it was or as it is.
    """
    found = workload_files(list(paths))
    if found.missing:
        raise UnreadableInput(found.missing)
    here = {git.located(file): file for file in found.files}
    moved = git.changed(".", ref)
    came = [_since(program, ref, each.before, here[each.after]) for each in moved if each.after in here]
    return (*came, *(_gone(program, ref, path) for path in sorted(_removed(moved, paths))))


def _since(program: Program, ref: str, old: str | None, file: str) -> Difference:
    after = workload_in(file, program.rulebook)
    data = git.content(".", ref, old) if old else None
    if data is None:
        return Difference(file, after.name, True, False, (), 0, 0)
    return difference(program, _as_it_was(program, data, f"{file} at {ref}"), after)


def _gone(program: Program, ref: str, path: str) -> Difference:
    data = git.content(".", ref, path) or b""
    file = os.path.relpath(path)
    return Difference(file, _as_it_was(program, data, f"{file} at {ref}").name, False, True, (), 0, 0)


def _removed(moved: Sequence[git.Moved], paths: Sequence[str]) -> Iterator[str]:
    """The workload files, by name, that were within the paths and are no more."""
    within = tuple(os.path.join(git.located(path), "") for path in paths)
    lost = (each.before for each in moved if each.after is None and each.before is not None)
    return (path for path in lost if path.startswith(within) and is_named_workload(os.path.basename(path)))


def _as_it_was(program: Program, data: bytes, name: str) -> Workload:
    return workload_in(name, program.rulebook, data)
