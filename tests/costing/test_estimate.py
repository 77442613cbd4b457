"""Estimates against the worked examples of the facts, and packing against what any packing must be."""

import datetime
from decimal import ROUND_HALF_UP, Decimal
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archadvisor import load_packs, load_workload
from archadvisor.costing.load import Instance
from archadvisor.costing.packing import Needed, packed
from archadvisor.engine.program import Program
from archadvisor.loading.prices import catalog_prices
from archadvisor.model.cost import Charge, Estimate, Quote, Span
from archadvisor.workflows.check import advice_on
from archadvisor.workflows.cost import estimated
from tests.cli.command import DAY

LARGE = Instance("m7i.large", Decimal(2), Decimal(8), "x86_64", "ec2_m7i_large")


@pytest.fixture(scope="module")
def program() -> Program:
    return load_packs(as_of=datetime.date.fromisoformat(DAY))


def estimate(program: Program, service: dict[str, object], **workload: object) -> Estimate:
    given = load_workload({"version": 1, "name": "x", "services": {"s": service}, **workload})
    return estimated(program, given, advice_on(given, program), catalog_prices(program.catalog, program.day))


def always(cpu: float, gib: float, **more: object) -> dict[str, object]:
    """One replica of a worker, day and night."""
    return {"kind": "worker", "cpu": cpu, "memory": f"{gib} GiB", "replicas": {"min": 1, "max": 1}, **more}


def quotes(found: Estimate) -> dict[str, Quote]:
    (service,) = found.services
    return {quote.title: quote for quote in filter(None, (service.advised, *service.others))}


def cents(span: Span | None) -> tuple[str, ...] | None:
    if span is None or span.high is None:
        return None
    return tuple(str(end.quantize(Decimal("0.01"), ROUND_HALF_UP)) for end in (span.low, span.high))


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


TWO_REGIONS = ["eu-west-1", "eu-central-1"]
ROTATED = {"kind": "token", "rotate_every": "30 d", "replicas": ["eu-west-2"]}
SHARED = [
    ({"kubernetes": {"required": True}}, "EKS cluster", "73.00"),
    ({"kubernetes": {"required": True}, "existing": {"eks_version": "1.33"}}, "EKS cluster", "438.00"),
    ({"secrets": {"a": ROTATED}}, "Secrets Manager", "0.80"),
    ({"kubernetes": {"required": True}, "regions": TWO_REGIONS}, "EKS cluster", "146.00"),
    (
        {"kubernetes": {"required": True}, "existing": {"eks_version": "1.33"}, "regions": TWO_REGIONS},
        "EKS cluster",
        "876.00",
    ),
]


@pytest.mark.parametrize(("workload", "what", "monthly"), SHARED)
def test_what_is_shared_is_a_line_of_its_own(
    program: Program, workload: dict[str, object], what: str, monthly: str
) -> None:
    found = {charge.what: cents(charge.span) for charge in estimate(program, always(1, 2), **workload).shared}
    assert found[what] == (monthly, monthly)


BEHIND = {"visibility": "internal", "through": "alb", "domain": "orders.corp.internal"}
MESH = {"visibility": "internal", "through": "service_connect"}
SERVER = {"visibility": "internal", "through": "nlb", "domain": "orders.corp.internal", "terminates": "container"}
GENERAL, SHORT = "400 (general purpose)", "50 (short-lived certificates)"
# Endpoints, more of the workload -> what a private authority costs, and the formula.
AUTHORITIES: list[tuple[list[dict[str, str]], dict[str, object], tuple[str, str], str]] = [
    ([BEHIND], {}, ("400.00", "400.00"), GENERAL),
    ([MESH], {}, ("50.00", "50.00"), SHORT),
    ([MESH, BEHIND], {}, ("400.00", "400.00"), GENERAL),
    ([SERVER], {}, ("50.00", "400.00"), f"{SHORT} to {GENERAL}"),
    ([SERVER, MESH], {}, ("50.00", "400.00"), f"{SHORT} to {GENERAL}"),
    ([BEHIND], {"regions": TWO_REGIONS}, ("800.00", "800.00"), f"2 Regions x {GENERAL}"),
]


@pytest.mark.parametrize(("endpoints", "workload", "monthly", "formula"), AUTHORITIES)
def test_a_private_authority_has_the_mode_that_its_certificates_need(
    program: Program,
    endpoints: list[dict[str, str]],
    workload: dict[str, object],
    monthly: tuple[str, str],
    formula: str,
) -> None:
    service = always(1, 2, endpoints={f"e{place}": each for place, each in enumerate(endpoints)})
    found = lines(estimate(program, service, **workload))["Private CA"]
    assert (cents(found.span), found.formula) == (monthly, formula)


# Kubernetes, what is called -> what a private authority for the link costs.
LINKS = [(False, "t", "50.00"), (False, "elsewhere", "400.00"), (True, "t", "400.00")]


