"""The design report of one workload."""

from archadvisor.engine.advise import advise
from archadvisor.engine.program import Program
from archadvisor.errors import UnreadableInput
from archadvisor.loading.discovery import read_bytes
from archadvisor.loading.workload import read_workload
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.rendering.markdown import markdown
from archadvisor.storage import atomic
from archadvisor.workflows.check import report


def design_report(program: Program, file: str) -> str:
    """The Markdown report on a workload file.

    Raises:
        UnreadableInput: with every problem of the file.
    """
    data = read_bytes(file)
    if isinstance(data, Diagnostic):
        raise UnreadableInput([data])
    reading = read_workload(data, file)
    if reading.workload is None:
        raise UnreadableInput(reading.diagnostics, {file: reading.lines})
    return markdown(report(program, (advise(reading.workload, program),)), reading.workload)


def save(file: str, text: str) -> None:
    """Writes a report to a file, whole or not at all.

    Raises:
        UnreadableInput: the file cannot be written.
    """
    try:
        atomic.write(file, text)
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        raise UnreadableInput([Diagnostic(file, f"the file cannot be written: {reason}")]) from None
