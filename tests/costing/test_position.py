"""How much of its instances a workload would reserve."""

from decimal import Decimal

import pytest

from archadvisor.costing.estimate import position
from archadvisor.costing.load import Instance, Load
from archadvisor.model.cost import Price

SMALL = Instance("small", Decimal(2), Decimal(4), "x86_64", "small")
PRICES = {
    name: Price(name, "hour", Decimal(usd))
    for name, usd in (("small", "0.1"), ("fargate_linux_x86_vcpu", "0.04"), ("fargate_linux_x86_memory", "0.005"))
}


def load(cpu: str, memory: str, low: int, high: int | None, *, gpus: int = 0, closed: str = "") -> Load:
    fargate = Decimal(cpu), Decimal(memory)
    most = None if high is None else Decimal(high)
    sizes = Decimal(cpu), Decimal(memory), fargate, Decimal(low), most
    return Load(
        "web", "fargate", *sizes, "linux", "x86_64", Decimal(0), Decimal(gpus), (), frozenset(filter(None, [closed]))
    )


# Loads -> the reserved share at the fewest and at the most replicas. A small instance holds 2 vCPU and 4 GiB.
SHARES = [
    ([load("1", "2", 2, 4)], ("1", "1")),
    ([load("1", "2", 1, 3)], ("0.5", "0.75")),
    ([load("1", "2", 1, None)], ("0.5", None)),
    ([load("1", "2", 0, 2)], (None, "1")),
    ([load("0.5", "4", 1, 1)], ("0.4", "0.4")),
]


@pytest.mark.parametrize(("loads", "shares"), SHARES)
def test_reserved_shares_weigh_vcpu_and_memory_as_fargate_prices_them(
    loads: list[Load], shares: tuple[str | None, str | None]
) -> None:
    found = position(loads, PRICES, [SMALL])
    assert found is not None
    assert (found.low, found.high) == tuple(None if share is None else Decimal(share) for share in shares)


@pytest.mark.parametrize("bound", [load("1", "2", 1, 1, gpus=1), load("1", "2", 1, 1, closed="managed_instances")])
def test_what_cannot_be_on_these_instances_stands_nowhere(bound: Load) -> None:
    assert position([bound], PRICES, [SMALL]) is None
    assert position([bound, load("1", "2", 1, 1)], PRICES, [SMALL]) == position([load("1", "2", 1, 1)], PRICES, [SMALL])
