"""What `check` holds its advice against besides the file itself."""

import os
from collections.abc import Callable
from functools import cache

from archadvisor.engine.program import Program
from archadvisor.loading.lock import lock_above, read_lock
from archadvisor.model.advice import Advice
from archadvisor.model.workload import Workload

Step = Callable[[Advice, Workload], Advice]
"""What becomes of the advice on a workload."""


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
    return lambda advice, workload: compared(advice, known.get(from_folder(workload.file, file), ()))


def lock_step(program: Program, file: str | None) -> Step:
    """Says how the decisions stand that a lock holds: the one in `file`, else the nearest beside or above a workload.

    Raises:
        UnreadableInput: now or later, a lock cannot be used; with every problem.
    """
    above, read = cache(lock_above), cache(read_lock)
    if file is not None:
        read(file)

    def held(advice: Advice, workload: Workload) -> Advice:
        found = file or above(os.path.dirname(os.path.abspath(workload.file)))
        lock = read(found) if found else None
        locked = lock.files.get(from_folder(workload.file, found)) if lock and found else None
        if lock is None or locked is None:
            return advice
        from archadvisor.workflows.lock import held_against

        return held_against(advice, workload, program, lock, locked)

    return held
