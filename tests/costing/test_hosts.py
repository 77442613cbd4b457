"""Which instances services share, and how many of them."""

import pytest

from archadvisor.costing.hosts import cheapest, fleets
from archadvisor.costing.load import Load
from archadvisor.costing.services import quote
from tests.costing.loads import LARGE, PRICES, SMALL, SMALL_ARM, load

TYPES = [SMALL, SMALL_ARM, LARGE]
AGENT = load("0.5", "1", 1, 1200, daemon=True, name="agent")
# Loads -> the type that costs least, and how many of it at the fewest and at the most replicas.
HELD = [
    ([load("1", "2", 2, 4)], ("small", 1, 2)),
    ([load("4", "8", 2, 4)], ("large", 1, 2)),
    ([load("1", "2", 2, None)], ("small", 1, None)),
    ([load("1", "2", 2, 4), AGENT], ("small", 2, 4)),
    ([load("1.5", "2", 2, 4), AGENT, load("0.5", "1", 1, 9, daemon=True, name="logs")], ("large", 1, 1)),
    ([load("1", "2", 0, 0), AGENT], ("large", 0, 0)),
    ([load("0", "0", 1, 1), load("2", "4", 1, 1, daemon=True)], ("large", 1, 1)),
]


@pytest.mark.parametrize(("loads", "held"), HELD)
def test_a_daemon_takes_room_of_each_host_and_adds_none(loads: list[Load], held: tuple[str, int, int | None]) -> None:
    found = cheapest(loads, PRICES, TYPES)
    assert found is not None
    (least, most), instance = found
    assert (instance.type, least, most) == held


ARM, X86 = load("1", "2", 1, 1, arch="arm64", name="arm"), load("1", "2", 1, 1, name="x86")
ANYWHERE = load("0.5", "1", 1, 1, daemon=True, arch="any", name="anywhere")
# Loads -> the names of those that share hosts.
SHARING = [
    ([X86, AGENT], [["x86", "agent"]]),
    ([ARM, X86], [["arm"], ["x86"]]),
    ([ARM, X86, AGENT, ANYWHERE], [["arm", "anywhere"], ["x86", "agent", "anywhere"]]),
    ([ARM, AGENT], [["arm"]]),
    ([AGENT], []),
]


@pytest.mark.parametrize(("loads", "names"), SHARING)
def test_services_share_hosts_of_their_architecture(loads: list[Load], names: list[list[str]]) -> None:
    assert [[each.service for each in fleet] for fleet in fleets(loads, TYPES)] == names


# Loads -> what is paid for, and what is not counted.
TOLD = [
    ([ARM, X86], ["small_arm", "small"], ()),
    ([X86, AGENT], ["small"], ()),
    ([ARM, AGENT], ["small_arm", "agent"], ("the hosts of agent",)),
    ([AGENT], ["agent"], ("the hosts of agent",)),
    ([load("7", "14", 1, 1, name="big"), load("3", "6", 1, 1, daemon=True, name="agent")], [], ("big", "agent")),
]


@pytest.mark.parametrize(("loads", "whats", "uncounted"), TOLD)
def test_what_no_host_is_known_for_is_not_counted_and_said_so(
    loads: list[Load], whats: list[str], uncounted: tuple[str, ...]
) -> None:
    found = quote("self_managed", loads, PRICES, TYPES)
    assert ([charge.what for charge in found.charges], found.uncounted) == (whats, uncounted)
    assert found.span is not None
    assert (found.span.high is None) == bool(uncounted)


def test_the_formula_tells_what_a_daemon_takes() -> None:
    (charge,) = quote("self_managed", [X86, AGENT], PRICES, TYPES).charges
    assert charge.formula == "1 x 730 h x 0.1, of each 0.5 vCPU and 1 GB for agent"
