"""The sizes that a Fargate task or pod may have, and the one that a request comes to."""

from collections.abc import Mapping
from functools import lru_cache
from itertools import product
from typing import Any

from archadvisor.engine.derivation import Compute, Given, Rows, Samples
from archadvisor.model.catalog import Almanac
from archadvisor.model.fact import Known

Row = Mapping[str, Any]
PODS_OWN = 0.25
"""GiB of a pod's memory that Kubernetes' own components take."""
Sizes = tuple[tuple[float, tuple[float, ...]], ...]
"""vCPU, each with the GiB of memory it comes with, smallest first."""


def _memories(row: Row) -> tuple[float, ...]:
    if "memory" in row:
        return tuple(float(size) for size in row["memory"])
    return tuple(float(size) for size in range(row["min"], row["max"] + 1, row["step"]))


@lru_cache(maxsize=64)
def _sizes(almanac: Almanac, orchestrator: str, system: Known) -> Sizes:
    return tuple(
        (float(cell["cpu"]), _memories(cell))
        for cell in _cells(almanac.rows)
        if orchestrator in cell["orchestrators"] and system in cell["systems"]
    )


def _smallest(given: Given, orchestrator: str, cpu: float, memory: float) -> tuple[float, float] | None:
    """The first size, in vCPU and GiB, that holds a request on an orchestrator."""
    for size, memories in _sizes(given.frame.almanac, orchestrator, given.values["service.os"]):
        if size >= cpu and memories[-1] >= memory:
            return size, next(fitting for fitting in memories if fitting >= memory)
    return None


def fargate_size(orchestrator: str, reserved: float = 0.0) -> Compute:
    """Computes the smallest size on an orchestrator that holds a request; `reserved` GiB are the platform's own."""

    def size(given: Given) -> Known:
        cpu, memory = given.values["service.cpu"], given.values["service.memory"]
        if given.values["service.os"] is None:
            return None
        least_cpu = cpu if isinstance(cpu, (int, float)) else 0.0
        least_memory = memory if isinstance(memory, (int, float)) else 0.0
        found = _smallest(given, orchestrator, least_cpu, least_memory + reserved)
        if found is None:
            return "none"
        return None if cpu is None or memory is None else f"{found[0]:g} vCPU / {_gib(found[1])}"

    return size


def fargate_part(part: int) -> Compute:
    """Computes the vCPU (0) or the GiB (1) of the smallest size on ECS that holds a request."""

    def amount(given: Given) -> Known:
        cpu, memory = given.values["service.cpu"], given.values["service.memory"]
        if not isinstance(cpu, (int, float)) or not isinstance(memory, (int, float)):
            return None
        found = _smallest(given, "ecs", cpu, memory)
        return found[part] if found else None

    return amount


def fargate_limits(rows: Rows) -> Samples:
    """The largest requests that sizes hold, with and without what Kubernetes needs: beyond them there is none."""
    largest: dict[tuple[str, str], tuple[float, float]] = {}
    for cell in _cells(rows):
        for kind in product(cell["orchestrators"], cell["systems"]):
            cpu, memory = largest.get(kind, (0.0, 0.0))
            largest[kind] = max(cpu, float(cell["cpu"])), max(memory, _memories(cell)[-1])
    return {
        "service.cpu": tuple(sorted({cpu for cpu, _ in largest.values()})),
        "service.memory": tuple(sorted({most - own for _, most in largest.values() for own in (0.0, PODS_OWN)})),
    }


def _cells(rows: Rows) -> tuple[Row, ...]:
    return rows("fargate_sizes")


def _gib(amount: float) -> str:
    return f"{amount:g} GiB" if amount >= 1 else f"{amount * 1024:g} MiB"


def fargate_request(given: Given) -> Known:
    """Whether a request is a size as it is written (`exact`), must be `rounded_up`, or fits `none`."""
    cpu, memory = given.values["service.cpu"], given.values["service.memory"]
    if not isinstance(cpu, (int, float)) or not isinstance(memory, (int, float)) or given.values["service.os"] is None:
        return None
    found = _smallest(given, "ecs", cpu, memory)
    if found is None:
        return "none"
    return "exact" if found == (cpu, memory) else "rounded_up"
