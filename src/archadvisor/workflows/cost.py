"""The monthly estimate of a workload."""

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from decimal import Decimal

from archadvisor.costing.estimate import break_even, plans, position, service_costs
from archadvisor.costing.hosts import FEES
from archadvisor.costing.load import Balanced, Instance, Issuer, Load, Prices, Shared, SignIns
from archadvisor.costing.shared import charges
from archadvisor.engine.program import Program
from archadvisor.engine.scope import Scope
from archadvisor.loading.prices import catalog_prices, with_own
from archadvisor.model.advice import Advice
from archadvisor.model.cost import Estimate
from archadvisor.model.fact import Known
from archadvisor.model.quantity import quantity
from archadvisor.model.workload import Workload
from archadvisor.workflows.check import advice_on
from archadvisor.workflows.reading import workload_in

_RUNS_ALL_DAY = ("web", "worker", "daemon")
_ACCELERATORS = ("service.gpus", "service.neuron")
_LARGEST_STANDARD = 4.0
"""KiB that a standard parameter holds."""
_BALANCERS = ("alb", "nlb")
_EDGES = (*_BALANCERS, "cloudfront", "api_gateway")
_BY_COGNITO = ("cognito_user_pool", "alb_cognito")
_DIRECT = frozenset({"own", "social"})
_FEDERATED = frozenset({"saml", "oidc", "active_directory"})
"""Active Directory reaches a user pool by SAML or OIDC only."""
Chosen = Mapping[tuple[str, str], str | None]
"""Options by decision and the path of the subject."""


def estimate(program: Program, file: str, data: bytes | None = None, prices: str | None = None) -> Estimate:
    """What the workload in a file costs a month as advised and otherwise, perhaps with prices from another file.

    Raises:
        UnreadableInput: the workload or the prices cannot be used.
    """
    workload = workload_in(file, program.rulebook, data)
    known = catalog_prices(program.catalog, program.day)
    return estimated(program, workload, advice_on(workload, program), with_own(known, prices) if prices else known)


def estimated(program: Program, workload: Workload, advice: Advice, prices: Prices) -> Estimate:
    """The estimate for advice that was given; where options are declared, with those."""
    root = program.scope_of(workload)
    outcomes = advice.kept or advice.decisions
    chosen = {(each.decision, each.subject or ""): each.option for each in outcomes}
    services = [scope for scope in root.parts("services") if chosen.get(("packaging", scope.path)) == "container"]
    closed = {
        (each.decision, each.subject or "", other.option)
        for each in outcomes
        for other in each.alternatives
        if other.ruled_out
    }
    shared = _shared(root, services, chosen)
    loads = [_load(scope, chosen, shared.eks, frozenset(_closed_forms(scope.path, closed))) for scope in services]
    instances = [_instance(row) for row in program.almanac.rows("instance_types")]
    return Estimate(
        advice.file,
        advice.name,
        program.day,
        program.catalog["prices"].checked,
        service_costs(loads, prices, instances, shared.eks),
        charges(shared, prices),
        plans(loads, shared, prices, instances, declared=advice.kept is not None),
        break_even(prices, instances),
        position(loads, prices, instances),
    )


def _instance(row: Mapping[str, object]) -> Instance:
    size = Decimal(str(row["vcpu"])), Decimal(str(row["memory"]))
    return Instance(str(row["type"]), *size, str(row["arch"]), str(row["price"]))


def _closed_forms(path: str, closed: Container[tuple[str, str, str]]) -> Iterator[str]:
    """The forms that rules rule out for a service."""
    fargate, instances = ("compute", path, "fargate") in closed, ("compute", path, "ec2") in closed
    if fargate:
        yield from ("fargate", "fargate_arm")
    if fargate or ("capacity", path, "spot") in closed:
        yield "fargate_spot"
    for form in FEES:
        if instances or ("hosts", path, form) in closed:
            yield form


def _load(scope: Scope, chosen: Chosen, eks: bool, closed: frozenset[str]) -> Load:
    values = scope.values
    low, high = _replicas(scope)
    return Load(
        scope.subject.name,
        _form(scope.path, chosen),
        _number(values["service.cpu"]),
        _number(values["service.memory"]),
        _fargate_size(values["service.eks_fargate_size" if eks else "service.ecs_fargate_size"]),
        low,
        high,
        str(values["service.os"]),
        str(values["service.arch"]),
        _number(values["service.disk"]) or Decimal(0),
        sum((_number(values[fact]) or Decimal(0) for fact in _ACCELERATORS), Decimal(0)),
        tuple(_missing(scope)),
        closed,
        values["service.kind"] == "daemon",
    )


def _fargate_size(told: Known) -> tuple[Decimal, Decimal] | None:
    """The vCPU and the GiB of a size such as `2 vCPU / 9 GiB`; None where there is none."""
    if not isinstance(told, str) or told == "none":
        return None
    cpu, _, memory = told.partition(" / ")
    size = _number(quantity(cpu, "vCPU")), _number(quantity(memory, "GiB"))
    return None if size[0] is None or size[1] is None else (size[0], size[1])


def _missing(scope: Scope) -> Iterator[str]:
    """The facts without which nothing can be told."""
    for fact in ("service.cpu", "service.memory"):
        if scope.values[fact] is None:
            yield f"{scope.path}.{fact.partition('.')[2]}"


