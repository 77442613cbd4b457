"""Compose files to what they say of services; what they do not say stays unknown."""

import re
from collections.abc import Callable, Iterator

from archadvisor.intake.registries import registry_of
from archadvisor.intake.secrets import leaks_of
from archadvisor.intake.tree import at, items, pairs
from archadvisor.intake.values import as_name, memory, number, text_of
from archadvisor.loading.node import Mapping, Node, Scalar, value_at
from archadvisor.model.intake import Inferred, Leak, Remark, Survey
from archadvisor.model.place import Place

_MARKS = frozenset({"image", "build", "extends", "ports", "environment", "volumes", "command", "deploy"})
_SOCKET = re.compile(r"/(?:var/)?run/docker\.sock")
_ARCHES = {"linux/arm64": "arm64", "linux/amd64": "x86_64"}
_MODES = {"global": "daemon", "replicated-job": "batch", "global-job": "batch"}
_DRIVERS = frozenset({"awslogs", "awsfirelens", "splunk", "fluentd", "gelf", "journald", "json-file", "syslog"})
_NOT_FOLLOWED = ("extends", "env_file")
_PORT = re.compile(
    r"(?:(?:(?P<ip>\[?[0-9a-fA-F.:]+\]?):)?[0-9-]*:)?(?P<target>[0-9]+)(?:-[0-9]+)?(?:/(?P<protocol>\w+))?"
)

Said = tuple[str, str, Node, str]
"""A fact of a service, its value, where it is said, and under which key."""


def is_compose(root: Mapping) -> bool:
    """Whether a document is a Compose file, by what its services hold."""
    services = value_at(root, "services")
    if not isinstance(services, Mapping) or "apiVersion" in root.items:
        return False
    inner = [value for _, value in services.items.values() if isinstance(value, Mapping)]
    return any(not _MARKS.isdisjoint(service.items) for service in inner)


def survey(root: Mapping, file: str) -> Survey:
    """What a Compose file says of the workload it describes."""
    services = value_at(root, "services")
    found = [_Service(name, node, file) for name, node in pairs(services) if isinstance(node, Mapping)]
    own = value_at(root, "name")
    leaks = tuple(leak for service in found for leak in service.leaks)
    named = [as_name(name.written) for name, _ in pairs(value_at(root, "secrets"))]
    facts = [fact for service in found for fact in service.facts()]
    return Survey(
        as_name(own.written) if isinstance(own, Scalar) and text_of(own) else None,
        tuple((service.name, tuple(service.endpoints())) for service in found),
        tuple(dict.fromkeys([*named, *(leak.secret for leak in leaks)])),
        (*_images(found, file), *facts),
        leaks,
        tuple(remark for service in found for remark in service.remarks()),
        "Compose file",
        tuple(place for service in found for place in service.places()),
    )


def _images(services: "list[_Service]", file: str) -> Iterator[Inferred]:
    """Whether images are built, pulled or both."""
    built = [service for service in services if "build" in service.node.items]
    pulled = [service for service in services if "build" not in service.node.items and "image" in service.node.items]
    said = "both" if built and pulled else "pulled" if pulled else "built"
    for service in [*pulled, *built][:1]:
        key = "image" if pulled else "build"
        place = service.node.items[key][0].place
        yield Inferred("delivery.images", said, file, place, f"services.{service.written}.{key}")


