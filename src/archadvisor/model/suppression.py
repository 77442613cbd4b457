"""Findings that a team accepts: said in the workload file, with a reason."""

from dataclasses import dataclass
from typing import Literal

from archadvisor.model.place import Place


@dataclass(frozen=True, slots=True)
class Suppression:
    """A finding that the file accepts: of which rule, about what, why, and until which day."""

    rule: str
    subject: str | None
    """The path of the subject it speaks of; None where a comment's place says it."""
    because: str
    until: str | None
    place: Place
    form: Literal["comment", "section"]