def _replicas(scope: Scope) -> tuple[Decimal, Decimal | None]:
    """The fewest and the most replicas; what runs all day has one at least, what does not may have none."""
    least, most = (_number(scope.values[f"service.replicas.{end}"]) for end in ("min", "max"))
    always = Decimal(1) if scope.values["service.kind"] in _RUNS_ALL_DAY else Decimal(0)
    low = least if least is not None else always
    high = _at_once(scope) if most is None else most
    return low, None if high is None else max(low, high)


def _at_once(scope: Scope) -> Decimal | None:
    """How many jobs the file says run at once, where it is batch work."""
    said = scope.subject.facts.get("service.concurrency")
    return _number(said.value) if said and scope.values["service.kind"] == "batch" else None


def _form(path: str, chosen: Chosen) -> str | None:
    match chosen.get(("compute", path)), chosen.get(("capacity", path)):
        case "fargate", "spot":
            return "fargate_spot"
        case "fargate", _:
            return "fargate"
        case "ec2", _:
            return chosen.get(("hosts", path))
    return None


def _shared(root: Scope, services: list[Scope], chosen: Chosen) -> Shared:
    stores = [(scope, chosen.get(("secret_store", scope.path))) for scope in root.parts("secrets")]
    exported = [scope for scope in root.inner if chosen.get(("certificate", scope.path)) == "acm_exportable"]
    images, copies = _stored(root, services, chosen)
    return Shared(
        regions=max(1, int(_number(root.values["region_count"]) or 1)),
        eks=chosen.get(("orchestrator", "")) == "eks",
        extended_support=root.values["existing.eks_support"] == "extended",
        balanced=tuple(_balanced(services)),
        secrets=sum(1 + _copies(scope) for scope, store in stores if store == "secrets_manager"),
        advanced_parameters=len([1 for scope, store in stores if store == "parameter_store" and _is_advanced(scope)]),
        issued=frozenset(_issuers(root, chosen)),
        exported_names=len([scope for scope in exported if not _is_wildcard(scope)]),
        exported_wildcards=len([scope for scope in exported if _is_wildcard(scope)]),
        images=images,
        copies=copies,
        sign_ins=_sign_ins(root.parts("callers"), chosen),
    )


def _is_wildcard(endpoint: Scope) -> bool:
    return endpoint.subject.kind == "endpoint" and str(endpoint.values["endpoint.domain"]).startswith("*.")


def _issuers(root: Scope, chosen: Chosen) -> Iterator[Issuer]:
    """Who asks a private authority for the certificates that come from one."""
    for scope in root.inner:
        if chosen.get(("certificate", scope.path)) == "private_ca":
            yield _issuer(scope, chosen.get(("orchestrator", "")) == "ecs")


def _issuer(scope: Scope, on_ecs: bool) -> Issuer:
    if scope.subject.kind == "link":
        return "service_connect" if on_ecs and scope.values["link.target"] == "service" else "server"
    through = scope.values["endpoint.through"]
    if through in _EDGES and scope.values["endpoint.terminates"] == "edge":
        return "acm"
    return "service_connect" if through == "service_connect" else "server"


def _copies(secret: Scope) -> int:
    replicas = secret.values["secret.replicas"]
    return len(replicas) if isinstance(replicas, tuple) else 0


def _is_advanced(secret: Scope) -> bool:
    size = secret.values["secret.size"]
    return isinstance(size, int | float) and size > _LARGEST_STANDARD


def _balanced(services: Iterable[Scope]) -> Iterator[Balanced]:
    """The endpoints behind a load balancer."""
    for endpoint in (each for service in services for each in service.parts("endpoints")):
        through, visibility = (endpoint.values[f"endpoint.{fact}"] for fact in ("through", "visibility"))
        if through in _BALANCERS:
            yield str(through), None if visibility is None else str(visibility)


def _stored(root: Scope, services: list[Scope], chosen: Chosen) -> tuple[Decimal, Decimal]:
    """GiB of images that are said to be kept, else one version of each in a private registry and of its copies."""
    stored = _number(root.values["delivery.stored"])
    if stored:
        return stored, Decimal(0)
    images = [image for service in services for image in service.inner if image.subject.kind == "image"]
    own = [image.values for image in images if chosen.get(("registry", image.path)) == "ecr"]
    sizes = [(_number(each["image.size"]) or Decimal(0), _number(each["image.regions"]) or Decimal(1)) for each in own]
    copies = sum((size * (regions - 1) for size, regions in sizes), Decimal(0))
    return sum((size for size, _ in sizes), Decimal(0)), copies


def _sign_ins(callers: Iterable[Scope], chosen: Chosen) -> SignIns:
    """How many people sign in by Cognito in each way."""
    people: Counter[str] = Counter()
    for caller in callers:
        users = caller.values["caller.monthly_users"]
        if chosen.get(("sign_in", caller.path)) in _BY_COGNITO and isinstance(users, int | float):
            people[_way_in(caller)] += int(users)
    return SignIns(people["plus"], people["direct"], people["federated"], people["either"])


def _way_in(caller: Scope) -> str:
    """How callers are paid for; what needs threat protection has a pool of its own, as the rules advise."""
    identities = caller.values["caller.identities"]
    if caller.values["caller.threat_protection"]:
        return "plus"
    if not isinstance(identities, tuple) or (_FEDERATED & {*identities} and _DIRECT & {*identities}):
        return "either"
    return "federated" if _FEDERATED & {*identities} else "direct"


def _number(value: Known) -> Decimal | None:
    """A number as a decimal, by its shortest form; None where there is none."""
    return Decimal(f"{value:.12g}") if isinstance(value, int | float) and not isinstance(value, bool) else None
