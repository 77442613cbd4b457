"""Estimates against the worked examples of the facts, and packing against what any packing must be."""

from decimal import Decimal
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archadvisor.costing.load import Instance
from archadvisor.costing.packing import Needed, packed
from archadvisor.engine.program import Program
from archadvisor.model.cost import Span
from tests.costing.estimates import always, cents, estimate, quotes

LARGE = Instance("m7i.large", Decimal(2), Decimal(8), "x86_64", "ec2_m7i_large")


# vCPU, GiB -> dollars a month on Fargate.
WORKED = [(0.25, 0.5, "9.01"), (1, 2, "36.04"), (4, 16, "170.12"), (16, 120, "862.19"), (32, 244, "1737.36")]


@pytest.mark.parametrize(("cpu", "gib", "monthly"), WORKED)
def test_fargate_costs_what_the_worked_examples_say(program: Program, cpu: float, gib: float, monthly: str) -> None:
    assert cents(quotes(estimate(program, always(cpu, gib)))["AWS Fargate"].span) == (monthly, monthly)


POD = {
    "kubernetes": {"required": True},
    "team": {"kubernetes": "strong", "hosts": "never"},
    "priorities": ["isolation"],
}
# vCPU, GiB -> dollars a month on Fargate of EKS, where 256 MiB of a pod are Kubernetes' own.
PODS = [(1, 8, "88.30"), (0.25, 0.5, "10.63"), (0.25, 0.25, "9.01")]


@pytest.mark.parametrize(("cpu", "gib", "monthly"), PODS)
def test_pods_have_the_sizes_that_fargate_has_on_eks(program: Program, cpu: float, gib: float, monthly: str) -> None:
    service = always(cpu, gib, isolation="hostile_tenants", traffic="spiky", utilisation=0.4, trigger="http")
    found = quotes(estimate(program, service, **POD))
    assert cents(found["AWS Fargate"].span) == (monthly, monthly)


def test_instances_become_cheaper_where_the_facts_say(program: Program) -> None:
    found = {each.type: f"{each.share:.3f}" for each in estimate(program, always(1, 2)).break_even}
    assert found == {
        "m7i.large": "0.865", "c6i.large": "0.861", "r7i.8xlarge": "0.870", "m7g.large": "0.875", "c7g.large": "0.918",
    }  # fmt: skip


def test_unknown_replicas_have_no_upper_end_and_unknown_sizes_no_sum(program: Program) -> None:
    fargate = quotes(estimate(program, {"kind": "worker", "cpu": 1, "memory": "2 GiB"}))["AWS Fargate"]
    assert fargate.span is not None
    assert (f"{fargate.span.low:.2f}", fargate.span.high) == ("36.04", None)
    unknown = quotes(estimate(program, {"kind": "worker", "memory": "2 GiB"}))["AWS Fargate"]
    assert (unknown.span, unknown.missing) == (None, ("services.s.cpu",))


# What is said of a job -> how many replicas are paid for.
JOBS = [
    ({}, "0 to ?"),
    ({"concurrency": 5}, "0 to 5"),
    ({"concurrency": 5, "replicas": {"max": 9}}, "0 to 9"),
    ({"concurrency": "unknown"}, "0 to ?"),
    ({"concurrency": 5, "kind": "scheduled"}, "0 to ?"),
]


@pytest.mark.parametrize(("said", "replicas"), JOBS)
def test_no_more_jobs_are_paid_for_than_run_at_once(program: Program, said: dict[str, object], replicas: str) -> None:
    job = {"kind": "batch", "cpu": 1, "memory": "2 GiB", "duration": "20 min", **said}
    (charge,) = quotes(estimate(program, job))["AWS Fargate"].charges
    assert charge.formula.startswith(f"{replicas} x 730 h x ")


