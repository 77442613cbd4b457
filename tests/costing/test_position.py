"""How much of its instances a workload would reserve."""

from decimal import Decimal

import pytest

from archadvisor.costing.estimate import position
from archadvisor.costing.load import Load
from tests.costing.loads import PRICES, SMALL, load

# Loads -> the reserved share at the fewest and at the most replicas. A small instance holds 2 vCPU and 4 GiB.
SHARES = [
    ([load("1", "2", 2, 4)], ("1", "1")),
    ([load("1", "2", 1, 3)], ("0.5", "0.75")),
    ([load("1", "2", 1, None)], ("0.5", None)),
    ([load("1", "2", 0, 2)], (None, "1")),
    ([load("0.5", "4", 1, 1)], ("0.4", "0.4")),
    ([load("1", "2", 2, 4), load("0.5", "1", 1, 99, daemon=True)], ("0.75", "0.75")),
]


@pytest.mark.parametrize(("loads", "shares"), SHARES)
def test_reserved_shares_weigh_vcpu_and_memory_as_fargate_prices_them(
    loads: list[Load], shares: tuple[str | None, str | None]
) -> None:
    found = position(loads, PRICES, [SMALL])
    assert found is not None
    assert (found.low, found.high) == tuple(None if share is None else Decimal(share) for share in shares)


BOUND = [load("1", "2", 1, 1, accelerators=1), load("1", "2", 1, 1, closed="managed_instances")]


@pytest.mark.parametrize("bound", BOUND)
def test_what_cannot_be_on_these_instances_stands_nowhere(bound: Load) -> None:
    assert position([bound], PRICES, [SMALL]) is None
    assert position([bound, load("1", "2", 1, 1)], PRICES, [SMALL]) == position([load("1", "2", 1, 1)], PRICES, [SMALL])


def test_daemons_by_themselves_stand_nowhere() -> None:
    assert position([load("1", "2", 1, 9, daemon=True)], PRICES, [SMALL]) is None
