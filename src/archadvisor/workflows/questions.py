"""What stays open in an imported workload: the facts that no file says and decisions hang on."""

from dataclasses import replace

from archadvisor.engine.advise import advise
from archadvisor.engine.program import Program
from archadvisor.model.intake import Imported
from archadvisor.rendering.intake import imported_file
from archadvisor.workflows.reading import workload_in


def with_questions(found: Imported, program: Program) -> Imported:
    """The same with the paths of what is open; what most decisions ask for comes first."""
    workload = workload_in("workload.yaml", program.rulebook, imported_file(found).encode())
    return replace(found, questions=advise(workload, program, explained=False).asks)