def test_windows_pays_for_its_licence_and_a_large_disk_for_what_goes_beyond(program: Program) -> None:
    windows = quotes(estimate(program, always(1, 2, os="windows", windows={"version": "2022"})))["AWS Fargate"]
    expected = Decimal(730) * (Decimal("0.09148") + Decimal("0.046") + 2 * Decimal("0.01005"))
    assert windows.span == Span(expected, expected)
    disk = quotes(estimate(program, always(1, 2, disk="120 GiB")))["AWS Fargate"]
    assert disk.span is not None
    assert disk.span.low == Decimal(730) * (Decimal("0.04048") + 2 * Decimal("0.004445") + 100 * Decimal("0.000111"))


ACCELERATED = always(4, 16, replicas={"min": 1, "max": 1})


@pytest.mark.parametrize("needs", [{"neuron": 1}, {"gpus": 1}, {"gpus": 0.1, "cpu": "unknown"}])
def test_accelerators_are_on_no_instance_with_a_price_and_said_not_to_be_counted(
    program: Program, needs: dict[str, object]
) -> None:
    services = {"model": ACCELERATED | needs, "plain": always(1, 2, needs=["privileged"])}
    found = estimate(program, services["model"], services=services)
    assert found.services[0].advised is None
    (plan,) = found.plans
    assert plan.uncounted == ("model",)
    assert plan.span is not None
    assert (f"{plan.span.low:.2f}", plan.span.high) == ("69.59", None)


def test_a_daemon_adds_no_hosts(program: Program) -> None:
    services = {
        "plain": always(1, 2, needs=["privileged"]),
        "agent": {"kind": "daemon", "cpu": 0.1, "memory": "256 MiB", "replicas": {"min": 1, "max": 1200}},
    }
    found = estimate(program, services["agent"], services=services)
    assert cents(found.plans[0].span) == ("69.59", "69.59")
    alone = estimate(program, services["agent"]).plans[0]
    assert alone.uncounted == ("the hosts of s",)


def test_the_whole_is_the_sum_of_its_lines(program: Program) -> None:
    found = estimate(program, always(1, 2), secrets={"a": {"kind": "token", "rotate_every": "30 d"}})
    plan = found.plans[0]
    assert plan.title == "as advised"
    assert plan.span is not None
    assert plan.span.low == sum(charge.span.low for charge in plan.charges)
    assert {charge.what for charge in found.shared} <= {charge.what for charge in plan.charges}


SIZES = st.builds(
    Needed,
    st.sampled_from([Decimal("0.25"), Decimal("0.5"), Decimal(1), Decimal(2)]),
    st.sampled_from([Decimal("0.5"), Decimal(1), Decimal(3), Decimal(8)]),
    st.integers(0, 9),
)


@given(st.lists(SIZES, max_size=5))
def test_packing_is_no_fewer_than_must_be_and_no_more_than_one_each(needed: list[Needed]) -> None:
    found = packed(needed, LARGE)
    cpu = sum((each.cpu * each.replicas for each in needed), Decimal(0)) / LARGE.vcpu
    memory = sum((each.memory * each.replicas for each in needed), Decimal(0)) / LARGE.memory
    assert max(ceil(cpu), ceil(memory)) <= found <= sum(each.replicas for each in needed)
    assert found <= 2 * ceil(cpu + memory)


@pytest.mark.parametrize(
    ("needed", "instances"),
    [([], 0), ([(1, 2, 4)], 2), ([(1, 5, 4)], 4), ([(1, 2, 1), (1, 6, 1)], 1), ([(2, 8, 3), (0, 0, 5)], 3)],
)
def test_replicas_are_packed_as_a_person_would(needed: list[tuple[int, int, int]], instances: int) -> None:
    sizes = [Needed(Decimal(cpu), Decimal(gib), number) for cpu, gib, number in needed]
    assert packed(sizes, LARGE) == instances


def test_many_replicas_are_packed_as_quickly_as_few() -> None:
    sizes = [Needed(Decimal(1), Decimal(3), 10**9), Needed(Decimal("0.5"), Decimal(1), 10**9)]
    assert packed(sizes, LARGE) == 750_000_000
