"""The design report of one workload."""

from archadvisor.engine.program import Program
from archadvisor.rendering.markdown import markdown
from archadvisor.workflows.check import advice_on, report
from archadvisor.workflows.reading import workload_in


def design_report(program: Program, file: str) -> str:
    """The Markdown report on a workload file.

    Raises:
        UnreadableInput: with every problem of the file.
    """
    workload = workload_in(file, program.rulebook)
    return markdown(report(program, (advice_on(workload, program, deep=True),)), workload)
