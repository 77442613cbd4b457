"""Derived facts, by tables of what is stated and what follows on a day."""

from typing import Any

import pytest

from archadvisor.engine.scope import Scope
from archadvisor.model.fact import Known
from tests.engine.house_pack import DAY, Document, real, workload

AUTUMN = "2026-09-01"


def _whole(document: Document, day: str) -> Scope:
    program = real(day)
    return program.scope_of(workload(document), day)


def _derived(fact: str, kind: str, document: Document, day: str = DAY) -> Known:
    whole = _whole(document, day)
    return next(scope for scope in (whole, *whole.inner) if scope.subject.kind == kind).values[fact]


def _of_service(fact: str, day: str = DAY, **stated: Any) -> Known:
    return _derived(fact, "service", {"services": {"one": stated}}, day)


@pytest.mark.parametrize(
    ("cpu", "memory", "day", "ecs", "eks"),
    [
        (1, "10 GB", DAY, "2 vCPU / 10 GiB", "2 vCPU / 11 GiB"),
        (0.25, "512 MiB", DAY, "0.25 vCPU / 512 MiB", "0.25 vCPU / 1 GiB"),
        (0.25, "2 GiB", DAY, "0.25 vCPU / 2 GiB", "0.5 vCPU / 3 GiB"),
        (0.3, "768 MiB", DAY, "0.5 vCPU / 1 GiB", "0.5 vCPU / 1 GiB"),
        ("500m", "1Gi", DAY, "0.5 vCPU / 1 GiB", "0.5 vCPU / 2 GiB"),
        (1, "8 GiB", DAY, "1 vCPU / 8 GiB", "2 vCPU / 9 GiB"),
        (8, "61 GiB", DAY, "16 vCPU / 64 GiB", "16 vCPU / 64 GiB"),
        (16, "119 GiB", DAY, "16 vCPU / 120 GiB", "16 vCPU / 120 GiB"),
        (16, "120 GiB", DAY, "16 vCPU / 120 GiB", "none"),
        (16, "120 GiB", "2024-06-01", "16 vCPU / 120 GiB", "none"),
        (20, "40 GiB", AUTUMN, "32 vCPU / 60 GiB", "none"),
        (20, "40 GiB", "2024-06-01", "none", "none"),
        (32, "244 GiB", AUTUMN, "32 vCPU / 244 GiB", "none"),
        (32, "245 GiB", AUTUMN, "none", "none"),
    ],
)
def test_the_smallest_fargate_size(cpu: float | str, memory: str, day: str, ecs: str, eks: str) -> None:
    sizes = [f"service.{name}_fargate_size" for name in ("ecs", "eks")]
    found = [_of_service(size, day, cpu=cpu, memory=memory) for size in sizes]
    assert found == [ecs, eks]


@pytest.mark.parametrize(
    ("cpu", "memory", "size"),
    [
        (0.25, "512 MiB", "1 vCPU / 2 GiB"),
        (3, "8 GiB", "4 vCPU / 8 GiB"),
        (4, "30 GiB", "4 vCPU / 30 GiB"),
        (4, "31 GiB", "none"),
        (5, "16 GiB", "none"),
    ],
)
def test_windows_on_fargate_has_one_to_four_vcpu(cpu: float, memory: str, size: str) -> None:
    assert _of_service("service.ecs_fargate_size", cpu=cpu, memory=memory, os="windows") == size


@pytest.mark.parametrize(
    ("stated", "size"),
    [
        ({"cpu": 1}, None),
        ({"memory": "2 GiB"}, None),
        ({"cpu": 40}, "none"),
        ({"memory": "300 GiB"}, "none"),
        ({"cpu": 5, "memory": "16 GiB", "os": "unknown"}, None),
        ({"cpu": 5, "os": "windows"}, "none"),
    ],
)
def test_an_unknown_request_has_no_size_only_where_none_can_hold_it(stated: Document, size: str | None) -> None:
    assert _of_service("service.ecs_fargate_size", **stated) == size


@pytest.mark.parametrize(
    ("cpu", "memory", "request_is"),
    [
        (0.25, "512 MiB", "exact"),
        (1, "2 GiB", "exact"),
        (1, "10 GiB", "rounded_up"),
        (0.75, "2 GiB", "rounded_up"),
        (64, "2 GiB", "none"),
        ("unknown", "2 GiB", None),
    ],
)
def test_whether_a_request_is_a_fargate_size(cpu: float | str, memory: str, request_is: str | None) -> None:
    assert _of_service("service.fargate_request", cpu=cpu, memory=memory) == request_is


@pytest.mark.parametrize(
    ("version", "day", "support"),
    [
        ("1.33", "2026-07-29", "standard"),
        ("1.33", "2026-07-30", "extended"),
        ("1.33", "2027-07-29", "extended"),
        ("1.33", "2027-07-30", "ended"),
        ("1.20", DAY, "ended"),
        ("1.99", DAY, "unlisted"),
        ("none", DAY, "none"),
        ("unknown", DAY, None),
        ("1.9", DAY, "ended"),
    ],
)
def test_the_support_of_an_eks_version_on_a_day(version: str, day: str, support: str | None) -> None:
    document = {"existing": {"eks_version": version}}
    assert _derived("existing.eks_support", "workload", document, day) == support


