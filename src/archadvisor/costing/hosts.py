"""Which instances hold some services, how many of them, and what they cost."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from archadvisor.costing.load import HOURS, Instance, Load, Prices, plain
from archadvisor.costing.packing import Needed, packed
from archadvisor.model.cost import FREE, ZERO, Charge, Span
from archadvisor.model.frozen import replace

FEES = {"managed_instances": "managed_instances_fee", "auto_mode": "eks_auto_mode_fee"}

Offer = tuple[tuple[int, int | None], Instance]
"""How many instances of a type hold the fewest and the most replicas; the latter None where they are not known."""


def fits(load: Load, instance: Instance) -> bool:
    """Whether an instance has the processor of a replica, and room for it."""
    assert load.cpu is not None
    assert load.memory is not None
    right = load.arch in (instance.arch, "any")
    return right and load.cpu <= instance.vcpu and load.memory <= instance.memory


def fleets(loads: Sequence[Load], instances: Sequence[Instance]) -> Iterator[Sequence[Load]]:
    """Those that share hosts: all where one type holds each, else those of an architecture; daemons alone have none."""
    if not all(load.daemon for load in loads) and any(_holds(instance, loads) for instance in instances):
        yield loads
        return
    for arches in (("arm64",), ("x86_64", "any")):
        alike = [load for load in loads if not load.daemon and load.arch in arches]
        if alike:
            yield [*alike, *(load for load in loads if load.daemon and load.arch in (*arches, "any"))]


def _holds(instance: Instance, loads: Sequence[Load]) -> bool:
    room = _room(instance, loads)
    if room.vcpu <= 0 or room.memory <= 0:
        return False
    return all(fits(load, instance if load.daemon else room) for load in loads)


def _room(instance: Instance, loads: Sequence[Load]) -> Instance:
    """What an instance has for replicas, next to one of each daemon."""
    cpu, memory = _taken(loads)
    return replace(instance, vcpu=instance.vcpu - cpu, memory=instance.memory - memory)


def _taken(loads: Sequence[Load]) -> tuple[Decimal, Decimal]:
    """The vCPU and GiB that daemons take of each instance."""
    daemons = [load for load in loads if load.daemon]
    return sum((load.cpu or ZERO for load in daemons), ZERO), sum((load.memory or ZERO for load in daemons), ZERO)


def cheapest(loads: Sequence[Load], prices: Prices, instances: Sequence[Instance]) -> Offer | None:
    """The cheapest type that holds each of some services; None where no type holds all."""
    fitting = [instance for instance in instances if _holds(instance, loads)]
    return min(
        ((_count(loads, _room(instance, loads)), instance) for instance in fitting),
        key=lambda offer: _cost(offer, prices),
        default=None,
    )


def _cost(offer: Offer, prices: Prices) -> tuple[Decimal, str]:
    (least, most), instance = offer
    return (most if most is not None else max(least, 1)) * prices[instance.item].usd, instance.type


def _count(loads: Sequence[Load], room: Instance) -> tuple[int, int | None]:
    """How many instances at the fewest and at the most replicas, to which daemons add none."""
    packable = [load for load in loads if not load.daemon]
    least = packed([_needed(load, load.low) for load in packable], room)
    if any(load.high is None for load in packable):
        return least, None
    return least, packed([_needed(load, load.high or ZERO) for load in packable], room)


def _needed(load: Load, replicas: Decimal) -> Needed:
    assert load.cpu is not None
    assert load.memory is not None
    return Needed(load.cpu, load.memory, int(replicas))


def host_charges(form: str, loads: Sequence[Load], offer: Offer, prices: Prices) -> Iterator[Charge]:
    """The instances, filled by first fit, and the fee of who runs them."""
    (least, most), best = offer
    price = prices[best.item]
    span = Span(price.usd * HOURS, price.usd * HOURS).times(Decimal(least), None if most is None else Decimal(most))
    number = str(least) if least == most else f"{least} to {'?' if most is None else most}"
    yield Charge(best.type, f"{number} x {HOURS} h x {price.usd}{_beside(loads)}", span, price.unverified)
    if form in FEES:
        fee = prices[FEES[form]]
        yield Charge("fee", f"{fee.usd} of the EC2 price", span.times(fee.usd, fee.usd), fee.unverified)


def _beside(loads: Sequence[Load]) -> str:
    names = ", ".join(load.service for load in loads if load.daemon)
    cpu, memory = _taken(loads)
    return f", of each {plain(cpu)} vCPU and {plain(memory)} GB for {names}" if names else ""


def daemon_charge(load: Load) -> Charge:
    """What a daemon adds to hosts that are there for others."""
    assert load.cpu is not None
    assert load.memory is not None
    return Charge(load.service, f"{plain(load.cpu)} vCPU and {plain(load.memory)} GB of each host of others", FREE)