class _Service:
    """One service of a Compose file."""

    def __init__(self, key: Scalar, node: Mapping, file: str) -> None:
        self.key = key
        self.written = key.written
        self.name = as_name(key.written)
        self.node = node
        self.file = file
        self.leaks: tuple[Leak, ...] = tuple(leaks_of(value_at(node, "environment"), self.name, file))

    def facts(self) -> Iterator[Inferred]:
        """Every fact, each with where it is said."""
        for reader in _READERS:
            for fact, written, node, key in reader(self.node):
                yield self._inferred(fact, written, node.place, key)
        for port, protocol, node in _ports(self.node):
            if protocol == "udp":
                yield self._inferred(f"endpoints.port-{port}.protocol", "udp", node.place, "ports")
        used = [as_name(text) for text, _ in _mounted_secrets(self.node)]
        names = list(dict.fromkeys([*used, *(leak.secret for leak in self.leaks)]))
        if names:
            key = "environment" if self.leaks else "secrets"
            place = self.leaks[0].place if self.leaks else self.node.items["secrets"][0].place
            yield self._inferred("uses.secrets", f"[{', '.join(names)}]", place, key)

    def _inferred(self, fact: str, written: str, place: Place, key: str) -> Inferred:
        return Inferred(f"services.{self.name}.{fact}", written, self.file, place, f"services.{self.written}.{key}")

    def endpoints(self) -> Iterator[str]:
        """The names of the ports that are published to more than this machine."""
        yield from dict.fromkeys(f"port-{port}" for port, _, _ in _ports(self.node))

    def places(self) -> Iterator[tuple[str, Place]]:
        """Where the service and its endpoints are named."""
        yield f"services.{self.name}", self.key.place
        for port, _, node in _ports(self.node):
            yield f"services.{self.name}.endpoints.port-{port}", node.place

    def remarks(self) -> Iterator[Remark]:
        """What was seen and is not followed, or depends on a variable that nobody sets here."""
        for key in _NOT_FOLLOWED:
            if key in self.node.items:
                place = self.node.items[key][0].place
                yield Remark(self.file, place, f"`{key}` of `{self.written}` is not followed; what it says is left out")


def _first(node: Mapping, read: Callable[[Node | None], str | None], fact: str, *paths: str) -> Iterator[Said]:
    """The first of some keys that says a value."""
    for path in paths:
        found = at(node, *path.split("."))
        written = read(found)
        if found is not None and written is not None:
            yield fact, written, found, path
            return


def _size(node: Mapping) -> Iterator[Said]:
    """What is reserved counts before what is the limit."""
    yield from _first(node, number, "cpu", "deploy.resources.reservations.cpus", "deploy.resources.limits.cpus", "cpus")
    yield from _first(
        node, memory, "memory",
        "deploy.resources.reservations.memory", "mem_reservation", "deploy.resources.limits.memory", "mem_limit",
    )  # fmt: skip
    yield from _first(node, memory, "shared_memory", "shm_size")


def _replicas(node: Mapping) -> Iterator[Said]:
    for end in ("min", "max"):
        yield from _first(node, number, f"replicas.{end}", "deploy.replicas", "scale")


def _kind(node: Mapping) -> Iterator[Said]:
    yield from _first(node, lambda mode: _MODES.get(text_of(mode) or ""), "kind", "deploy.mode")


def _gpus(node: Mapping) -> Iterator[Said]:
    """GPUs that are reserved by number; `all` says no number."""
    devices = at(node, "deploy", "resources", "reservations", "devices")
    for device in items(devices):
        words = {text_of(word) for word in items(at(device, "capabilities"))}
        count, listed = number(at(device, "count")), items(at(device, "device_ids"))
        if "gpu" in words and device is not None:
            written = count or (str(len(listed)) if listed else "unknown")
            yield "gpus", written, device, "deploy.resources.reservations.devices"
    asked = value_at(node, "gpus")
    if asked is not None:
        yield "gpus", number(asked) or "unknown", asked, "gpus"


def _needs(node: Mapping) -> Iterator[Said]:
    """What is asked of the host, as one list at the first key that asks."""
    found: dict[str, tuple[Node, str]] = {}
    if text_of(value_at(node, "privileged")) == "true":
        found["privileged"] = node.items["privileged"][1], "privileged"
    for key, need in (("network_mode", "host_network"), ("pid", "host_pid"), ("ipc", "host_ipc")):
        if text_of(value_at(node, key)) == "host":
            found[need] = node.items[key][1], key
    for source, volume in _host_paths(node):
        if _SOCKET.search(source):
            found.setdefault("docker_socket", (volume, "volumes"))
    if found:
        first, key = next(iter(found.values()))
        yield "needs", f"[{', '.join(found)}]", first, key


