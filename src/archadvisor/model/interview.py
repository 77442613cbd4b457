"""An interview about a workload: what was said so far, and what is asked next."""

from dataclasses import dataclass

from archadvisor.model.fact import FactType

DONT_KNOW = "unknown"


@dataclass(frozen=True, slots=True)
class Sheet:
    """What was said of a workload: what it consists of, and facts in the order they were stated."""

    name: str
    regions: tuple[str, ...] = ()
    services: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Each with the names of its endpoints."""
    secrets: tuple[str, ...] = ()
    callers: tuple[str, ...] = ()
    stated: tuple[tuple[str, str], ...] = ()
    """Paths with values as YAML writes them; `unknown` where nobody knows."""

    @property
    def not_known(self) -> frozenset[str]:
        """The paths of facts that were asked for and are not known."""
        return frozenset(path for path, written in self.stated if written == DONT_KNOW)


@dataclass(frozen=True, slots=True)
class Question:
    """An unknown fact that can still change an answer."""

    path: str
    fact: FactType
    about: str
    """What it is a fact of: `site`, or empty for the workload."""
    hangs: tuple[str, ...]
    """The decisions that it can change: `compute of site`."""
