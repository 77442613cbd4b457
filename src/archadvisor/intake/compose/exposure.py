"""How a service is reached: published ports, and what proxies in front of it are told by labels."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from archadvisor.intake.compose.forms import Port, ports, said, texts, words
from archadvisor.intake.tree import at, items
from archadvisor.loading.node import Mapping, Node, Scalar, value_at

_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*", re.IGNORECASE)
_ROUTER = re.compile(r"traefik\.http\.routers\.(?P<name>[^.]+)\.(?P<key>rule|tls|tls\.certresolver)", re.IGNORECASE)
_BACKEND = re.compile(r"traefik\.http\.services\.[^.]+\.loadbalancer\.server\.port|traefik\.port", re.IGNORECASE)
_HOST = re.compile(r"Host\(\s*[`\"']([^`\"']+)|Host:\s*([^\s,;]+)")
_CADDY = re.compile(r"caddy(?:_[0-9]+)?")
_UPSTREAM = re.compile(r"\{\{\s*upstreams(?:\s+https?)?\s+([0-9]+)\s*\}\}")
_PROBE = re.compile(r"https?://(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\])(?::([0-9]+))?(?=[/\s\"'?]|$)")
_PROTOCOLS = {"http": "http", "http2": "http", "https": "https", "grpc": "grpc", "h2c": "http"}
_WEB = frozenset({"http", "http2", "https", "h2c"})
Evidence = tuple[Node, str]
"""Where something is said, and under which key."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A way to reach a service, with what is said of it: a fact, its value, where and under which key."""

    name: str
    node: Node
    facts: tuple[tuple[str, str, Node, str], ...] = ()


def endpoints(node: Mapping) -> list[Endpoint]:
    """The ways to reach a service from beyond this machine, each once."""
    found = {f"port-{port.target}": _published(port) for port in reversed(_reached(node))}
    whole = dict(reversed(found.items()))
    for endpoint in _routed(node):
        before = whole.get(endpoint.name)
        facts = {fact[0]: fact for fact in (*(before.facts if before else ()), *endpoint.facts)}
        first = before.node if before is not None else endpoint.node
        whole[endpoint.name] = Endpoint(endpoint.name, first, tuple(facts.values()))
    return list(whole.values())


def http_evidence(node: Mapping) -> Evidence | None:
    """What says that a service answers HTTP, to callers who can reach it."""
    for port in _reached(node):
        if port.application in _WEB:
            return port.node, "ports"
    for label, (key, _) in _labels(node).items():
        if _ROUTER.fullmatch(label) or _CADDY.fullmatch(label) or label == "kompose.service.expose":
            return key, label
    virtual = texts(value_at(node, "environment")).get("VIRTUAL_HOST")
    return (virtual[0], "environment") if virtual is not None else None


def probe_evidence(node: Mapping) -> Evidence | None:
    """A check of its health that asks a published port by HTTP."""
    test = at(node, "healthcheck", "test")
    published = {port.target for port in _reached(node)}
    for found in _PROBE.finditer(" ".join(words(test))):
        if test is not None and (found[1] or "80") in published:
            return test, "healthcheck.test"
    return None


def _reached(node: Mapping) -> list[Port]:
    return [port for port in ports(node) if not port.is_local]


def _published(port: Port) -> Endpoint:
    """A published port; behind 443 is TLS, which ends in the container if that listens there too."""
    facts: list[tuple[str, str, Node, str]] = []
    if port.protocol == "udp":
        facts.append(("protocol", "udp", port.node, "ports"))
    elif port.application in _PROTOCOLS:
        facts.append(("protocol", _PROTOCOLS[port.application], port.node, "ports"))
    elif "443" in (port.published, port.target):
        facts.append(("protocol", "https", port.node, "ports"))
    if port.target == "443" and port.protocol != "udp":
        facts.append(("terminates", "container", port.node, "ports"))
    return Endpoint(f"port-{port.target}", port.node, tuple(facts))


