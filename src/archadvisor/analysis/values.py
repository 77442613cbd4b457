"""The facts of a workload as they are now, in words."""

from archadvisor.engine.asking import fact_path
from archadvisor.engine.program import Program
from archadvisor.model.quantity import worded
from archadvisor.model.workload import Workload


def values_in_words(workload: Workload, program: Program) -> dict[str, str]:
    """Every fact of every subject, stated or not, by its path."""
    root = program.scope_of(workload)
    return {
        fact_path(scope, name, program.vocabulary): worded(value, entry.unit)
        for scope in (root, *root.inner)
        for name, value in scope.values.items()
        if (entry := program.vocabulary.get(name)) is not None
    }
