"""What became of a pack's proof: defects, each with a workload that shows it, and what was looked at."""

from dataclasses import dataclass
from typing import Any, Literal

DefectKind = Literal["conflict", "idle_declaration", "dead", "vacuous", "shadowed", "never_wins"]
Standing = Literal["proved", "bounded", "refuted"]


@dataclass(frozen=True, slots=True)
class Defect:
    """Something wrong with a pack: of what kind, where, and a workload that shows it, if one can."""

    kind: DefectKind
    about: str
    """A decision, a rule, or a decision's option."""
    message: str
    witness: dict[str, Any] | None = None
    """The workload file as plain data."""


@dataclass(frozen=True, slots=True)
class Looked:
    """How a decision, with those it foresees, was looked at for subjects without an answer."""

    decision: str
    decisions: tuple[str, ...]
    subjects: tuple[str, ...]
    """Kinds of the subjects that were looked at together."""
    enough: str
    """Why that many are enough."""
    regions: int
    """How many combinations of values the rules tell apart."""
    standing: Standing
    trials: int


@dataclass(frozen=True, slots=True)
class Share:
    """Of subjects drawn at random from the regions of a decision: how many have an answer, and only by default."""

    decision: str
    answered: int
    by_default: int


@dataclass(frozen=True, slots=True)
class Verification:
    """All that was found of a pack on one day."""

    as_of: str
    rules: int
    declared: int
    """How many conflicts the pack declares."""
    defects: tuple[Defect, ...]
    looked: tuple[Looked, ...]
    shares: tuple[Share, ...]
    undecided: tuple[str, ...]
    """What could be neither shown nor ruled out within the bounds of the search."""

    @property
    def standing(self) -> Standing:
        """Whether the pack is proved to have no defect."""
        if self.defects:
            return "refuted"
        bounded = self.undecided or any(each.standing != "proved" for each in self.looked)
        return "bounded" if bounded else "proved"