def _volumes(node: Mapping) -> Iterator[Said]:
    for source, volume in _host_paths(node):
        if not _SOCKET.search(source):
            yield "volumes", "[host_path]", volume, "volumes"
            return


def _host_paths(node: Mapping) -> Iterator[tuple[str, Node]]:
    """The paths of the host that are mounted, in both ways to write them."""
    for volume in items(value_at(node, "volumes")):
        if isinstance(volume, Mapping):
            source = text_of(value_at(volume, "source")) or ""
            if text_of(value_at(volume, "type")) == "bind":
                yield source, volume
        elif isinstance(volume, Scalar):
            source, colon, _ = (text_of(volume) or volume.written).partition(":")
            if colon and source.startswith(("/", ".", "~", "$")):
                yield source, volume


def _lists(node: Mapping) -> Iterator[Said]:
    """Lists of words: capabilities, devices, kernel parameters."""
    for key, fact in (("cap_add", "capabilities"), ("devices", "devices"), ("sysctls", "sysctls")):
        given = value_at(node, key)
        texts = [text_of(item) or "" for item in items(given)] or [name.written for name, _ in pairs(given)]
        words = [re.split(r"[:=]", text)[0].strip().removeprefix("CAP_") for text in texts]
        kept = [word for word in dict.fromkeys(words) if re.fullmatch(r"[A-Za-z0-9/][A-Za-z0-9_./:@*-]*", word)]
        if given is not None and kept:
            yield fact, f"[{', '.join(kept)}]", given, key


def _words(node: Mapping) -> Iterator[Said]:
    def driver(found: Node | None) -> str | None:
        text = text_of(found)
        return text if text in _DRIVERS else None

    def seconds(found: Node | None) -> str | None:
        parts = re.fullmatch(r"(?:([0-9]+)m)?(?:([0-9]+)s)?", text_of(found) or "")
        total = int(parts[1] or 0) * 60 + int(parts[2] or 0) if parts else 0
        return f"{total} s" if total else None

    yield from _first(node, driver, "log_driver", "logging.driver")
    yield from _first(node, seconds, "drain", "stop_grace_period")
    yield from _first(node, lambda found: _ARCHES.get(text_of(found) or ""), "arch", "platform")
    if (text_of(value_at(node, "platform")) or "").startswith("windows"):
        yield "os", "windows", node.items["platform"][1], "platform"


def _registry(node: Mapping) -> Iterator[Said]:
    """Where an image that is pulled lies; one that is built here lies where it is pushed, which is not said."""
    image = text_of(value_at(node, "image"))
    if image and "build" not in node.items:
        where = registry_of(image)
        yield "image.registry", where, node.items["image"][1], "image"


_READERS: tuple[Callable[[Mapping], Iterator[Said]], ...] = (
    _kind, _size, _replicas, _gpus, _needs, _volumes, _lists, _words, _registry,
)  # fmt: skip


def _ports(node: Mapping) -> Iterator[tuple[str, str, Node]]:
    """The ports of the container that are published beyond this machine, with their protocol."""
    for port in items(value_at(node, "ports")):
        if isinstance(port, Mapping):
            target = number(value_at(port, "target"))
            host = text_of(value_at(port, "host_ip"))
            protocol = text_of(value_at(port, "protocol"))
        else:
            found = _PORT.fullmatch(text_of(port) or "")
            target, host, protocol = (found["target"], found["ip"], found["protocol"]) if found else (None, None, None)
        if target is not None and host not in ("127.0.0.1", "::1", "[::1]"):
            yield target, protocol or "tcp", port


def _mounted_secrets(node: Mapping) -> Iterator[tuple[str, Node]]:
    for given in items(value_at(node, "secrets")):
        text = text_of(value_at(given, "source")) if isinstance(given, Mapping) else text_of(given)
        if text:
            yield text, given