def _labels(node: Mapping) -> dict[str, tuple[Scalar, str]]:
    return texts(at(node, "deploy", "labels")) | texts(value_at(node, "labels"))


def _routed(node: Mapping) -> Iterator[Endpoint]:
    """What proxies that read labels or variables are told: Traefik, Caddy, nginx-proxy, kompose."""
    labels = _labels(node)
    for reader in (_traefik, _caddy, _kompose):
        facts, port = reader(labels)
        if facts:
            yield Endpoint(_name(node, port), facts[0][2], tuple(facts))
    variables = texts(value_at(node, "environment"))
    facts = list(_nginx(variables))
    if facts:
        port = variables["VIRTUAL_PORT"][1] if "VIRTUAL_PORT" in variables else ""
        yield Endpoint(_name(node, port), facts[0][2], tuple(facts))


def _name(node: Mapping, port: str) -> str:
    """The endpoint of a port: the one that is named, else the only one that is published or exposed."""
    if port.isdigit():
        return f"port-{port}"
    known = {found.target for found in ports(node)} or {said(item) or "" for item in items(value_at(node, "expose"))}
    return f"port-{next(iter(known))}" if len(known) == 1 and next(iter(known)).isdigit() else "http"


Labels = dict[str, tuple[Scalar, str]]
Facts = list[tuple[str, str, Node, str]]


def _domain(text: str, key: Scalar, where: str) -> Facts:
    name = text.strip()
    return [("domain", name.lower(), key, where)] if _DOMAIN.fullmatch(name) else []


def _by_acme(key: Scalar, where: str) -> Facts:
    return [("protocol", "https", key, where), ("acme", "true", key, where)]


def _traefik(labels: Labels) -> tuple[Facts, str]:
    facts: Facts = []
    port = ""
    if labels.get("traefik.enable", (None, "true"))[1].lower() == "false":
        return [], ""
    for name, (key, text) in labels.items():
        router = _ROUTER.fullmatch(name)
        if _BACKEND.fullmatch(name):
            port = text
        elif (router and router["key"].lower() == "rule") or name == "traefik.frontend.rule":
            host = _HOST.search(text)
            facts += _domain(host[1] or host[2], key, name) if host else []
        elif router and router["key"].lower() == "tls" and text.lower() == "true":
            facts.append(("protocol", "https", key, name))
        elif router and router["key"].lower() == "tls.certresolver" and text:
            facts += _by_acme(key, name)
    return facts, port


def _caddy(labels: Labels) -> tuple[Facts, str]:
    """Caddy fetches certificates for every name that is not marked as plain HTTP."""
    facts: Facts = []
    port = ""
    for name, (key, text) in labels.items():
        upstream = _UPSTREAM.search(text) if name.startswith("caddy") else None
        port = upstream[1] if upstream else port
        if _CADDY.fullmatch(name):
            own = _domain(re.split(r"[\s,]+", text.strip())[0].removeprefix("https://"), key, name)
            internal = labels.get(f"{name}.tls", (None, ""))[1]
            facts += [*own, *(_by_acme(key, name) if own and internal != "internal" else [])]
    return facts, port


def _kompose(labels: Labels) -> tuple[Facts, str]:
    found = labels.get("kompose.service.expose")
    if found is None:
        return [], ""
    facts = [fact for name in found[1].split(",")[:1] for fact in _domain(name, found[0], "kompose.service.expose")]
    tls = labels.get("kompose.service.expose.tls-secret")
    if tls is not None:
        facts.append(("protocol", "https", tls[0], "kompose.service.expose.tls-secret"))
    return facts, ""


def _nginx(variables: Labels) -> Iterator[tuple[str, str, Node, str]]:
    host, certificate = variables.get("VIRTUAL_HOST"), variables.get("LETSENCRYPT_HOST")
    if host is not None:
        yield from _domain(host[1].split(",")[0], host[0], "environment")
    if host is not None and certificate is not None and certificate[1]:
        yield from _by_acme(certificate[0], "environment")
