"""Examples of rules and options: fragments of workloads, and what must come of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from archadvisor.model.place import Place

Expectation = Literal["fires", "silent", "asks", "wins"]
Fragment = Mapping[str, object]
"""Facts of one subject and of the workload, `choice.*` for earlier decisions, and perhaps a day of its own."""
AS_OF = "as_of"


@dataclass(frozen=True, slots=True)
class Example:
    """A named fragment that belongs to a rule, or (`wins`) to an option of a decision."""

    owner: str
    """A rule id, or `decision=option`."""
    name: str
    expected: Expectation
    fragment: Fragment
    file: str
    place: Place
