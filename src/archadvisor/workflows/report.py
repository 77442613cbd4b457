"""The design report of one workload."""

from dataclasses import replace

from archadvisor.engine.program import Program
from archadvisor.loading.prices import catalog_prices
from archadvisor.rendering.markdown import markdown
from archadvisor.workflows.acceptance import from_folder
from archadvisor.workflows.check import advice_on, report
from archadvisor.workflows.cost import estimated
from archadvisor.workflows.reading import workload_in


def design_report(program: Program, file: str, output: str | None = None) -> str:
    """The Markdown report on a workload file, which it names as seen from the folder of `output`, else from this one.

    Raises:
        UnreadableInput: with every problem of the file.
    """
    workload = workload_in(file, program.rulebook)
    named = replace(workload, file=from_folder(file, output or "-"))
    advice = advice_on(named, program, deep=True)
    estimate = estimated(program, named, advice, catalog_prices(program.catalog, program.day))
    return markdown(report(program, (advice,)), named, estimate)
