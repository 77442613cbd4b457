"""Resources of AWS as a template or a plan describes them, and how one refers to another."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from archadvisor.intake.part import Part
from archadvisor.model.place import Place


@dataclass(frozen=True, slots=True)
class Resource:
    """One resource, by the name of its type in CloudFormation."""

    type: str
    address: str
    """What others refer to it by."""
    title: str
    """What people call it."""
    said: Part
    """Its properties."""
    written: Part
    """Its properties with functions as they are written."""
    place: Place
    instance: str = ""
    """Which of several that are made of one description."""

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from all others."""
        return self.address, self.instance


@dataclass(frozen=True, slots=True)
class Stack:
    """Resources that are described together."""

    resources: Sequence[Resource]
    _by_address: dict[str, list[Resource]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Makes the index."""
        for each in self.resources:
            self._by_address.setdefault(each.address, []).append(each)

    def of(self, *types: str) -> list[Resource]:
        """The resources of some types."""
        return [each for each in self.resources if each.type in types]

    def referred(self, part: Part, *types: str, instance: str = "") -> Resource | None:
        """The resource of these types that a value is made of; of several instances the one of the same name."""
        for address in part.refers:
            found = [each for each in self._by_address.get(address, ()) if each.type in types]
            same = [each for each in found if each.instance == instance]
            if same or len(found) == 1:
                return (same or found)[0]
        return None
