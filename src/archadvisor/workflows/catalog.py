"""What `archadvisor catalog` tells."""

from collections.abc import Sequence

from archadvisor.analysis.catalog import due, flaws, shelves
from archadvisor.engine.program import Program
from archadvisor.errors import UnknownName
from archadvisor.loading.wording import near_names
from archadvisor.model.catalog import Due, Flaw, Shelf
from archadvisor.model.diagnostic import Diagnostic


def tables(program: Program, names: Sequence[str]) -> tuple[Shelf, ...]:
    """The tables of these names, else all.

    Raises:
        UnknownName: there is no such table.
    """
    for name in names:
        if name not in program.catalog:
            near = near_names(name, program.catalog)
            raise UnknownName([Diagnostic(name, "the catalog has no such table", None, near)])
    return tuple(shelf for shelf in shelves(program) if not names or shelf.table.name in names)


def stale(program: Program) -> tuple[Due, ...]:
    """The values whose review date has passed on the day of the program."""
    return due(program.catalog, program.day)


def problems(program: Program) -> tuple[Flaw, ...]:
    """What is wrong with the catalog, and where a rule says otherwise than it."""
    return flaws(program)
