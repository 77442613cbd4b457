"""Services and instances, made by hand."""

from decimal import Decimal

from archadvisor.costing.load import Instance, Load
from archadvisor.model.cost import Price

SMALL = Instance("small", Decimal(2), Decimal(4), "x86_64", "small")
SMALL_ARM = Instance("small_arm", Decimal(2), Decimal(4), "arm64", "small")
LARGE = Instance("large", Decimal(8), Decimal(16), "x86_64", "large")
USD = {"small": "0.1", "large": "0.45", "fargate_linux_x86_vcpu": "0.04", "fargate_linux_x86_memory": "0.005"}
PRICES = {name: Price(name, "hour", Decimal(usd)) for name, usd in USD.items()}


def load(
    cpu: str,
    memory: str,
    low: int,
    high: int | None,
    *,
    arch: str = "x86_64",
    accelerators: int = 0,
    closed: str = "",
    daemon: bool = False,
    name: str = "web",
) -> Load:
    size = Decimal(cpu), Decimal(memory)
    replicas = Decimal(low), None if high is None else Decimal(high)
    needs, out = Decimal(accelerators), frozenset(filter(None, [closed]))
    return Load(name, "fargate", *size, size, *replicas, "linux", arch, Decimal(0), needs, (), out, daemon)
