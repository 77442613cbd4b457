"""What two packs decide otherwise."""

from dataclasses import dataclass
from typing import Any

NOT_ASKED = "not asked"
"""In the place of an option, where the decision is not made."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A decision with another answer under the other pack, in the smallest workload found that shows it."""

    decision: str
    subject: str | None
    before: str | None
    after: str | None
    """The options; None where there is no answer, `not asked` where the decision is not made."""
    witness: dict[str, Any]


@dataclass(frozen=True, slots=True)
class PackDiff:
    """Two packs held against each other by meaning, for one day."""

    as_of: str
    lost: tuple[str, ...]
    """Rules of the old pack whose meaning the new one does not have."""
    gained: tuple[str, ...]
    moved: tuple[Moved, ...]
    alike: tuple[str, ...]
    """Decisions whose rules differ, and for which no workload with another answer was found."""
    other_decisions: tuple[str, ...]
    """Decisions that only one of the packs has, or that are put otherwise."""
    tried: int
    """How many workloads were looked at."""
    changed: tuple[tuple[str, str, str | None, str | None, str | None], ...]
    """Of the workloads given: file, decision, subject, option before and after."""
    given: int

    @property
    def same(self) -> bool:
        """Whether the packs mean the same, which is proved then."""
        return not (self.lost or self.gained or self.other_decisions)
