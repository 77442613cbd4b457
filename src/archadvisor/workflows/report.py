"""The design report of one workload."""

from archadvisor.engine.advise import advise
from archadvisor.engine.program import Program
from archadvisor.errors import UnreadableInput
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.policy.suppressions import accepted
from archadvisor.rendering.markdown import markdown
from archadvisor.storage import atomic
from archadvisor.workflows.check import report
from archadvisor.workflows.reading import workload_in


def design_report(program: Program, file: str) -> str:
    """The Markdown report on a workload file.

    Raises:
        UnreadableInput: with every problem of the file.
    """
    workload = workload_in(file, program.rulebook)
    advice = accepted(advise(workload, program), workload, program.day)
    return markdown(report(program, (advice,)), workload)


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
