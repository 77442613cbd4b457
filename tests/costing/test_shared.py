"""What is paid for the workload as a whole: clusters, load balancers, secrets, certificates, images, sign-ins."""

from decimal import Decimal

import pytest

from archadvisor.engine.program import Program
from archadvisor.model.cost import Charge, Estimate
from tests.costing.estimates import always, cents, estimate

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
