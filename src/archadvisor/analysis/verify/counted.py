"""Facts that are computed of a subject's parts: what they tell of whether there are such parts."""

from collections.abc import Mapping
from dataclasses import dataclass

from archadvisor.analysis.domain import Leaf
from archadvisor.model.condition import ALWAYS, Compare, Condition, Is, Over, leaves


@dataclass(frozen=True, slots=True)
class Counted:
    """What a fact counts: where it is not none, some part is so."""

    parts: Over
    marks: tuple[Compare, ...] = ()
    """Where it must be cut for that to be told."""
    exact: bool = True
    """Whether no part is so where it is none."""

    @property
    def leaves(self) -> tuple[Leaf, ...]:
        """The comparisons that regions must know."""
        return (*self.marks, *leaves(self.parts))


def _number_of(fact: str, collection: str, part: Condition = ALWAYS) -> Counted:
    return Counted(Over("some", collection, part), (Compare(fact, "gt", 0.0),))


COUNTED: Mapping[str, Counted] = {
    "service.endpoint_count": _number_of("service.endpoint_count", "endpoints"),
    "service.public_endpoint_count": _number_of(
        "service.public_endpoint_count", "endpoints", Is("endpoint.visibility", ("public",))
    ),
    "service.call_count": _number_of("service.call_count", "calls"),
    "large_fleet": Counted(Over("some", "services", ALWAYS), exact=False),
}
