"""How many instances of one type hold some replicas: first fit, the largest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from archadvisor.costing.load import Instance


@dataclass(frozen=True, slots=True)
class Needed:
    """The size of a replica in vCPU and GiB, and how many there are."""

    cpu: Decimal
    memory: Decimal
    replicas: int


def packed(needed: Sequence[Needed], instance: Instance) -> int:
    """The number of instances; every replica is known to fit an empty one.

    What the system and agents of an instance take is not counted.
    """
    bins: list[tuple[Decimal, Decimal]] = []
    for each in sorted(needed, key=lambda each: _part(each, instance), reverse=True):
        bins = _placed(bins, each, instance)
    return len(bins)


def _part(each: Needed, instance: Instance) -> Decimal:
    """The larger of the shares of an instance that a replica takes."""
    return max(each.cpu / instance.vcpu, each.memory / instance.memory)


def _placed(bins: list[tuple[Decimal, Decimal]], each: Needed, instance: Instance) -> list[tuple[Decimal, Decimal]]:
    """What is free on each instance after all replicas have found room."""
    left = each.replicas
    filled = []
    for cpu, memory in bins:
        here = min(left, _room(cpu, memory, each))
        left -= here
        filled.append((cpu - here * each.cpu, memory - here * each.memory))
    while left:
        here = min(left, _room(instance.vcpu, instance.memory, each))
        left -= here
        filled.append((instance.vcpu - here * each.cpu, instance.memory - here * each.memory))
    return filled


def _room(cpu: Decimal, memory: Decimal, each: Needed) -> int:
    by_cpu = cpu // each.cpu if each.cpu else None
    by_memory = memory // each.memory if each.memory else None
    rooms = [int(room) for room in (by_cpu, by_memory) if room is not None]
    return max(0, min(rooms, default=each.replicas))
