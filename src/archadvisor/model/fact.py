"""The vocabulary of facts: what can be said of a subject, and what silence about it means."""

from collections.abc import Mapping
from typing import Literal

from archadvisor.model.frozen import dataclass

Value = str | float | bool | tuple[str, ...]
Known = Value | None
"""A fact's value, or None where it is unknown."""

SubjectKind = Literal[
    "workload",
    "service",
    "image",
    "endpoint",
    "link",
    "secret",
    "caller",
    "literal",
    "outcome",
    "suppression",
    "baseline",
    "lock",
]
FactKind = Literal["word", "number", "boolean", "set"]
Origin = Literal["stated", "derived", "assumed", "unknown", "chosen"]

PARENTS: Mapping[SubjectKind, SubjectKind] = {
    "service": "workload",
    "image": "service",
    "endpoint": "service",
    "link": "service",
    "secret": "workload",
    "caller": "workload",
    "literal": "workload",
    "outcome": "workload",
}
COLLECTIONS: Mapping[str, SubjectKind] = {
    "services": "service",
    "images": "image",
    "endpoints": "endpoint",
    "calls": "link",
    "secrets": "secret",
    "callers": "caller",
}


@dataclass(frozen=True, slots=True)
class FactType:
    """One fact: whose it is, what values it takes, and what silence means."""

    name: str
    subject: SubjectKind
    kind: FactKind
    description: str
    words: tuple[str, ...] = ()
    """The words it may take, where they are few."""
    unit: str | None = None
    silence: Known = None
    """The value that is assumed when nothing is stated; None: it is unknown then."""
    inherits: str | None = None
    """The workload's fact that silence refers to."""
    inputs: tuple[str, ...] = ()
    """The facts it is derived from; empty where it is stated."""
    whole: bool = False
    """Whether its numbers are whole."""
    most: float | None = None
    """The largest number it may be; the least is 0."""


Vocabulary = Mapping[str, FactType]


def visible(fact: SubjectKind, subject: SubjectKind) -> bool:
    """Whether rules about `subject` may read facts of `fact`: its own kind and those it is part of."""
    return fact == subject or (subject in PARENTS and visible(fact, PARENTS[subject]))


def is_part(kind: SubjectKind, whole: SubjectKind) -> bool:
    """Whether subjects of a kind are parts of those of another."""
    return kind != whole and visible(whole, kind)
