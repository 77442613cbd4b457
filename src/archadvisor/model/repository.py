"""What a repository holds that says something of workloads."""

from dataclasses import dataclass

from archadvisor.model.diagnostic import Diagnostic

WORKLOAD_FILE = "workload file"
Note = tuple[str, str]
"""A file that was recognised and is no workload as it is, and why."""


@dataclass(frozen=True, slots=True)
class Unit:
    """Files that describe one workload together, in the order in which they count."""

    name: str
    """What the advice is about: the file, or the folder of several."""
    kind: str
    """What the files are, in words: `Compose file`."""
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Inventory:
    """All that was found below a folder."""

    folder: str
    units: tuple[Unit, ...]
    notes: tuple[Note, ...]
    """What is left to other tools, and not read."""
    silent: tuple[Note, ...]
    """What was read and says nothing of a workload."""
    diagnostics: tuple[Diagnostic, ...]

    @property
    def of_other_tools(self) -> tuple[Unit, ...]:
        """What files of other tools describe."""
        return tuple(unit for unit in self.units if unit.kind != WORKLOAD_FILE)

    @property
    def passed_over(self) -> tuple[Note, ...]:
        """Every file that is of a known kind and of no workload."""
        return tuple(sorted((*self.notes, *self.silent)))
