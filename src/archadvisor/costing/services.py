"""What a service costs on Fargate and on instances."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from archadvisor.costing.load import HOURS, Instance, Load, Prices
from archadvisor.costing.packing import Needed, packed
from archadvisor.model.cost import ZERO, Charge, Quote, Span

FREE_SCRATCH = Decimal(20)
"""GiB of scratch disk that come with a Fargate task."""
FEES = {"managed_instances": "managed_instances_fee", "auto_mode": "eks_auto_mode_fee"}
TITLES = {
    "fargate": "AWS Fargate",
    "fargate_spot": "Fargate Spot",
    "fargate_arm": "AWS Fargate on ARM",
    "managed_instances": "ECS Managed Instances",
    "auto_mode": "EKS Auto Mode",
    "node_group": "EKS managed node group",
    "self_managed": "EC2 instances of one's own",
}

Offer = tuple[tuple[int, int | None], Instance]
"""How many instances of a type hold the fewest and the most replicas; the latter None where they are not known."""


def quote(form: str, loads: Sequence[Load], prices: Prices, instances: Sequence[Instance]) -> Quote:
    """Some services in one form: instances are filled with all of them together."""
    missing = tuple(dict.fromkeys(fact for load in loads for fact in load.missing))
    if missing:
        return Quote(TITLES[form], (), missing)
    if form.startswith("fargate"):
        return Quote(TITLES[form], tuple(charge for load in loads for charge in _fargate(form, load, prices)))
    return Quote(TITLES[form], tuple(_on_instances(form, loads, prices, instances)))


def can_be(form: str, load: Load, instances: Sequence[Instance]) -> bool:
    """Whether a service could run in a form at all, as far as rules, its size, system and processor say."""
    if form in load.closed:
        return False
    if load.missing:
        return form in ("fargate", load.form)
    if form == "fargate_spot":
        return load.fargate is not None and load.os == "linux"
    if form == "fargate_arm":
        return load.fargate is not None and load.os == "linux" and load.arch != "x86_64"
    if form == "fargate":
        return load.fargate is not None
    return load.os == "linux" and not load.gpus and any(_fits(load, instance) for instance in instances)


def _fits(load: Load, instance: Instance) -> bool:
    assert load.cpu is not None
    assert load.memory is not None
    right = load.arch in (instance.arch, "any")
    return right and load.cpu <= instance.vcpu and load.memory <= instance.memory


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
    parts = " + ".join(f"{_plain(amount)} {unit} x {prices[item].usd}" for amount, item, unit in items)
    unverified = any(prices[item].unverified for _, item, _ in items)
    least = prices["fargate_spot_least_share"] if form == "fargate_spot" else None
    span = Span(hourly * HOURS * (least.usd if least else 1), hourly * HOURS).times(load.low, load.high)
    spot = f", of which {least.usd} at the least" if least else ""
    yield Charge(load.service, f"{_replicas(load)} x {HOURS} h x ({parts}){spot}", span, unverified)


def _is_arm(form: str, load: Load) -> bool:
    return form == "fargate_arm" or load.arch == "arm64"


def _on_instances(form: str, loads: Sequence[Load], prices: Prices, instances: Sequence[Instance]) -> Iterator[Charge]:
    """The cheapest type that holds all of them, filled by first fit, with the fee of who runs the hosts."""
    offer = cheapest(loads, prices, instances)
    if offer is None:
        return
    (least, most), best = offer
    price = prices[best.item]
    span = Span(price.usd * HOURS, price.usd * HOURS).times(Decimal(least), None if most is None else Decimal(most))
    number = str(least) if least == most else f"{least} to {'?' if most is None else most}"
    yield Charge(best.type, f"{number} x {HOURS} h x {price.usd}", span, price.unverified)
    if form in FEES:
        fee = prices[FEES[form]]
        yield Charge("fee", f"{fee.usd} of the EC2 price", span.times(fee.usd, fee.usd), fee.unverified)


def cheapest(loads: Sequence[Load], prices: Prices, instances: Sequence[Instance]) -> Offer | None:
    """The cheapest type that holds each of some services; None where no type holds all."""
    fitting = [instance for instance in instances if all(_fits(load, instance) for load in loads)]
    return min(
        ((_count(loads, instance), instance) for instance in fitting),
        key=lambda offer: _cost(offer, prices),
        default=None,
    )


def _cost(offer: Offer, prices: Prices) -> tuple[Decimal, str]:
    (least, most), instance = offer
    return (most if most is not None else max(least, 1)) * prices[instance.item].usd, instance.type


def _count(loads: Sequence[Load], instance: Instance) -> tuple[int, int | None]:
    """How many instances at the fewest and at the most replicas; the latter None where they are not known."""
    least = packed([_needed(load, load.low) for load in loads], instance)
    if any(load.high is None for load in loads):
        return least, None
    return least, packed([_needed(load, load.high or ZERO) for load in loads], instance)


def _needed(load: Load, replicas: Decimal) -> Needed:
    assert load.cpu is not None
    assert load.memory is not None
    return Needed(load.cpu, load.memory, int(replicas))


def _replicas(load: Load) -> str:
    low, high = _plain(load.low), "?" if load.high is None else _plain(load.high)
    return low if low == high else f"{low} to {high}"


def _plain(amount: Decimal) -> str:
    return f"{amount.normalize():f}"
