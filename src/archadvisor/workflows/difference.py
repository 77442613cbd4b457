"""What became of the decisions about workload files since a git revision."""

import os
from collections.abc import Iterator, Sequence

from archadvisor.analysis.difference import difference
from archadvisor.engine.program import Program
from archadvisor.errors import UnreadableInput
from archadvisor.loading.discovery import is_named_workload, workload_files
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.difference import Difference
from archadvisor.model.workload import Workload
from archadvisor.storage import git
from archadvisor.workflows.reading import reading_of_any
from archadvisor.workflows.selection import refuse_outside, units_among


def differences(program: Program, ref: str, paths: Sequence[str]) -> tuple[Difference, ...]:
    """The workload files that are not as they were at a revision, each with the decisions that turned.

    Raises:
        UnreadableInput: a path or revision means nothing, or a file cannot be used as it was or as it is.
    """
    refuse_outside(paths)
    found = workload_files(list(paths))
    if found.missing:
        raise UnreadableInput(found.missing)
    moved = git.changed(".", ref)
    others = _of_other_tools(paths, found.files, moved)
    here = {git.located(file): file for file in (*found.files, *others)}
    came = [_since(program, ref, each.before, here[each.after]) for each in moved if each.after in here]
    return (*came, *(_gone(program, ref, path) for path in sorted(_removed(moved, paths))))


def _of_other_tools(paths: Sequence[str], files: Sequence[str], moved: Sequence[git.Moved]) -> list[str]:
    """The changed files of other tools that describe a workload each.

    Raises:
        UnreadableInput: some describe one together, which is not compared.
    """
    known = frozenset(each.after for each in moved if each.after is not None)
    units = list(units_among(paths, files, known))
    hint = "name the one to compare by itself"
    message = "what several files describe together is not compared"
    problems = [Diagnostic(unit.files[0], message, None, hint) for unit in units if len(unit.files) > 1]
    if problems:
        raise UnreadableInput(problems)
    return [unit.files[0] for unit in units]


def _since(program: Program, ref: str, old: str | None, file: str) -> Difference:
    after = _read(file, program, None)
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
    return _read(name, program, data)


def _read(name: str, program: Program, data: bytes | None) -> Workload:
    """The workload in a file, which may be of another tool, or in `data` in its place."""
    reading = reading_of_any(name, program.rulebook, data)
    if reading.workload is None:
        raise UnreadableInput(reading.diagnostics, {name: reading.lines})
    if reading.workload.unread:
        raise UnreadableInput(reading.workload.unread)
    return reading.workload
