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


@dataclass(frozen=True, slots=True)
class Alike:
    """Instances with as much vCPU and GiB free, however many they are."""

    cpu: Decimal
    memory: Decimal
    number: int

    def with_replicas(self, each: Needed, replicas: int, number: int) -> "Alike":
        """So many of them after so many replicas have found room on each."""
        return Alike(self.cpu - replicas * each.cpu, self.memory - replicas * each.memory, number)


def packed(needed: Sequence[Needed], instance: Instance) -> int:
    """The number of instances; every replica is known to fit an empty one.

    What the system and agents of an instance take is not counted.
    """
    filled: list[Alike] = []
    for each in sorted(needed, key=lambda each: _part(each, instance), reverse=True):
        filled = _placed(filled, each, instance)
    return sum(alike.number for alike in filled)


def _part(each: Needed, instance: Instance) -> Decimal:
    """The larger of the shares of an instance that a replica takes."""
    return max(each.cpu / instance.vcpu, each.memory / instance.memory)


def _placed(filled: Sequence[Alike], each: Needed, instance: Instance) -> list[Alike]:
    """The instances after all replicas have found room: on those that there are first, then on empty ones."""
    left = each.replicas
    found: list[Alike] = []
    for alike in filled:
        here = min(left, _room(alike, each) * alike.number)
        found += _spread(alike, each, here)
        left -= here
    room = _room(Alike(instance.vcpu, instance.memory, 1), each)
    more = -(-left // room) if left else 0
    return [*found, *_spread(Alike(instance.vcpu, instance.memory, more), each, left)]


def _spread(alike: Alike, each: Needed, replicas: int) -> list[Alike]:
    """Instances of which the first are full of replicas, one has the rest, and the others are as they were."""
    room = _room(alike, each)
    full, rest = divmod(replicas, room) if room else (0, 0)
    parts = [(room, full), (rest, 1 if rest else 0), (0, alike.number - full - (1 if rest else 0))]
    return [alike.with_replicas(each, here, number) for here, number in parts if number]


def _room(alike: Alike, each: Needed) -> int:
    by_cpu = alike.cpu // each.cpu if each.cpu else None
    by_memory = alike.memory // each.memory if each.memory else None
    rooms = [int(room) for room in (by_cpu, by_memory) if room is not None]
    return max(0, min(rooms, default=each.replicas))
