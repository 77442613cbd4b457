"""Findings that a team accepts: said in the workload file, with a reason."""

from typing import Literal

from archadvisor.model.frozen import dataclass
from archadvisor.model.place import Place

Form = Literal["comment", "section"]
Fault = Literal["malformed", "misplaced", "unknown-rule", "unsuppressable"]


@dataclass(frozen=True, slots=True)
class Suppression:
    """A finding that the file accepts: of which rule, about what, why, and until which day."""

    rule: str
    subject: str | None
    """The path of the subject it speaks of; None where a comment's place says it, or it is the workload."""
    because: str
    until: str | None
    """The last day on which it counts."""
    place: Place
    """Where the rule is named."""
    form: Form
    lines: tuple[int, ...] = ()
    """Where that for which a comment stands begins."""


@dataclass(frozen=True, slots=True)
class Misfit:
    """What is meant as a suppression and can be none: what is wrong with it, and what to do."""

    fault: Fault
    problem: str
    remedy: str
    place: Place
