"""What `check` holds its advice against besides the file itself."""

import os
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from archadvisor.engine.program import Program
from archadvisor.loading.discovery import lock_above
from archadvisor.model.advice import Advice
from archadvisor.model.frozen import dataclass, replace
from archadvisor.model.workload import Workload

if TYPE_CHECKING:
    from archadvisor.model.baseline import Entry
    from archadvisor.model.lock import Held, Lock


@dataclass(frozen=True, slots=True)
class Step:
    """What becomes of the advice on a workload, and what that depends on besides advice and workload."""

    of: Callable[[Advice, Workload], Advice]
    mark: Callable[[str], str]
    """By the path of the workload file; the same where the same becomes of it."""


def from_folder(file: str, record: str) -> str:
    """The path of a file from the folder of a record, the same on every system; what is no text shows as `?`."""
    folder = os.path.dirname(os.path.abspath(record))
    path = os.path.relpath(os.path.abspath(file), folder).replace(os.sep, "/")
    return path.encode("utf-8", "replace").decode("utf-8")


def baseline_step(file: str) -> Step:
    """Sets apart what the baseline in a file knows.

    Raises:
        UnreadableInput: it cannot be used; with every problem.
    """
    from archadvisor.loading.baseline import read_baseline
    from archadvisor.policy.baseline import compared

    known = read_baseline(file)

    def own(path: str) -> "tuple[Entry, ...]":
        return tuple(known.get(from_folder(path, file), ()))

    return Step(lambda advice, workload: compared(advice, own(workload.file)), lambda path: repr(own(path)))


def lock_step(program: Program, file: str | None) -> Step:
    """Says how the decisions stand that a lock holds: the one in `file`, else the nearest beside or above a workload.

    Raises:
        UnreadableInput: now or later, a lock cannot be used; with every problem.
    """
    above, read = cache(lambda folder: lock_above(os.path.abspath(folder))), cache(_lock)
    if file is not None:
        read(file)

    def held(path: str) -> "tuple[Lock, tuple[Held, ...]] | None":
        found = file or above(os.path.dirname(path))
        lock = read(found) if found else None
        locked = lock.files.get(from_folder(path, found)) if lock and found else None
        return None if lock is None or locked is None else (lock, locked)

    def of(advice: Advice, workload: Workload) -> Advice:
        found = held(workload.file)
        if found is None:
            return advice
        from archadvisor.workflows.lock import held_against

        return held_against(advice, workload, program, *found)

    def mark(path: str) -> str:
        found = held(path)
        return "" if found is None else repr((replace(found[0], files={}), found[1]))

    return Step(of, mark)


def _lock(file: str) -> "Lock":
    """The lock in a file; what reads it is imported where there is one."""
    from archadvisor.loading.lock import read_lock

    return read_lock(file)
