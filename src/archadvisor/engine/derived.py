"""Facts that are computed from others, so that every condition compares a fact with a constant."""

from collections.abc import Callable, Mapping
from typing import Any

from archadvisor.engine.calendar import CALENDAR
from archadvisor.engine.derivation import Compute, DerivedFact, Given, Rows, Samples
from archadvisor.engine.fargate import PODS_OWN, fargate_limits, fargate_part, fargate_request, fargate_size
from archadvisor.engine.regions import REGIONS
from archadvisor.model.fact import Known, SubjectKind

Row = Mapping[str, Any]
_NAMESPACED_SYSCTLS = ("net.", "fs.mqueue.", "kernel.msg", "kernel.shm", "kernel.sem")
LARGE_FLEET = 8
"""vCPU from which packing services onto hosts can pay off (the facts' break-even arithmetic)."""
_INTERNAL_SUFFIXES = (".internal", ".local", ".corp", ".lan", ".intranet", ".private", ".home.arpa", ".localhost")


def _fixed_samples(fact: str, *values: Known) -> Callable[[Rows], Samples]:
    return lambda rows: {fact: values}


def _count(fact: str) -> Compute:
    def count(given: Given) -> Known:
        value = given.values[fact]
        return float(len(value)) if isinstance(value, tuple) else None

    return count


def _parts(kind: SubjectKind, fact: str | None = None, value: Known = None) -> Compute:
    def count(given: Given) -> Known:
        parts = given.parts(kind)
        if fact is not None and any(part[fact] is None for part in parts):
            return None
        return float(len([part for part in parts if fact is None or part[fact] == value]))

    return count


def _large_fleet(given: Given) -> Known:
    """Certain as soon as what is known reaches the threshold, whatever other services turn out to be."""
    total, unknown = 0.0, False
    for service in given.parts("service"):
        cpu, replicas = service["service.cpu"], service["service.replicas.max"]
        if isinstance(cpu, (int, float)) and isinstance(replicas, (int, float)):
            total += cpu * replicas
        else:
            unknown = True
    if total >= LARGE_FLEET:
        return True
    return None if unknown else False


def _capabilities_beyond_fargate(given: Given) -> Known:
    added = given.values["service.capabilities"]
    return any(capability != "SYS_PTRACE" for capability in added) if isinstance(added, tuple) else None


def _host_sysctls(given: Given) -> Known:
    names = given.values["service.sysctls"]
    return any(not name.startswith(_NAMESPACED_SYSCTLS) for name in names) if isinstance(names, tuple) else None


def _uses_aws(given: Given) -> Known:
    used = given.values["service.uses.aws"]
    return used != () if used is not None else None


def _domain_kind(given: Given) -> Known:
    domain = given.values["endpoint.domain"]
    if not isinstance(domain, str) or domain == "none":
        return domain
    return "internal" if "." not in domain or domain.lower().endswith(_INTERNAL_SUFFIXES) else "public"


def _link_target(given: Given) -> Known:
    return "service" if given.has_service(given.values["link.name"]) else "outside"


def _rotation_row(given: Given) -> Row | None:
    engine = given.values["secret.engine"]
    return next((row for row in given.rows("secret_rotation") if row["engine"] == engine), None)


def _rotation_support(given: Given) -> Known:
    if given.values["secret.partner"] is None or given.values["secret.engine"] is None:
        return None
    if given.values["secret.partner"]:
        return "partner"
    row = _rotation_row(given)
    return str(row["support"]) if row else "custom"


def _rotates(given: Given) -> Known:
    every = given.values["secret.rotate_every"]
    return None if every is None else every != "never"


def _engine_has_iam(given: Given) -> Known:
    if given.values["secret.engine"] is None:
        return None
    row = _rotation_row(given)
    return bool(row and row["iam"])


_SIZE = ("service.cpu", "service.memory", "service.os")

