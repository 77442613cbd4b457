"""The recommended architecture as a Mermaid flowchart."""

from collections.abc import Iterator, Mapping

from archadvisor.model.advice import Advice, Outcome
from archadvisor.model.fact import Value
from archadvisor.model.workload import Subject, Workload

_EDGES = {
    "alb": "Application Load Balancer",
    "nlb": "Network Load Balancer",
    "cloudfront": "Amazon CloudFront",
    "api_gateway": "Amazon API Gateway",
    "service_connect": "ECS Service Connect",
    "vpc_lattice": "Amazon VPC Lattice",
}

Titles = Mapping[tuple[str, str], str]


def flowchart(workload: Workload, advice: Advice, titles: Titles) -> str:
    """Mermaid text: callers and sign-in, edge with certificate, services by what they run on, registry, secrets."""
    return "\n".join(_Chart(workload, advice, titles).lines()) + "\n"


class _Chart:
    def __init__(self, workload: Workload, advice: Advice, titles: Titles) -> None:
        self.workload = workload
        self.titles = titles
        self.outcomes = {(outcome.decision, outcome.subject or ""): outcome for outcome in advice.decisions}
        self.ids: dict[str, str] = {}

    def lines(self) -> Iterator[str]:
        """The lines of the chart."""
        yield "flowchart LR"
        yield from self._callers()
        yield from self._services()
        yield from self._registries()
        yield from self._secrets()

    def _id(self, path: str) -> str:
        return self.ids.setdefault(path, f"n{len(self.ids) + 1}")

    def _chosen(self, decision: str, path: str) -> str:
        outcome: Outcome | None = self.outcomes.get((decision, path))
        return self.titles.get((decision, outcome.option or ""), "") if outcome else ""

    def _parts(self, kind: str) -> list[Subject]:
        return [part for part in self.workload.root.parts if part.kind == kind]

    def _callers(self) -> Iterator[str]:
        public = [
            end
            for service in self._parts("service")
            for end in service.parts
            if end.kind == "endpoint" and _said(end, "endpoint.visibility") == "public"
        ]
        for caller in self._parts("caller"):
            yield f"  {self._id(caller.path)}([{_quoted(caller.name)}])"
            sign_in, credentials = self._chosen("sign_in", caller.path), self._chosen("credentials", caller.path)
            if sign_in:
                gate = self._id(f"sign in: {sign_in}")
                yield f"  {gate}[{_quoted(sign_in)}]"
                yield f"  {self._id(caller.path)} --> {gate}"
                yield from (f"  {gate} --> {self._id(f'edge of {end.path}')}" for end in public)
            if credentials:
                role = self._id(f"credentials: {credentials}")
                yield f"  {role}[[{_quoted(credentials)}]]"
                yield f"  {self._id(caller.path)} -. credentials .-> {role}"

    def _services(self) -> Iterator[str]:
        homes: dict[str, list[Subject]] = {}
        for service in self._parts("service"):
            homes.setdefault(self._home(service), []).append(service)
        orchestrator = self._chosen("orchestrator", "")
        for home, services in homes.items():
            where = (
                f"{orchestrator}: {home}" if orchestrator and home.startswith(("AWS", "Amazon", "EC2", "Own")) else home
            )
            yield f"  subgraph {self._id(f'home {home}')}[{_quoted(where)}]"
            yield from (f"    {self._id(service.path)}[{_quoted(self._label(service))}]" for service in services)
            yield "  end"
        for service in self._parts("service"):
            yield from self._links(service)

    def _home(self, service: Subject) -> str:
        return (
            self._chosen("hosts", service.path)
            or self._chosen("compute", service.path)
            or self._chosen("packaging", service.path)
            or "undecided"
        )

    def _label(self, service: Subject) -> str:
        runner, capacity = self._chosen("runner", service.path), self._chosen("capacity", service.path)
        notes = [
            note
            for note in (runner if runner != "Service" else "", capacity if capacity != "On-Demand" else "")
            if note
        ]
        return f"{service.name} ({', '.join(notes)})" if notes else service.name

    def _links(self, service: Subject) -> Iterator[str]:
        for part in service.parts:
            certificate = self._chosen("certificate", part.path)
            if part.kind == "endpoint":
                edge = self._id(f"edge of {part.path}")
                front = _EDGES.get(str(_said(part, "endpoint.through")), "endpoint")
                label = ", ".join(filter(None, (f"{front}: {part.name}", certificate)))
                yield f"  {edge}{{{{{_quoted(label)}}}}}"
                yield f"  {edge} --> {self._id(service.path)}"
            if part.kind == "link":
                target = self._id(f"services.{part.name}")
                if f"services.{part.name}" not in {other.path for other in self._parts("service")}:
                    yield f"  {target}([{_quoted(part.name)}])"
                yield f"  {self._id(service.path)} --{f' {_quoted(certificate)} --' if certificate else ''}> {target}"

    def _registries(self) -> Iterator[str]:
        for service in self._parts("service"):
            registry = self._chosen("registry", f"{service.path}.image")
            if registry and f"registry {registry}" not in self.ids:
                yield f"  {self._id(f'registry {registry}')}[({_quoted(registry)})]"
            if registry:
                yield f"  {self._id(f'registry {registry}')} -. image .-> {self._id(service.path)}"

    def _secrets(self) -> Iterator[str]:
        for secret in self._parts("secret"):
            store = self._chosen("secret_store", secret.path)
            yield f"  {self._id(secret.path)}[/{_quoted(f'{secret.name}: {store}' if store else secret.name)}/]"
        known = {secret.name: secret.path for secret in self._parts("secret")}
        for service in self._parts("service"):
            used = _said(service, "service.uses.secrets")
            for name in used if isinstance(used, tuple) else ():
                if name in known:
                    yield f"  {self._id(known[name])} -.-> {self._id(service.path)}"


def _said(subject: Subject, fact: str) -> Value | None:
    stated = subject.facts.get(fact)
    return stated.value if stated else None


def _quoted(text: str) -> str:
    """A label that Mermaid takes as it is."""
    return '"' + text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;") + '"'
