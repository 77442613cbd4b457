"""Values of stated facts at which derived facts turn, from the catalog and the other inputs."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from archadvisor.engine.derived import LARGE_FLEET
from archadvisor.engine.fargate import PODS_OWN
from archadvisor.engine.program import Program
from archadvisor.engine.scope import Scope
from archadvisor.model.condition import Compare
from archadvisor.model.fact import FactType, Value

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Landmarks:
    """The numbers between which a derived fact stays the same, as comparisons, and other values to try."""

    comparisons: tuple[Compare, ...] = ()
    values: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class Site:
    """An input of a derived fact: whose fact is computed, and whose input it is."""

    program: Program
    derived: str
    fact: FactType
    whole: Scope
    part: Scope

    def rows(self, table: str) -> tuple[Row, ...]:
        """The rows of a catalog table on the day asked about."""
        return self.program.almanac.rows(table)


def landmarks(program: Program, derived: str, fact: FactType, whole: Scope, part: Scope) -> Landmarks:
    """Where an input `fact` of `part` turns a derived fact of `whole`."""
    site = Site(program, derived, fact, whole, part)
    bounds = BOUNDS.get(derived, {}).get(fact.name)
    if bounds is not None:
        return Landmarks(comparisons=tuple(dict.fromkeys(bounds(site))))
    values = VALUES.get(fact.name)
    if values is not None:
        return Landmarks(values=tuple(dict.fromkeys(values(site))))
    return Landmarks(values=(True, False) if fact.kind == "boolean" else fact.words)


def _largest(site: Site, orchestrator: str, number: Callable[[Row], float], reserved: float = 0.0) -> Iterator[Compare]:
    """Beyond the largest Fargate size of each operating system, no size is left."""
    largest: dict[str, float] = {}
    for row in site.rows("fargate_sizes"):
        for system in row["systems"] if orchestrator in row["orchestrators"] else ():
            largest[system] = max(largest.get(system, 0.0), number(row))
    yield from (Compare(site.fact.name, "gt", size - reserved) for size in sorted(set(largest.values())))


def _cpu(row: Row) -> float:
    return float(row["cpu"])


def _memory(row: Row) -> float:
    return float(max(row["memory"]) if "memory" in row else row["max"])


def _every(site: Site, numbers: Callable[[Row], Iterable[float]]) -> Iterator[Compare]:
    """A request is a size exactly at each size."""
    for size in sorted({size for row in site.rows("fargate_sizes") for size in numbers(row)}):
        yield Compare(site.fact.name, "gte", size)
        yield Compare(site.fact.name, "gt", size)


def _memories(row: Row) -> Iterable[float]:
    found: Iterable[float] = row["memory"] if "memory" in row else range(row["min"], row["max"] + 1, row["step"])
    return map(float, found)


def _fleet(site: Site) -> Iterator[Compare]:
    """What this service must need for all together to be a large fleet."""
    names = ("service.cpu", "service.replicas.max")
    (other,) = (name for name in names if name != site.fact.name)
    needs = [
        (part, [value for name in names if isinstance(value := part.values[name], (int, float))])
        for part in site.whole.inner
        if part.subject.kind == "service"
    ]
    rest = sum(need[0] * need[1] for part, need in needs if part.path != site.part.path and len(need) == len(names))
    factor = site.part.values[other]
    if isinstance(factor, (int, float)) and factor > 0 and rest < LARGE_FLEET:
        yield Compare(site.fact.name, "gte", (LARGE_FLEET - rest) / factor)


Bounds = Mapping[str, Callable[[Site], Iterator[Compare]]]
"""The numbers at which a derived fact turns, by input."""
_ECS_SIZE: Bounds = {
    "service.cpu": lambda site: _largest(site, "ecs", _cpu),
    "service.memory": lambda site: _largest(site, "ecs", _memory),
}
BOUNDS: Mapping[str, Bounds] = {
    "service.ecs_fargate_size": _ECS_SIZE,
    "service.ecs_fargate_cpu": _ECS_SIZE,
    "service.ecs_fargate_memory": _ECS_SIZE,
    "service.eks_fargate_size": {
        "service.cpu": lambda site: _largest(site, "eks", _cpu),
        "service.memory": lambda site: _largest(site, "eks", _memory, PODS_OWN),
    },
    "service.fargate_request": {
        "service.cpu": lambda site: _every(site, lambda row: [_cpu(row)]),
        "service.memory": lambda site: _every(site, _memories),
    },
    "large_fleet": {"service.cpu": _fleet, "service.replicas.max": _fleet},
}
"""The numbers at which derived facts turn, by derived fact and input."""


def _regions(site: Site) -> Iterator[Value]:
    """The Regions of each partition, alone and together; and those in use, one of them or one more."""
    now = site.part.values["regions"]
    used = now if isinstance(now, tuple) else ()
    for row in site.rows("partitions"):
        known = tuple(row["regions"])
        yield from (known[:1], known[:2])
        if used and used[0].startswith(tuple(row["prefixes"])):
            yield from (used[:1], (*used, *(region for region in known[:2] if region not in used)))


def _eks_versions(site: Site) -> Iterator[Value]:
    """None, and the newest version that each kind of support ends with on the day asked about."""
    yield "none"
    day = site.program.day
    supported: dict[str, str] = {}
    for row in sorted(site.rows("eks_versions"), key=lambda row: int(str(row["version"]).partition(".")[2])):
        kind = "standard" if day <= str(row["standard_until"]) else "extended"
        supported[kind if day <= str(row["extended_until"]) else "ended"] = str(row["version"])
    yield from supported.values()


VALUES: Mapping[str, Callable[[Site], Iterable[Value]]] = {
    "regions": _regions,
    "existing.eks_version": _eks_versions,
    "service.capabilities": lambda site: ((), ("SYS_PTRACE",), ("NET_ADMIN",)),
    "service.sysctls": lambda site: ((), ("net.core.somaxconn",), ("vm.max_map_count",)),
    "service.uses.aws": lambda site: ((), ("s3",)),
    "endpoint.domain": lambda site: ("none", "app.example.com", "app.internal"),
    "secret.rotate_every": lambda site: ("never", 30 * 86400.0),
}
"""Values of open facts, one for each that derived facts tell apart."""
