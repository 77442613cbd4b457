"""What leads to the pods of manifests: Services, Ingresses and routes as endpoints."""

import pytest

from archadvisor.intake.kubernetes import survey
from archadvisor.loading.document import parse_foreign

POD = """\
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec: {containers: [{name: a}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
"""
AWS = "service.beta.kubernetes.io/aws-load-balancer"
ALB = "alb.ingress.kubernetes.io"


def facts(*manifests: str) -> dict[str, str]:
    """What is said of the endpoints of `web`, and of its kind."""
    found = survey(parse_foreign("---\n".join((POD, *manifests)), "f.yaml"), "f.yaml")
    said = {fact.path.removeprefix("services.web."): fact.written for fact in found.facts}
    endpoints = [f"endpoints.{name}" for _, names in found.services for name in names]
    told = {path: "" for path in endpoints if not any(each.startswith(f"{path}.") for each in said)}
    return told | {path: written for path, written in said.items() if path.startswith(("endpoints.", "kind"))}


def service(spec: str, annotations: str = "") -> str:
    metadata = f"{{name: out, annotations: {{{annotations}}}}}"
    return f"apiVersion: v1\nkind: Service\nmetadata: {metadata}\nspec: {{selector: {{app: web}}, {spec}}}\n"


# The rest of a Service, its annotations -> what is said.
SERVICES = [
    ("ports: [{port: 80}]", "", {}),
    ("type: ClusterIP, ports: [{port: 80}]", "", {}),
    ("type: NodePort, ports: [{port: 80}]", "", {"port-80": ""}),
    ("type: LoadBalancer, ports: [{port: 80}]", "", {"port-80": ""}),
    ("type: LoadBalancer, ports: [{port: 53, protocol: UDP}]", "", {"port-53.protocol": "udp"}),
    ("type: LoadBalancer, ports: [{port: 80}]", f"{AWS}-type: nlb", {"port-80.through": "nlb"}),
    ("type: LoadBalancer, ports: [{port: 80}]", f"{AWS}-scheme: internal", {"port-80.visibility": "internal"}),
    ("type: LoadBalancer, ports: [{port: 80}]", f"{AWS}-scheme: internet-facing", {"port-80.visibility": "public"}),
    ("type: LoadBalancer, ports: [{port: 80}]", f"{AWS}-internal: 'true'", {"port-80.visibility": "internal"}),
    ("type: LoadBalancer, ports: [{port: 443}]", f"{AWS}-ssl-cert: arn", {"port-443.protocol": "tls"}),
    ("type: LoadBalancer, ports: [{port: 80}]", f"{AWS}-ssl-cert: arn, {AWS}-ssl-ports: '443'", {"port-80": ""}),
    ("type: LoadBalancer, loadBalancerClass: eks.amazonaws.com/nlb, ports: [{port: 1}]", "", {"port-1.through": "nlb"}),
]


@pytest.mark.parametrize(("spec", "annotations", "stated"), SERVICES)
def test_a_service_that_is_published_is_an_endpoint(spec: str, annotations: str, stated: dict[str, str]) -> None:
    assert facts(service(spec, annotations)) == {f"endpoints.{path}": said for path, said in stated.items()}


def ingress(spec: str, annotations: str = "") -> str:
    rules = "[{host: a.example.com, http: {paths: [{path: /, backend: {service: {name: web, port: {number: 80}}}}]}}]"
    metadata = f"{{name: in, annotations: {{{annotations}}}}}"
    return f"apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {metadata}\nspec: {{rules: {rules}, {spec}}}\n"


# The rest of an Ingress, its annotations -> what is said besides its domain and that the service is a web service.
INGRESSES = [
    ("x: y", "", {}),
    ("ingressClassName: alb", "", {"through": "alb"}),
    ("ingressClassName: nginx", "", {}),
    ("x: y", f"{ALB}/scheme: internal", {"through": "alb", "visibility": "internal"}),
    ("x: y", f"{ALB}/certificate-arn: arn", {"through": "alb", "protocol": "https"}),
    ("x: y", f"""{ALB}/listen-ports: '[{{"HTTP": 80}}]'""", {"protocol": "http"}),
    ("tls: [{hosts: [a.example.com]}]", "", {"protocol": "https"}),
    ("tls: [{hosts: ['*.example.com']}]", "", {"protocol": "https"}),
    ("tls: [{hosts: [b.example.com]}]", "", {}),
    ("x: y", "nginx.ingress.kubernetes.io/ssl-passthrough: 'true'", {"terminates": "container"}),
    ("x: y", "cert-manager.io/cluster-issuer: letsencrypt", {}),
]


@pytest.mark.parametrize(("spec", "annotations", "stated"), INGRESSES)
def test_an_ingress_leads_to_a_web_service(spec: str, annotations: str, stated: dict[str, str]) -> None:
    path = "endpoints.a-example-com"
    expected = {f"{path}.{fact}": said for fact, said in stated.items()}
    assert facts(ingress(spec, annotations)) == {"kind": "web", f"{path}.domain": "a.example.com", **expected}


def test_a_host_of_all_names_below_one_is_a_quoted_domain() -> None:
    said = facts(ingress("x: y").replace("host: a.example.com", "host: '*.example.com'"))
    assert '"*.example.com"' in said.values()


def test_an_issuer_says_whether_certificates_come_by_acme() -> None:
    issuer = "apiVersion: cert-manager.io/v1\nkind: ClusterIssuer\nmetadata: {name: le}\nspec: {acme: {server: x}}\n"
    assert (
        facts(ingress("x: y", "cert-manager.io/cluster-issuer: le"), issuer)["endpoints.a-example-com.acme"] == "true"
    )


GATEWAY = """\
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: front}
spec: {gatewayClassName: amazon-vpc-lattice, listeners: [{name: a, protocol: HTTP}, {name: b, protocol: HTTPS}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: r}
spec:
  parentRefs: [{name: front}]
  hostnames: [a.example.com]
  rules: [{backendRefs: [{name: web}]}]
"""
ROUTE = """\
apiVersion: route.openshift.io/v1
kind: Route
metadata: {name: r}
spec: {host: a.example.com, to: {name: web}, tls: {termination: passthrough}}
"""


def test_routes_lead_to_services_through_gateways() -> None:
    path = "endpoints.a-example-com"
    assert facts(GATEWAY) == {
        "kind": "web", f"{path}.domain": "a.example.com", f"{path}.protocol": "https", f"{path}.through": "vpc_lattice",
    }  # fmt: skip


def test_routes_of_openshift_lead_to_services() -> None:
    path = "endpoints.a-example-com"
    assert facts(ROUTE) == {
        "kind": "web",
        f"{path}.domain": "a.example.com",
        f"{path}.protocol": "https",
        f"{path}.terminates": "container",
    }  # fmt: skip


def test_manifests_of_other_files_are_looked_into() -> None:
    pod = parse_foreign(POD, "pod.yaml")
    found = survey(pod, "pod.yaml", [("in.yaml", parse_foreign(ingress("tls: [{}]"), "in.yaml"))])
    (domain,) = (fact for fact in found.facts if fact.path.endswith(".domain"))
    assert (domain.file, domain.place.line) == ("in.yaml", 4)
