"""What a service costs on Fargate and on instances."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from archadvisor.costing.hosts import cheapest, daemon_charge, fits, fleets, host_charges
from archadvisor.costing.load import HOURS, Instance, Load, Prices, plain
from archadvisor.model.cost import ZERO, Charge, Quote, Span

FREE_SCRATCH = Decimal(20)
"""GiB of scratch disk that come with a Fargate task."""
TITLES = {
    "fargate": "AWS Fargate",
    "fargate_spot": "Fargate Spot",
    "fargate_arm": "AWS Fargate on ARM",
    "managed_instances": "ECS Managed Instances",
    "auto_mode": "EKS Auto Mode",
    "node_group": "EKS managed node group",
    "self_managed": "EC2 instances of one's own",
}


def quote(form: str, loads: Sequence[Load], prices: Prices, instances: Sequence[Instance]) -> Quote:
    """Some services in one form: instances are filled with all of them together."""
    missing = tuple(dict.fromkeys(fact for load in loads for fact in load.missing))
    if missing:
        return Quote(TITLES[form], (), missing)
    if form.startswith("fargate"):
        return Quote(TITLES[form], tuple(charge for load in loads for charge in _fargate(form, load, prices)))
    return _on_instances(form, loads, prices, instances)


def can_be(form: str, load: Load, instances: Sequence[Instance]) -> bool:
    """Whether a service could run in a form and has a price there, as far as rules and its needs say."""
    if form in load.closed:
        return False
    if form.startswith("fargate"):
        return form in ("fargate", load.form) if load.missing else _has_size(form, load)
    if load.os != "linux" or load.accelerators:
        return False
    return form == load.form if load.missing else any(fits(load, instance) for instance in instances)


def _has_size(form: str, load: Load) -> bool:
    if form == "fargate_spot":
        return load.fargate is not None and load.os == "linux"
    if form == "fargate_arm":
        return load.fargate is not None and load.os == "linux" and load.arch != "x86_64"
    return load.fargate is not None


def _fargate(form: str, load: Load, prices: Prices) -> Iterator[Charge]:
    assert load.fargate is not None
    cpu, memory = load.fargate
    kind = "windows" if load.os == "windows" else "linux_arm" if _is_arm(form, load) else "linux_x86"
    items = [(cpu, f"fargate_{kind}_vcpu", "vCPU"), (memory, f"fargate_{kind}_memory", "GB")]
    if kind == "windows":
        items.append((cpu, "fargate_windows_licence", "vCPU licence"))
    if load.disk > FREE_SCRATCH:
        items.append((load.disk - FREE_SCRATCH, "fargate_scratch_beyond_20_gib", "GB scratch"))
    hourly = sum((amount * prices[item].usd for amount, item, _ in items), ZERO)
    parts = " + ".join(f"{plain(amount)} {unit} x {prices[item].usd}" for amount, item, unit in items)
    unverified = any(prices[item].unverified for _, item, _ in items)
    least = prices["fargate_spot_least_share"] if form == "fargate_spot" else None
    span = Span(hourly * HOURS * (least.usd if least else 1), hourly * HOURS).times(load.low, load.high)
    spot = f", of which {least.usd} at the least" if least else ""
    yield Charge(load.service, f"{_replicas(load)} x {HOURS} h x ({parts}){spot}", span, unverified)


def _is_arm(form: str, load: Load) -> bool:
    return form == "fargate_arm" or load.arch == "arm64"


def _on_instances(form: str, loads: Sequence[Load], prices: Prices, instances: Sequence[Instance]) -> Quote:
    """The cheapest types that hold them; what no type holds is not counted, nor what daemons without others run on."""
    shared = tuple(fleets(loads, instances))
    charges: list[Charge] = []
    uncounted: list[str] = []
    for fleet in shared:
        offer = cheapest(fleet, prices, instances)
        if offer is None:
            uncounted += [load.service for load in fleet]
        else:
            charges += host_charges(form, fleet, offer, prices)
    for load in loads:
        if load.daemon and not any(load in fleet for fleet in shared):
            charges.append(daemon_charge(load))
            uncounted.append(f"the hosts of {load.service}")
    return Quote(TITLES[form], tuple(charges), uncounted=tuple(uncounted))


def _replicas(load: Load) -> str:
    low, high = plain(load.low), "?" if load.high is None else plain(load.high)
    return low if low == high else f"{low} to {high}"
