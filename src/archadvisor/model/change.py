"""A change to what a workload says: one fact, its value now and the one it would have."""

from archadvisor.model.condition import Comparison
from archadvisor.model.fact import Known, Origin, Value
from archadvisor.model.frozen import dataclass
from archadvisor.model.place import Place


@dataclass(frozen=True, slots=True)
class Change:
    """One fact of one subject with another value."""

    subject: str
    """The path of the subject; empty for the workload."""
    fact: str
    """The name of the fact, such as `service.gpus`."""
    before: Known
    origin: Origin
    after: Value
    past: tuple[Comparison, float] | None = None
    """The threshold that a number passes, on the side it comes to lie."""
    unit: str | None = None
    place: Place | None = None
    """Where the fact is written, if it is."""

    @property
    def site(self) -> tuple[str, str]:
        """The subject and the fact."""
        return self.subject, self.fact

    @property
    def path(self) -> str:
        """Where the fact is, or would be, written: `services.web.gpus`."""
        return stated_path(self.subject, self.fact)

    @property
    def upward(self) -> bool | None:
        """Whether a number becomes larger; None for all else."""
        before, after = self.before, self.after
        if isinstance(before, bool) or not isinstance(before, int | float) or not isinstance(after, int | float):
            return None
        return after > before

    @property
    def reach(self) -> float | None:
        """How far a number is from the threshold it passes, as a part of the larger of the two; None for all else."""
        if self.past is None or not isinstance(self.before, int | float):
            return None
        return abs(self.past[1] - self.before) / max(self.past[1], self.before, 1e-12)


def stated_path(subject: str, fact: str) -> str:
    """The path of a fact of the subject at a path; empty is the workload."""
    return f"{subject}.{fact.partition('.')[2]}" if subject else fact
