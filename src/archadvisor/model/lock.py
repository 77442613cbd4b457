"""A lock: the decisions that a team settled on, and what they rested on then."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from archadvisor.model.rule import PackName

SCHEMA = "lock/1"
Holding = Literal["holds", "other_reason", "broken"]


@dataclass(frozen=True, slots=True)
class Held:
    """A decision as it was made for a subject: its option, the rules that decided, and the facts they rested on."""

    decision: str
    subject: str | None
    option: str | None
    rules: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    """Paths, with values in words; `choice.*` is what was chosen before for the same subject."""


@dataclass(frozen=True, slots=True)
class Lock:
    """The decisions about some files, with the day, the packs and the catalog they were made with."""

    as_of: str
    packs: tuple[PackName, ...]
    catalog: tuple[tuple[str, str], ...]
    """Each table with the day on which it was checked."""
    files: Mapping[str, tuple[Held, ...]]
    """Decisions by file, as seen from the lock."""


@dataclass(frozen=True, slots=True)
class Locked:
    """How a locked decision stands now."""

    decision: str
    subject: str | None
    holding: Holding


@dataclass(frozen=True, slots=True)
class Lapse:
    """A change of a decision for which the calendar alone is the reason."""

    day: str
    """The first day on which it came out another way."""
    values: tuple[str, ...]
    """The dated values of the catalog, and rules, that changed on that day."""
