"""What callers reach: Services with load balancers, Ingresses, routes of the Gateway API and of OpenShift."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archadvisor.intake.kubernetes.manifests import Cluster, Manifest
from archadvisor.intake.kubernetes.pods import Pod
from archadvisor.intake.kubernetes.selection import Selection
from archadvisor.intake.notes import Notes
from archadvisor.intake.part import Part

_SERVICE = "service.beta.kubernetes.io/aws-load-balancer"
_ALB, _NGINX = "alb.ingress.kubernetes.io", "nginx.ingress.kubernetes.io"
_INTERNET = (("internet-facing", "public"), ("internal", "internal"))
Word = tuple[str, str, Sequence[tuple[str, str]]]
_OF_SERVICES: Sequence[Word] = (
    (f"{_SERVICE}-scheme", "visibility", _INTERNET),
    (f"{_SERVICE}-internal", "visibility", (("true|0\\.0\\.0\\.0/0", "internal"),)),
    (f"{_SERVICE}-type", "through", (("nlb|nlb-ip|external", "nlb"),)),
    (f"{_SERVICE}-ssl-cert", "protocol", ((".+", "tls"),)),
)
"""Annotations of Services, the fact of an endpoint that they state, and its value by theirs."""
_OF_INGRESSES: Sequence[Word] = (
    (f"{_ALB}/scheme", "visibility", _INTERNET),
    (f"{_ALB}/scheme", "through", ((".+", "alb"),)),
    ("kubernetes.io/ingress.class", "through", (("alb", "alb"),)),
    (f"{_ALB}/backend-protocol-version", "protocol", (("GRPC", "grpc"),)),
    (f"{_NGINX}/backend-protocol", "protocol", (("GRPCS?", "grpc"),)),
    (f"{_ALB}/certificate-arn", "protocol", ((".+", "https"),)),
    (f"{_ALB}/certificate-arn", "through", ((".+", "alb"),)),
    (f"{_ALB}/listen-ports", "protocol", ((".*HTTPS.*", "https"), (".*HTTP.*", "http"))),
    (f"{_ALB}/target-type", "through", ((".+", "alb"),)),
    (f"{_ALB}/mutual-authentication", "mutual", (('.*"mode" *: *"(?:verify|passthrough)".*', "true"),)),
    (f"{_NGINX}/auth-tls-verify-client", "mutual", (("on|true", "true"),)),
    (f"{_NGINX}/ssl-passthrough", "terminates", (("true", "container"),)),
    ("kubernetes.io/tls-acme", "acme", (("true", "true"),)),
)
_CLASSES = {
    "service.k8s.aws/nlb": "nlb",
    "eks.amazonaws.com/nlb": "nlb",
    "eks.amazonaws.com/alb": "alb",
    "ingress.k8s.aws/alb": "alb",
    "gateway.k8s.aws/alb": "alb",
    "gateway.k8s.aws/nlb": "nlb",
    "application-networking.k8s.aws/gateway-api-controller": "vpc_lattice",
    "amazon-vpc-lattice": "vpc_lattice",
    "alb": "alb",
}
"""Classes and controllers of what stands in front; a class may be named like one that is built in."""
_PORTS = {"UDP": "udp"}
_APPLICATIONS = {"http": "http", "https": "https", "grpc": "grpc"}
_ROUTES = ("HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute", "UDPRoute")
_LISTENERS = {"HTTPS": "https", "TLS": "tls", "HTTP": "http", "TCP": "tcp", "UDP": "udp"}
_MOST = 50
"""Endpoints of a service that are noted."""
_DOMAIN = re.compile(r"(?:\*\.)?[A-Za-z0-9][A-Za-z0-9-]*(?:\.[A-Za-z0-9-]+)+")
_TERMINATES = {"passthrough": "container", "edge": "edge", "reencrypt": "edge"}
_ISSUERS = (("cert-manager.io/cluster-issuer", "ClusterIssuer"), ("cert-manager.io/issuer", "Issuer"))


@dataclass(frozen=True, slots=True)
class Exposure:
    """The pods of a cluster, ready to be found by who leads to them."""

    cluster: Cluster
    pods: Selection
    notes: Notes

    def note(self) -> None:
        """Notes every endpoint."""
        for service in self.cluster.of("Service"):
            self._of_service(service)
        for ingress in self.cluster.of("Ingress"):
            self._of_ingress(ingress)
        for route in self.cluster.of(*_ROUTES):
            self._of_gateway(route)
        for route in self.cluster.of("Route"):
            self._of_openshift(route)

    def behind(self, owner: Manifest, service: str | None) -> list[Pod]:
        """The pods that a Service leads to, by its name."""
        found = self.cluster.find("Service", service, owner.namespace)
        return self._reached(found) if found is not None else []

    def _reached(self, service: Manifest) -> list[Pod]:
        """The pods that a Service selects, but for those that have endpoints enough."""
        pods = self.pods.selected(service.at("spec", "selector"), service.namespace)
        return [pod for pod in pods if len(self.notes.services[pod.name]) < _MOST]

    def _of_service(self, service: Manifest) -> None:
        """A Service that can be reached from outside of the cluster: an endpoint for each port."""
        kind = service.at("spec", "type")
        if kind.text not in ("LoadBalancer", "NodePort"):
            return
        for pod in self._reached(service):
            for port in service.at("spec", "ports").items():
                if (number := port.at("port")).number:
                    path = self.notes.endpoint(pod.name, f"port-{number.number}", number)
                    self._say_port(path, service, port)

    def _say_port(self, path: str, service: Manifest, port: Part) -> None:
        protocol, application = port.at("protocol"), port.at("appProtocol")
        self.notes.says(f"{path}.protocol", _PORTS.get(protocol.words), protocol)
        self.notes.says(f"{path}.protocol", _APPLICATIONS.get(application.words.lower()), application)
        ports = service.annotations().named(f"{_SERVICE}-ssl-ports")
        secured = {each.strip() for each in ports.words.split(",")}
        plain = bool(ports) and not secured & {port.at("port").words, port.at("name").words, "*"}
        self._say_annotated(path, service, [each for each in _OF_SERVICES if not plain or each[1] != "protocol"])
        self._say_class(path, service.at("spec", "loadBalancerClass"))
        domain = service.annotations().named("external-dns.alpha.kubernetes.io/hostname")
        self._say_domain(path, domain)

    def _of_ingress(self, ingress: Manifest) -> None:
        """An Ingress: an endpoint for each host and each Service that it leads to."""
        for host, backend in _backends(ingress):
            for pod in self.behind(ingress, backend.text):
                path = self.notes.endpoint(pod.name, host.text or ingress.name, host or backend)
                self._say_web(pod, backend)
                self._say_domain(path, host)
                self._say_annotated(path, ingress, _OF_INGRESSES)
                self._say_class(path, ingress.at("spec", "ingressClassName"))
                self._say_acme(path, ingress)
                for tls in ingress.at("spec", "tls").items():
                    names = [name.words for name in tls.at("hosts").items()]
                    if not host or not names or any(_covers(name, host.words) for name in names):
                        self.notes.says(f"{path}.protocol", "https", tls)

    def _of_gateway(self, route: Manifest) -> None:
        """A route of the Gateway API: an endpoint for each host name, behind the listeners of its gateways."""
        backends = [
            ref.at("name") for rule in route.at("spec", "rules").items() for ref in rule.at("backendRefs").items()
        ]
        hosts = route.at("spec", "hostnames").items() or [Part(None, route.root.file)]
        for pod in {pod.name: pod for backend in backends for pod in self.behind(route, backend.text)}.values():
            for host in hosts:
                path = self.notes.endpoint(pod.name, host.text or route.name, host or route.at("spec"))
                self._say_domain(path, host)
                if route.kind == "GRPCRoute":
                    self.notes.says(f"{path}.protocol", "grpc", route.at("kind"))
                for parent in route.at("spec", "parentRefs").items():
                    self._say_gateway(path, parent, route)
            if route.kind in ("HTTPRoute", "GRPCRoute"):
                self._say_web(pod, route.at("kind"))

    def _say_gateway(self, path: str, parent: Part, route: Manifest) -> None:
        gateway = self.cluster.find("Gateway", parent.at("name").text, parent.at("namespace").text or route.namespace)
        if gateway is None:
            return
        section = parent.at("sectionName").text
        listeners = [
            each for each in gateway.at("spec", "listeners").items() if section in (None, each.at("name").text)
        ]
        for listener in sorted(listeners, key=lambda each: each.at("protocol").text not in ("HTTPS", "TLS")):
            protocol, mode = listener.at("protocol"), listener.at("tls", "mode")
            self.notes.says(f"{path}.protocol", _LISTENERS.get(protocol.words), protocol)
            self.notes.says(f"{path}.terminates", "container" if mode.text == "Passthrough" else None, mode)
        self._say_class(path, gateway.at("spec", "gatewayClassName"))

    def _of_openshift(self, route: Manifest) -> None:
        """A Route of OpenShift."""
        host, to = route.at("spec", "host"), route.at("spec", "to", "name")
        ending = route.at("spec", "tls", "termination")
        for pod in self.behind(route, to.text):
            path = self.notes.endpoint(pod.name, host.text or route.name, host or to)
            self._say_web(pod, to)
            self._say_domain(path, host)
            self.notes.says(f"{path}.protocol", "https" if ending else None, ending)
            self.notes.says(f"{path}.terminates", _TERMINATES.get(ending.words), ending)

    def _say_web(self, pod: Pod, part: Part) -> None:
        self.notes.says(f"{pod.path}.kind", "web", part)

    def _say_domain(self, path: str, said: Part) -> None:
        name = said.words.partition(",")[0].strip()
        written = f'"{name}"' if name.startswith("*") else name
        self.notes.says(f"{path}.domain", written if _DOMAIN.fullmatch(name) else None, said)

    def _say_annotated(self, path: str, manifest: Manifest, table: Sequence[Word]) -> None:
        for name, fact, words in table:
            said = manifest.annotations().named(name)
            meant = (word for pattern, word in words if said and re.fullmatch(pattern, said.words.strip()))
            self.notes.says(f"{path}.{fact}", next(meant, None), said)

    def _say_class(self, path: str, said: Part) -> None:
        """What stands in front, by the name of its class or by the controller that a manifest gives that."""
        named = [self.cluster.find(kind, said.text, "") for kind in ("IngressClass", "GatewayClass") if said]
        controllers = [each.at("spec", key) for each in named if each for key in ("controller", "controllerName")]
        for part in (*controllers, said):
            self.notes.says(f"{path}.through", _CLASSES.get(part.words), part)

    def _say_acme(self, path: str, ingress: Manifest) -> None:
        """That certificates come by ACME, where an issuer that is there says so."""
        for annotation, kind in _ISSUERS:
            said = ingress.annotations().named(annotation)
            issuer = self.cluster.find(f"cert-manager.io/{kind}", said.text, "") if said else None
            if issuer is not None and issuer.at("spec", "acme"):
                self.notes.says(f"{path}.acme", "true", said)


def _backends(ingress: Manifest) -> Iterator[tuple[Part, Part]]:
    """The hosts of an Ingress with the names of the Services behind them, each pair once."""
    found: dict[tuple[str, str], tuple[Part, Part]] = {}
    nothing = Part(None, ingress.root.file)
    spec = ingress.at("spec")
    pairs = [(nothing, spec.at("defaultBackend")), (nothing, spec.at("backend"))]
    for rule in spec.at("rules").items():
        pairs += [(rule.at("host"), path.at("backend")) for path in rule.at("http", "paths").items()]
    for host, backend in pairs:
        service = backend.at("service", "name") or backend.at("serviceName")
        if service:
            found.setdefault((host.words, service.words), (host, service))
    yield from found.values()


def _covers(name: str, host: str) -> bool:
    """Whether a name of a certificate, which may begin with `*.`, is that of a host."""
    return name == host or (name.startswith("*.") and host.partition(".")[2] == name[2:])
