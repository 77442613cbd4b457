"""The recommended architecture of one workload, as a picture."""

from archadvisor.engine.program import Program
from archadvisor.model.advice import Advice
from archadvisor.model.architecture import Architecture
from archadvisor.model.workload import Workload
from archadvisor.rendering.architecture import architecture
from archadvisor.rendering.mermaid import flowchart
from archadvisor.rendering.svg import label_sizes, sizes, svg
from archadvisor.workflows.check import advice_on
from archadvisor.workflows.extras import needing
from archadvisor.workflows.reading import workload_in


def diagram(program: Program, file: str, form: str, data: bytes | None = None) -> str:
    """The diagram of a workload as `svg` or `mmd` (Mermaid).

    Raises:
        UnreadableInput: with every problem of the file; or what draws SVG is not installed.
    """
    workload = workload_in(file, program.rulebook, data)
    found = recommended(program, workload, advice_on(workload, program, explained=False))
    return picture(found, standalone=True) if form == "svg" else flowchart(found)


def recommended(program: Program, workload: Workload, advice: Advice) -> Architecture:
    """The architecture that advice comes to."""
    decisions = program.rulebook.decisions
    titles = {(decision.id, option.id): option.title for decision in decisions for option in decision.options}
    return architecture(workload, advice, titles)


def picture(found: Architecture, standalone: bool) -> str:
    """An architecture as SVG.

    Raises:
        UnreadableInput: what lays it out is not installed.
    """
    with needing("an SVG diagram", "report"):
        from archadvisor.drawing.layout import layout
    return svg(found, layout(found, sizes(found), label_sizes(found)), standalone)