@pytest.mark.parametrize(
    ("regions", "partition"),
    [
        (["eu-west-1"], "aws"),
        ([], "aws"),
        (["eu-west-1", "us-east-1"], "aws"),
        (["us-gov-west-1"], "aws_us_gov"),
        (["cn-north-1", "cn-northwest-1"], "aws_cn"),
        (["eusc-de-east-1"], "aws_eusc"),
        (["us-isob-east-1", "eu-isoe-west-1"], "aws_iso"),
        (["eu-west-1", "cn-north-1"], "mixed"),
        ("unknown", None),
    ],
)
def test_the_partition_of_regions(regions: list[str] | str, partition: str | None) -> None:
    assert _derived("partition", "workload", {"regions": regions}) == partition


@pytest.mark.parametrize(
    ("services", "large"),
    [
        ({}, False),
        ({"a": {"cpu": 0.5, "replicas": {"max": 4}}, "b": {"cpu": 2, "replicas": {"max": 1}}}, False),
        ({"a": {"cpu": 0.5, "replicas": {"max": 4}}, "b": {"cpu": 2, "replicas": {"max": 3}}}, True),
        ({"a": {"cpu": 0.5, "replicas": {"max": 4}}, "b": {"cpu": 2}}, None),
        ({"a": {"cpu": 0.5, "replicas": {"max": 16}}, "b": {"cpu": 2}}, True),
    ],
)
def test_a_fleet_is_large_as_soon_as_what_is_known_is(services: Document, large: bool | None) -> None:
    assert _derived("large_fleet", "workload", {"services": services}) is large


@pytest.mark.parametrize(
    ("endpoints", "count", "public"),
    [
        ({}, 0, 0),
        ({"a": {"visibility": "public"}, "b": {"visibility": "internal"}}, 2, 1),
        ({"a": {"visibility": "public"}, "b": {}}, 2, None),
    ],
)
def test_how_many_endpoints_a_service_has(endpoints: Document, count: float, public: float | None) -> None:
    assert _of_service("service.endpoint_count", endpoints=endpoints) == count
    assert _of_service("service.public_endpoint_count", endpoints=endpoints) == public


@pytest.mark.parametrize(
    ("fact", "stated", "value"),
    [
        ("capabilities_beyond_fargate", {}, False),
        ("capabilities_beyond_fargate", {"capabilities": ["SYS_PTRACE"]}, False),
        ("capabilities_beyond_fargate", {"capabilities": ["SYS_PTRACE", "NET_ADMIN"]}, True),
        ("capabilities_beyond_fargate", {"capabilities": "unknown"}, None),
        ("host_sysctls", {"sysctls": ["net.core.somaxconn"]}, False),
        ("host_sysctls", {"sysctls": ["kernel.shmmax", "vm.max_map_count"]}, True),
        ("uses_aws", {}, False),
        ("uses_aws", {"uses": {"aws": ["s3"]}}, True),
        ("call_count", {"calls": {"other": {}}}, 1),
    ],
)
def test_what_follows_from_the_lists_of_a_service(fact: str, stated: Document, value: Known) -> None:
    assert _of_service(f"service.{fact}", **stated) == value


@pytest.mark.parametrize(
    ("domain", "kind"),
    [
        ("shop.example.com", "public"),
        ("db.corp", "internal"),
        ("api.eu.INTERNAL", "internal"),
        ("localhost", "internal"),
        ("internal.example.com", "public"),
        ("none", "none"),
        ("unknown", None),
    ],
)
def test_whether_a_name_can_be_known_outside(domain: str, kind: str | None) -> None:
    document = {"services": {"one": {"endpoints": {"a": {"domain": domain}}}}}
    assert _derived("endpoint.domain_kind", "endpoint", document) == kind


@pytest.mark.parametrize(("callee", "target"), [("two", "service"), ("stripe", "outside")])
def test_what_a_link_leads_to(callee: str, target: str) -> None:
    document: Document = {"services": {"one": {"calls": {callee: {}}}, "two": {}}}
    assert _derived("link.target", "link", document) == target


@pytest.mark.parametrize(
    ("secret", "support", "iam"),
    [
        ({"engine": "aurora_mysql"}, "managed", True),
        ({"engine": "rds_oracle"}, "managed", False),
        ({"engine": "documentdb"}, "managed", True),
        ({"engine": "elasticache"}, "template", True),
        ({"engine": "mongodb"}, "custom", False),
        ({"engine": "none", "partner": True}, "partner", False),
        ({"engine": "unknown"}, None, None),
        ({"engine": "aurora_mysql", "partner": "unknown"}, None, True),
    ],
)
def test_how_a_secret_can_be_rotated(secret: Document, support: str | None, iam: bool | None) -> None:
    document = {"secrets": {"one": secret}}
    assert _derived("secret.rotation_support", "secret", document) == support
    assert _derived("secret.engine_has_iam", "secret", document) == iam


@pytest.mark.parametrize(("every", "rotates"), [("30 d", True), ("never", False), ("unknown", None)])
def test_whether_a_secret_rotates(every: str, rotates: bool | None) -> None:
    assert _derived("secret.rotates", "secret", {"secrets": {"one": {"rotate_every": every}}}) == rotates
