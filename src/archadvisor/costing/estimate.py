"""An estimate of all of it: as advised, and in other forms."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from archadvisor.costing.hosts import cheapest
from archadvisor.costing.load import Instance, Load, Prices, Shared
from archadvisor.costing.services import TITLES, can_be, quote
from archadvisor.costing.shared import charges
from archadvisor.model.cost import ZERO, BreakEven, Position, Quote, ServiceCost

ON_ECS, ON_EKS = "managed_instances", "auto_mode"
ADVISED, DECLARED = "as advised", "as declared"


def service_costs(
    loads: Sequence[Load], prices: Prices, instances: Sequence[Instance], eks: bool
) -> tuple[ServiceCost, ...]:
    """Each service by itself, as advised and in the other forms that it could take."""
    found = []
    for load in loads:
        others = [form for form in _forms(eks) if form != load.form and can_be(form, load, instances)]
        quotes = tuple(quote(form, [load], prices, instances) for form in others)
        found.append(ServiceCost(load.service, _as_advised(load, prices, instances), quotes))
    return tuple(found)


def _as_advised(load: Load, prices: Prices, instances: Sequence[Instance]) -> Quote | None:
    if load.form not in TITLES or not can_be(load.form, load, instances):
        return None
    return quote(load.form, [load], prices, instances)


def plans(
    loads: Sequence[Load], shared: Shared, prices: Prices, instances: Sequence[Instance], declared: bool
) -> tuple[Quote, ...]:
    """The whole workload as advised or declared, then all services in one form where all of them can take it."""
    found = [replace(_advised(loads, shared, prices, instances), title=DECLARED if declared else ADVISED)]
    for form in ("fargate", _hosts(shared.eks)):
        if all(can_be(form, load, instances) for load in loads) and any(load.form != form for load in loads):
            whole = quote(form, loads, prices, instances)
            title = f"everything on {whole.title}"
            found.append(replace(whole, title=title, charges=(*whole.charges, *charges(shared, prices))))
    return tuple(found)


def _advised(loads: Sequence[Load], shared: Shared, prices: Prices, instances: Sequence[Instance]) -> Quote:
    """Services with the same form share their instances; those without a price in theirs are not counted."""
    parts: list[Quote] = []
    uncounted: list[str] = []
    for form in dict.fromkeys(load.form for load in loads):
        alike = [load for load in loads if load.form == form]
        priced = [load for load in alike if form in TITLES and can_be(form, load, instances)]
        uncounted += [load.service for load in alike if load not in priced]
        if form in TITLES and priced:
            parts.append(quote(form, priced, prices, instances))
    return Quote(
        ADVISED,
        (*(charge for part in parts for charge in part.charges), *charges(shared, prices)),
        tuple(fact for part in parts for fact in part.missing),
        (*uncounted, *(name for part in parts for name in part.uncounted)),
    )


def _forms(eks: bool) -> Iterator[str]:
    yield "fargate"
    if not eks:
        yield from ("fargate_spot", "fargate_arm")
    yield _hosts(eks)


def _hosts(eks: bool) -> str:
    return ON_EKS if eks else ON_ECS


def break_even(prices: Prices, instances: Sequence[Instance]) -> tuple[BreakEven, ...]:
    """For each instance type, from which reserved share on it is cheaper than Fargate, hour by hour."""
    return tuple(
        BreakEven(each.type, prices[each.item].usd, _whole_shape(each, prices), prices[each.item].unverified)
        for each in instances
    )


def position(loads: Sequence[Load], prices: Prices, instances: Sequence[Instance]) -> Position | None:
    """How much of its instances a workload would reserve, were all that can be on the cheapest type that holds them."""
    able = [load for load in loads if not load.missing and can_be(ON_ECS, load, instances)]
    offer = None if all(load.daemon for load in able) else cheapest(able, prices, instances)
    if offer is None:
        return None
    (least, most), best = offer
    low = _reserved([(load, _running(load, load.low, least)) for load in able], best, prices, least)
    if most is None:
        return Position(best.type, low, None)
    full = [(load, _running(load, load.high or ZERO, most)) for load in able]
    return Position(best.type, low, _reserved(full, best, prices, most))


def _running(load: Load, replicas: Decimal, hosts: int) -> Decimal:
    return Decimal(hosts) if load.daemon else replicas


def _reserved(
    running: Sequence[tuple[Load, Decimal]], instance: Instance, prices: Prices, number: int
) -> Decimal | None:
    """The share of some instances that replicas reserve, vCPU and memory weighed as Fargate prices them."""
    if number == 0:
        return None
    asked = sum((times * _on_fargate(load.cpu, load.memory, instance, prices) for load, times in running), ZERO)
    return asked / (number * _whole_shape(instance, prices))


def _whole_shape(instance: Instance, prices: Prices) -> Decimal:
    return _on_fargate(instance.vcpu, instance.memory, instance, prices)


def _on_fargate(cpu: Decimal | None, memory: Decimal | None, instance: Instance, prices: Prices) -> Decimal:
    """What Fargate asks an hour for an amount, on the processor of an instance."""
    kind = "linux_arm" if instance.arch == "arm64" else "linux_x86"
    of_cpu, of_memory = prices[f"fargate_{kind}_vcpu"].usd, prices[f"fargate_{kind}_memory"].usd
    return (cpu or ZERO) * of_cpu + (memory or ZERO) * of_memory
