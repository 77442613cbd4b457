"""The recommended architecture as a graph: callers, sign-in, edges, services by what they run on, images, secrets."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from archadvisor.model.advice import Advice, Outcome
from archadvisor.model.architecture import Architecture, Flow, Group, Node
from archadvisor.model.fact import Value
from archadvisor.model.workload import Subject, Workload

Titles = Mapping[tuple[str, str], str]
"""What options are called, by decision and option."""

MOST_SHOWN = 12
"""Services on the same, and secrets, that are drawn one by one; where there are more, those alike are drawn as one."""
_MOST_NAMED = 3
_EDGES = {
    "alb": "Application Load Balancer",
    "nlb": "Network Load Balancer",
    "cloudfront": "Amazon CloudFront",
    "api_gateway": "Amazon API Gateway",
    "service_connect": "ECS Service Connect",
    "vpc_lattice": "Amazon VPC Lattice",
}
_ELSEWHERE = (("compute", "external"), ("sign_in", "external_idp"))
"""Options by which something is not in AWS."""


def architecture(workload: Workload, advice: Advice, titles: Titles) -> Architecture:
    """What the advice comes to, ready to be drawn."""
    return _Plan(workload, advice, titles).architecture()


class _Plan:
    def __init__(self, workload: Workload, advice: Advice, titles: Titles) -> None:
        self.workload = workload
        self.titles = titles
        self.outcomes = {(outcome.decision, outcome.subject or ""): outcome for outcome in advice.decisions}
        self.ids: dict[str, str] = {}
        self.services = self._parts("service")
        self.paths = {service.path for service in self.services}
        self.homes = _grouped(self.services, self._home)
        self.stacks = {**self._stacked_services(), **self._stacked_secrets()}

    def architecture(self) -> Architecture:
        """Nodes in the order of the file, each once; flows as well."""
        nodes = {node.id: node for node in (*self._callers(), *self._ends(), *self._registries(), *self._secrets())}
        flows = dict.fromkeys((*self._access(), *self._requests(), *self._images(), *self._uses()))
        regions = _said(self.workload.root, "regions")
        named = ", ".join(regions) if isinstance(regions, tuple) else ""
        return Architecture(
            self.workload.name,
            f"AWS, {named}" if named else "AWS",
            tuple(nodes.values()),
            tuple(self._groups()),
            tuple(flow for flow in flows if flow.tail != flow.head),
        )

    def _id(self, path: str) -> str:
        """A short name of a part; what is drawn as one has one."""
        return self.ids.setdefault(self.stacks.get(path, path), f"n{len(self.ids) + 1}")

    def _option(self, decision: str, path: str) -> str:
        outcome: Outcome | None = self.outcomes.get((decision, path))
        return (outcome.option or "") if outcome else ""

    def _chosen(self, decision: str, path: str) -> str:
        return self.titles.get((decision, self._option(decision, path)), "")

    def _is_elsewhere(self, path: str) -> bool:
        return any(self._option(decision, path) == option for decision, option in _ELSEWHERE)

    def _parts(self, kind: str) -> list[Subject]:
        return [part for part in self.workload.root.parts if part.kind == kind]

    def _callers(self) -> Iterator[Node]:
        for caller in self._parts("caller"):
            yield Node(self._id(caller.path), "caller", caller.name, elsewhere=True)
            sign_in, credentials = self._chosen("sign_in", caller.path), self._chosen("credentials", caller.path)
            if sign_in:
                elsewhere = self._is_elsewhere(caller.path)
                yield Node(self._id(f"sign in: {sign_in}"), "gate", sign_in, elsewhere=elsewhere)
            if credentials:
                yield Node(self._id(f"credentials: {credentials}"), "role", credentials)

    def _access(self) -> Iterator[Flow]:
        """Callers to what they sign in with, and from there on."""
        for caller in self._parts("caller"):
            sign_in, credentials = self._chosen("sign_in", caller.path), self._chosen("credentials", caller.path)
            if sign_in:
                gate = self._id(f"sign in: {sign_in}")
                yield Flow(self._id(caller.path), gate, "request")
                yield from (Flow(gate, self._end(end), "request") for end in self._ends_of("public"))
            if credentials:
                role = self._id(f"credentials: {credentials}")
                yield Flow(self._id(caller.path), role, "credentials")
                if _said(caller, "caller.who") == "ci" and _said(self.workload.root, "delivery.images") != "pulled":
                    yield from (Flow(role, registry.id, "image", "pushes") for registry in self._registries())

    def _ends_of(self, visibility: str) -> Iterator[Subject]:
        for service in self.services:
            for part in service.parts:
                if part.kind == "endpoint" and _said(part, "endpoint.visibility") == visibility:
                    yield part

    def _end(self, endpoint: Subject) -> str:
        """The id of an endpoint's box; those of services drawn as one share it where they are alike."""
        if _served_by(endpoint) in self.stacks:
            front = "elsewhere" if self._is_bare_elsewhere(endpoint) else _front(endpoint)
            return self._id(f"edge {front}, {self._chosen('certificate', endpoint.path)}")
        return self._id(f"edge of {endpoint.path}")

    def _is_bare_elsewhere(self, endpoint: Subject) -> bool:
        """Whether a service that is not in AWS answers an endpoint itself, with nothing of AWS in front."""
        return _through(endpoint) not in _EDGES and self._is_elsewhere(_served_by(endpoint))

    def _ends(self) -> Iterator[Node]:
        """The endpoints, and what is called outside the workload."""
        parts = [part for service in self.services for part in service.parts]
        shared = _grouped([part for part in parts if part.kind == "endpoint"], self._end)
        for box, ends in shared.items():
            name = ends[0].name if len(ends) == 1 else f"{len(ends)} endpoints"
            certificate, elsewhere = self._chosen("certificate", ends[0].path), self._is_bare_elsewhere(ends[0])
            yield Node(box, "edge", f"{_front(ends[0])}: {name}", certificate, elsewhere)
        for part in parts:
            if part.kind == "link" and f"services.{part.name}" not in self.paths:
                yield Node(self._id(f"services.{part.name}"), "outside", part.name, elsewhere=True)

    def _requests(self) -> Iterator[Flow]:
        for service in self.services:
            for part in service.parts:
                if part.kind == "endpoint":
                    yield Flow(self._end(part), self._id(service.path), "request")
                if part.kind == "link":
                    label = self._chosen("certificate", part.path)
                    yield Flow(self._id(service.path), self._id(f"services.{part.name}"), "request", label)

    def _home(self, service: Subject) -> str:
        """What a service runs on, and under which orchestrator; of what is not in AWS it says so."""
        compute = self._chosen("compute", service.path)
        host = self._chosen("hosts", service.path) or compute
        if self._is_elsewhere(service.path) and host != compute:
            return f"{compute}: {host}"
        orchestrator = self._chosen("orchestrator", "")
        if host:
            return host if not orchestrator or host.startswith(orchestrator) else f"{orchestrator}: {host}"
        return self._chosen("packaging", service.path) or "undecided"

    def _note(self, service: Subject) -> str:
        runner, capacity = self._chosen("runner", service.path), self._chosen("capacity", service.path)
        unusual = (runner if runner != "Service" else "", capacity if capacity != "On-Demand" else "")
        return ", ".join(filter(None, unusual))

    def _groups(self) -> Iterator[Group]:
        for home, services in self.homes.items():
            boxes = _grouped(services, lambda service: self._id(service.path))
            nodes = tuple(self._box(box, inside) for box, inside in boxes.items())
            yield Group(self._id(f"home {home}"), home, nodes, self._is_elsewhere(services[0].path))

    def _box(self, box: str, services: Sequence[Subject]) -> Node:
        if len(services) == 1:
            return Node(box, "service", services[0].name, self._note(services[0]))
        named = ", ".join(service.name for service in services[:_MOST_NAMED])
        note = self._note(services[0])
        return Node(box, "service", f"{len(services)} services{f', {note}' if note else ''}", f"{named}, …")

    def _stacked_services(self) -> dict[str, str]:
        many = {home: services for home, services in self.homes.items() if len(services) > MOST_SHOWN}
        return {each.path: f"{home}, {self._note(each)}" for home, services in many.items() for each in services}

    def _stacked_secrets(self) -> dict[str, str]:
        secrets = self._parts("secret")
        if len(secrets) <= MOST_SHOWN:
            return {}
        return {each.path: f"secrets in {self._chosen('secret_store', each.path)}" for each in secrets}

    def _registries(self) -> Iterator[Node]:
        for registry in dict.fromkeys(self._chosen("registry", f"{each.path}.image") for each in self.services):
            if registry:
                yield Node(self._id(f"registry {registry}"), "registry", registry)

    def _images(self) -> Iterator[Flow]:
        for home, services in self.homes.items():
            for registry in dict.fromkeys(self._chosen("registry", f"{each.path}.image") for each in services):
                if registry:
                    yield Flow(self._id(f"registry {registry}"), self._id(f"home {home}"), "image", "images")

    def _secrets(self) -> Iterator[Node]:
        for box, secrets in _grouped(self._parts("secret"), lambda secret: self._id(secret.path)).items():
            name = secrets[0].name if len(secrets) == 1 else f"{len(secrets)} secrets"
            yield Node(box, "secret", name, self._chosen("secret_store", secrets[0].path))

    def _uses(self) -> Iterator[Flow]:
        known = {secret.name: secret.path for secret in self._parts("secret")}
        for service in self.services:
            used = _said(service, "service.uses.secrets")
            for name in used if isinstance(used, tuple) else ():
                if name in known:
                    yield Flow(self._id(service.path), self._id(known[name]), "secret")


def _grouped(subjects: Sequence[Subject], key: Callable[[Subject], str]) -> dict[str, list[Subject]]:
    found: dict[str, list[Subject]] = {}
    for subject in subjects:
        found.setdefault(key(subject), []).append(subject)
    return found


def _served_by(endpoint: Subject) -> str:
    """The path of the service that an endpoint belongs to."""
    return endpoint.path.rpartition(".endpoints.")[0]


def _through(endpoint: Subject) -> str:
    return str(_said(endpoint, "endpoint.through"))


def _front(endpoint: Subject) -> str:
    return _EDGES.get(_through(endpoint), "Endpoint")


def _said(subject: Subject, fact: str) -> Value | None:
    stated = subject.facts.get(fact)
    return stated.value if stated else None
