"""What became of the decisions about a workload from one version of it to the next, and which edits did it."""

from dataclasses import dataclass

from archadvisor.model.place import Place
from archadvisor.model.workload import Stated


@dataclass(frozen=True, slots=True)
class Edit:
    """A fact that is stated otherwise, or a whole subject that came or went."""

    subject: str
    """The path of the subject; empty for the workload."""
    fact: str | None
    """The name of the fact; None where the whole subject came or went."""
    path: str
    """Where the fact or the subject is written: `services.web.gpus`."""
    before: Stated | None
    after: Stated | None
    came: bool
    """Of a whole subject: whether it came, else it went."""
    unit: str | None = None

    @property
    def place(self) -> Place | None:
        """Where the file says it now."""
        return self.after.place if self.after else None


@dataclass(frozen=True, slots=True)
class Turn:
    """A decision with another option than before, or that is asked now, or no more."""

    decision: str
    subject: str | None
    asked: tuple[bool, bool]
    """Whether the decision was, and is, to be made."""
    before: str | None
    after: str | None
    """The option; None also where requirements leave none."""
    edits: tuple[Edit, ...]
    """The fewest edits that bring it about; where none were found, all of them."""
    smallest: bool
    """Whether there are no fewer; else the search was cut short."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One file then and now: how its decisions turned. A file that was not there, or is no more, has no turns."""

    file: str
    name: str
    came: bool
    went: bool
    turns: tuple[Turn, ...]
    edits: int
    """How many edits there are in all."""
    same: int
    """How many decisions have the option they had."""