DERIVED: tuple[DerivedFact, ...] = (
    *REGIONS,
    DerivedFact("region_count", "workload", "number", "how many Regions it runs in", ("regions",), _count("regions")),
    DerivedFact(
        "large_fleet",
        "workload",
        "boolean",
        f"its services need {LARGE_FLEET} vCPU or more in all, at their most replicas",
        ("service.cpu", "service.replicas.max"),
        _large_fleet,
        monotone=True,
        looks_around=True,
    ),
    *CALENDAR,
    DerivedFact(
        "service.ecs_fargate_size",
        "service",
        "word",
        "the smallest Fargate size on ECS that holds its request, or `none`",
        _SIZE,
        fargate_size("ecs"),
        ("fargate_sizes",),
        samples=fargate_limits,
    ),
    DerivedFact(
        "service.ecs_fargate_cpu",
        "service",
        "number",
        "vCPU of the smallest Fargate size on ECS that holds its request",
        _SIZE,
        fargate_part(0),
        ("fargate_sizes",),
        unit="vCPU",
        samples=fargate_limits,
    ),
    DerivedFact(
        "service.ecs_fargate_memory",
        "service",
        "number",
        "memory of the smallest Fargate size on ECS that holds its request",
        _SIZE,
        fargate_part(1),
        ("fargate_sizes",),
        unit="GiB",
        samples=fargate_limits,
    ),
    DerivedFact(
        "service.eks_fargate_size",
        "service",
        "word",
        "the smallest Fargate size on EKS that holds its request and the 256 MiB that Kubernetes needs, or `none`",
        _SIZE,
        fargate_size("eks", PODS_OWN),
        ("fargate_sizes",),
        samples=fargate_limits,
    ),
    DerivedFact(
        "service.fargate_request",
        "service",
        "word",
        "whether the request, as written, is a Fargate size on ECS",
        _SIZE,
        fargate_request,
        ("fargate_sizes",),
        ("exact", "rounded_up", "none"),
    ),
    DerivedFact(
        "service.capabilities_beyond_fargate",
        "service",
        "boolean",
        "it adds a Linux capability other than SYS_PTRACE",
        ("service.capabilities",),
        _capabilities_beyond_fargate,
        samples=_fixed_samples("service.capabilities", (), ("SYS_PTRACE",), ("NET_ADMIN",)),
    ),
    DerivedFact(
        "service.host_sysctls",
        "service",
        "boolean",
        "it sets a kernel parameter that belongs to the host, not to a namespace",
        ("service.sysctls",),
        _host_sysctls,
        samples=_fixed_samples("service.sysctls", (), ("net.core.somaxconn",), ("vm.max_map_count",)),
    ),
    DerivedFact(
        "service.endpoint_count",
        "service",
        "number",
        "how many endpoints it has",
        (),
        _parts("endpoint"),
        looks_around=True,
    ),
    DerivedFact(
        "service.public_endpoint_count",
        "service",
        "number",
        "how many of its endpoints are public",
        ("endpoint.visibility",),
        _parts("endpoint", "endpoint.visibility", "public"),
        looks_around=True,
    ),
    DerivedFact(
        "service.call_count",
        "service",
        "number",
        "how many other services it calls",
        (),
        _parts("link"),
        looks_around=True,
    ),
    DerivedFact(
        "service.uses_aws",
        "service",
        "boolean",
        "it calls AWS APIs",
        ("service.uses.aws",),
        _uses_aws,
        samples=_fixed_samples("service.uses.aws", (), ("s3",)),
    ),
    DerivedFact(
        "endpoint.domain_kind",
        "endpoint",
        "word",
        "whether its name can be known outside, by its suffix",
        ("endpoint.domain",),
        _domain_kind,
        words=("none", "public", "internal"),
        samples=_fixed_samples("endpoint.domain", "none", "shop.example.com", "shop.internal"),
    ),
    DerivedFact(
        "link.target",
        "link",
        "word",
        "whether what it calls is a service of this workload",
        ("link.name",),
        _link_target,
        words=("service", "outside"),
        looks_around=True,
    ),
    DerivedFact(
        "secret.rotation_support",
        "secret",
        "word",
        "how Secrets Manager can rotate it",
        ("secret.engine", "secret.partner"),
        _rotation_support,
        ("secret_rotation",),
        ("managed", "template", "custom", "partner"),
    ),
    DerivedFact(
        "secret.rotates", "secret", "boolean", "it must change from time to time", ("secret.rotate_every",), _rotates
    ),
    DerivedFact(
        "secret.engine_has_iam",
        "secret",
        "boolean",
        "its engine can authenticate clients by IAM",
        ("secret.engine",),
        _engine_has_iam,
        ("secret_rotation",),
    ),
)