@pytest.mark.parametrize(("kubernetes", "target", "most"), LINKS)
def test_links_have_short_lived_certificates_where_service_connect_serves_them(
    program: Program, kubernetes: bool, target: str, most: str
) -> None:
    services = {"s": always(1, 2, calls={target: {"tls": "mutual"}}), "t": always(1, 2)}
    found = estimate(program, services["s"], services=services, kubernetes={"required": kubernetes})
    assert cents(lines(found)["Private CA"].span) == ("50.00", most)


# Callers -> the lines of Cognito, in dollars a month.
SIGN_INS = [
    ([(120_000, ["own"], False)], {"Cognito (Essentials)": "1650.00"}),
    ([(120_000, ["own"], True)], {"Cognito (Plus)": "2400.00"}),
    ([(4_000, ["saml", "oidc"], False)], {"Cognito (SAML and OIDC)": "59.25"}),
    ([(50, ["saml"], False)], {"Cognito (SAML and OIDC)": "0.00"}),
    (
        [(12_000, ["social"], False), (4_000, ["saml"], False), (500, [], True)],
        {"Cognito (Plus)": "10.00", "Cognito (Essentials)": "30.00", "Cognito (SAML and OIDC)": "59.25"},
    ),
]


@pytest.mark.parametrize(("callers", "lines"), SIGN_INS)
def test_people_who_sign_in_are_paid_for_by_how_they_do(
    program: Program, callers: list[tuple[int, list[str], bool]], lines: dict[str, str]
) -> None:
    assert cognito(program, callers) == {what: (monthly, monthly) for what, monthly in lines.items()}


def test_people_who_may_come_either_way_are_a_range(program: Program) -> None:
    assert cognito(program, [(5_000, ["own", "saml"], False)]) == {"Cognito (either way)": ("0.00", "74.25")}
    both = cognito(program, [(12_000, ["own"], False), (1_000, ["social", "oidc"], False)])
    assert both == {"Cognito (Essentials)": ("30.00", "30.00"), "Cognito (either way)": ("14.25", "15.00")}


def cognito(program: Program, callers: list[tuple[int, list[str], bool]]) -> dict[str, tuple[str, ...] | None]:
    told = {
        f"c{place}": {
            "who": "partners",
            "to": "app",
            "identities": identities,
            "monthly_users": users,
            "threat_protection": protected,
        }
        for place, (users, identities, protected) in enumerate(callers)
    }
    found = estimate(program, always(1, 2), callers=told).shared
    return {charge.what: cents(charge.span) for charge in found if charge.what.startswith("Cognito")}


# Endpoints -> load balancers at the fewest and at the most, in one Region.
BALANCED = [
    ([("alb", None)], "1"),
    ([("alb", None), ("alb", None)], "1 to 2"),
    ([("alb", "public"), ("alb", None)], "1 to 2"),
    ([("alb", "public"), ("alb", "internal")], "2"),
    ([("alb", "public"), ("alb", "public"), ("nlb", None)], "2 to 3"),
    ([("alb", "public"), ("alb", "internal"), ("nlb", "internal")], "3"),
    ([("alb", "public"), ("cloudfront", "public")], "1"),
]


@pytest.mark.parametrize(("endpoints", "number"), BALANCED)
def test_load_balancers_are_shared_by_what_is_public_and_by_what_is_not(
    program: Program, endpoints: list[tuple[str, str | None]], number: str
) -> None:
    behind = {
        f"e{place}": {"through": through, "visibility": visibility or "unknown"}
        for place, (through, visibility) in enumerate(endpoints)
    }
    found = lines(estimate(program, always(1, 2, endpoints=behind)))["load balancer"]
    assert found.formula == f"{number} x 730 h x 0.0225"
    ends = [f"{int(end) * Decimal('16.425'):.2f}" for end in number.split(" to ")]
    assert [f"{end:.2f}" for end in (found.span.low, found.span.high or 0)] == [ends[0], ends[-1]]
    twice = lines(estimate(program, always(1, 2, endpoints=behind), regions=TWO_REGIONS))["load balancer"]
    assert (twice.formula, twice.span) == (f"2 Regions x {found.formula}", found.span.times(Decimal(2), Decimal(2)))


def test_images_are_kept_in_each_region_that_pulls_them(program: Program) -> None:
    image = {"size": "2 GiB", "regions": 3}
    found = lines(estimate(program, always(1, 2, image=image)))["ECR storage"]
    assert (found.formula, cents(found.span)) == ("(2 GB + 4 GB in other Regions) x 0.10", ("0.60", "0.60"))
    said = lines(estimate(program, always(1, 2, image=image), delivery={"stored": 10}))["ECR storage"]
    assert said.formula == "10 GB x 0.10"


def lines(found: Estimate) -> dict[str, Charge]:
    return {charge.what: charge for charge in found.shared}


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
