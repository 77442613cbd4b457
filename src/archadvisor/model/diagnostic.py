"""A complaint about an input file itself, never about the architecture."""

from archadvisor.model.frozen import dataclass
from archadvisor.model.place import Place


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem of one input file: what is so, what was expected, and where."""

    file: str
    message: str
    place: Place | None = None
    hint: str | None = None
    related: tuple[tuple[str, Place], ...] = ()
    """Other places that explain the problem, each with a note."""
