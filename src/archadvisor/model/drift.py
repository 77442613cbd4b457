"""Where the real files are not as a workload and its advice say."""

from dataclasses import dataclass
from typing import Literal

from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.place import Place

DriftKind = Literal["absent", "undeclared", "other_fact", "other_decision"]


@dataclass(frozen=True, slots=True)
class Drift:
    """One difference, with both places where there are two."""

    kind: DriftKind
    path: str
    """The subject, fact or decision it is about: `services.web.cpu`, `decisions.compute.web`."""
    message: str
    declared: Place | None
    """Where the workload file says it."""
    real: Place | None
    """Where the real file says it."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A workload held against real files."""

    workload: str
    name: str
    files: tuple[tuple[str, tuple[str, ...]], ...]
    """The workload file and the real ones, each with its lines, secrets masked."""
    drifts: tuple[Drift, ...]
    not_read: tuple[tuple[str, Place], ...]
    """What real files say and is not held against the workload, with where."""
    diagnostics: tuple[Diagnostic, ...]
