"""A file to a workload whose names all mean something under the packs in use."""

from archadvisor.errors import UnreadableInput
from archadvisor.loading.discovery import read_bytes
from archadvisor.loading.references import dangling, settled_suppressions
from archadvisor.loading.workload import Reading, read_workload
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.frozen import replace
from archadvisor.model.rule import Rulebook
from archadvisor.model.workload import Workload


def reading_of(file: str, rulebook: Rulebook, data: bytes | None = None) -> Reading:
    """What came of reading a file, or `data` in its place."""
    found = read_bytes(file) if data is None else data
    if isinstance(found, Diagnostic):
        return Reading(file, None, (found,), ())
    reading = read_workload(found, file)
    if reading.workload is None:
        return reading
    problems = dangling(reading.workload, rulebook)
    if problems:
        return replace(reading, workload=None, diagnostics=tuple(problems))
    return replace(reading, workload=settled_suppressions(reading.workload, rulebook))


def reading_of_any(file: str, rulebook: Rulebook, data: bytes | None = None) -> Reading:
    """What came of reading a workload file, or a file of another tool as the workload it describes."""
    reading = reading_of(file, rulebook, data)
    if reading.workload is not None:
        return reading
    from archadvisor.workflows.foreign import reading_of_foreign

    return reading_of_foreign(reading, data)


def workload_in(file: str, rulebook: Rulebook, data: bytes | None = None) -> Workload:
    """The workload in a file, or in `data` in its place.

    Raises:
        UnreadableInput: with every problem of the file.
    """
    reading = reading_of(file, rulebook, data)
    if reading.workload is None:
        raise UnreadableInput(reading.diagnostics, {file: reading.lines})
    return reading.workload
