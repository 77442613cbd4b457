"""What a service of a Compose file says of its size and of what it needs; what it does not say stays unknown."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from archadvisor.intake.compose.forms import is_true, is_unknown, mounts, said, words
from archadvisor.intake.registries import registry_of
from archadvisor.intake.tree import at, items, pairs
from archadvisor.intake.values import memory, number
from archadvisor.loading.node import Mapping, Node, Scalar, Sequence, value_at

_SOCKET = re.compile(r".*/docker\.sock|[\\/]{2}\.[\\/]pipe[\\/]docker_engine")
_HOLDS_SOCKET = re.compile(r"/(?:var/)?run/?")
"""The folders of a host that the socket of Docker lies in."""
_ARCHES = {
    **dict.fromkeys(("linux/arm64", "linux/arm64/v8", "arm64", "aarch64"), "arm64"),
    **dict.fromkeys(("linux/amd64", "linux/x86_64", "amd64", "x86_64"), "x86_64"),
}
_DRIVERS = frozenset({"awslogs", "awsfirelens", "splunk", "fluentd", "gelf", "journald", "json-file", "syslog"})
_HOST = (("network_mode", "host_network"), ("pid", "host_pid"), ("ipc", "host_ipc"))
_GPU_KINDS = re.compile(r"(?:nvidia[-_])?gpu", re.IGNORECASE)
GUI = "/tmp/.X11-unix"
_DOCKER_HUB = re.compile(r"(?:index\.)?docker\.io/")
_WINDOWS = re.compile(r"mcr\.microsoft\.com/(?:windows/|dotnet/framework/).*", re.DOTALL)
_RELEASE = re.compile(r".*ltsc(2016|2019|2022|2025)\b.*", re.DOTALL)
_CONSTRAINT = re.compile(r"node\.platform\.(os|arch)\s*==\s*(\w+)")
_DURATION = re.compile(r"(?:([0-9]{1,9})h)?(?:([0-9]{1,9})m)?(?:([0-9]{1,9})s)?")
_WORD = re.compile(r"[A-Za-z0-9/][A-Za-z0-9_./:@*-]*")


class Said(NamedTuple):
    """A fact of a service, its value, where and under which key it is said, and the most of it that is allowed."""

    fact: str
    written: str
    node: Node
    key: str
    limit: str = ""


Reader = Callable[[Mapping], Iterator[Said]]


def _first(node: Mapping, read: Callable[[Node | None], str | None], fact: str, *paths: str) -> Said | None:
    """The first of some keys that says a value."""
    for path in paths:
        found = at(node, *path.split("."))
        written = read(found)
        if found is not None and written is not None:
            return Said(fact, written, found, path)
    return None


def _cores(node: Node | None) -> str | None:
    """A number of cores; Compose means no limit by 0."""
    found = number(node)
    return found if found is not None and float(found) > 0 else None


_SIZES: tuple[tuple[str, Callable[[Node | None], str | None], tuple[str, ...], tuple[str, ...]], ...] = (
    ("cpu", _cores, ("deploy.resources.reservations.cpus",), ("deploy.resources.limits.cpus", "cpus", "cpu_count")),
    (
        "memory",
        memory,
        ("deploy.resources.reservations.memory", "mem_reservation"),
        ("deploy.resources.limits.memory", "mem_limit"),
    ),
)
"""Sizes: the keys that reserve one, and those that limit it."""


def _size(node: Mapping) -> Iterator[Said]:
    """What is reserved counts, and the limit is kept beside it; where only that is said, it counts."""
    for fact, read, reserving, limiting in _SIZES:
        reserved, limit = _first(node, read, fact, *reserving), _first(node, read, fact, *limiting)
        if reserved is not None and limit is not None:
            yield reserved._replace(limit="" if limit.written == reserved.written else limit.written)
        elif found := reserved or limit:
            yield found
    for fact, path in (("shared_memory", "shm_size"), ("disk", "storage_opt.size")):
        if found := _first(node, memory, fact, path):
            yield found


def _replicas(node: Mapping) -> Iterator[Said]:
    for end in ("min", "max"):
        label = f"kompose.hpa.replicas.{end}"
        scaled = value_at(node, "labels")
        asked = value_at(scaled, label) if isinstance(scaled, Mapping) else None
        if asked is not None and number(asked) is not None:
            yield Said(f"replicas.{end}", number(asked) or "", asked, label)
        elif said(at(node, "deploy", "mode")) in (None, "replicated"):
            found = _first(node, number, f"replicas.{end}", "deploy.replicas", "scale")
            if found is not None:
                yield found


def _gpus(node: Mapping) -> Iterator[Said]:
    """GPUs that are asked for by number; `all` says no number, and so does the runtime alone."""
    reservations = at(node, "deploy", "resources", "reservations")
    asked = [
        *((device, "deploy.resources.reservations.devices") for device in items(at(reservations, "devices"))),
        *((device, "gpus") for device in items(value_at(node, "gpus"))),
    ]
    found = [(device, key) for device, key in asked if key == "gpus" or "gpu" in words(at(device, "capabilities"))]
    for device, key in found[:1]:
        numbers = [_devices(each) for each, _ in found]
        yield Said("gpus", "unknown" if None in numbers else str(sum(filter(None, numbers))), device, key)
    if found:
        return
    for resource in items(at(reservations, "generic_resources")):
        spec = at(resource, "discrete_resource_spec")
        count = at(spec, "value")
        if count is not None and _GPU_KINDS.fullmatch(said(at(spec, "kind")) or ""):
            yield Said("gpus", number(count) or "unknown", count, "deploy.resources.reservations.generic_resources")
            return
    yield from _by_word(node)


def _devices(device: Node) -> int | None:
    count, listed = number(at(device, "count")), items(at(device, "device_ids"))
    return int(float(count)) if count else len(listed) or None


def _by_word(node: Mapping) -> Iterator[Said]:
    asked, runtime = value_at(node, "gpus"), value_at(node, "runtime")
    if isinstance(asked, Scalar) and (asked.value is not None or is_unknown(asked)):
        yield Said("gpus", number(asked) or "unknown", asked, "gpus")
    elif runtime is not None and said(runtime) == "nvidia":
        yield Said("gpus", "unknown", runtime, "runtime")


def needs(node: Mapping, network: Node | None) -> Iterator[Said]:
    """What is asked of the host, as one list at the first key that asks; it may name the network of the host."""
    found: dict[str, tuple[Node, str]] = {}
    for need, asking, key in (*_asked(node), *_mounted(node)):
        found.setdefault(need, (asking, key))
    if network is not None:
        found.setdefault("host_network", (network, "networks"))
    if found:
        first, key = next(iter(found.values()))
        yield Said("needs", f"[{', '.join(found)}]", first, key)


def _asked(node: Mapping) -> Iterator[tuple[str, Node, str]]:
    """Needs that a key of their own asks for."""
    for key, need in (("privileged", "privileged"), ("use_api_socket", "docker_socket")):
        if is_true(value_at(node, key)):
            yield need, node.items[key][1], key
    for key, need in _HOST:
        if said(value_at(node, key)) == "host":
            yield need, node.items[key][1], key
    if said(value_at(node, "mac_address")):
        yield "mac_address", node.items["mac_address"][1], "mac_address"


def _mounted(node: Mapping) -> Iterator[tuple[str, Node, str]]:
    """Needs that a mount or a device tells."""
    for mount in mounts(node):
        if is_socket(mount.source, mount.target) or _HOLDS_SOCKET.fullmatch(mount.source):
            yield "docker_socket", mount.node, "volumes"
        elif mount.source.startswith(GUI):
            yield "gui", mount.node, "volumes"
    for device in items(value_at(node, "devices")):
        if _device(device) == "/dev/fuse":
            yield "fuse", device, "devices"


def is_socket(source: str, target: str) -> bool:
    """Whether a mount is the socket of Docker, or stands in its place."""
    return _SOCKET.fullmatch(source) is not None or _SOCKET.fullmatch(target) is not None


def _lists(node: Mapping) -> Iterator[Said]:
    """Lists of words: capabilities, devices, kernel parameters."""
    for key, fact in (("cap_add", "capabilities"), ("devices", "devices"), ("sysctls", "sysctls")):
        given = value_at(node, key)
        texts = [_device(item) for item in items(given)] or [name.written for name, _ in pairs(given)]
        found = [re.split(r"[:=]", text)[0].strip().removeprefix("CAP_") for text in texts]
        kept = [word for word in dict.fromkeys(found) if _WORD.fullmatch(word)]
        if given is not None and kept:
            first = given.items[0] if isinstance(given, Sequence) else given
            yield Said(fact, f"[{', '.join(kept)}]", first, key)


def _device(node: Node) -> str:
    return (said(value_at(node, "source")) if isinstance(node, Mapping) else said(node)) or ""


def _driver(found: Node | None) -> str | None:
    text = said(found)
    return text if text in _DRIVERS else None


def _seconds(found: Node | None) -> str | None:
    parts = _DURATION.fullmatch(said(found) or "")
    total = sum(int(parts[place] or 0) * unit for place, unit in ((1, 3600), (2, 60), (3, 1))) if parts else 0
    return f"{total} s" if total else None


def _run(node: Mapping) -> Iterator[Said]:
    """The log driver, and how long it takes to stop."""
    for found in (
        _first(node, _driver, "log_driver", "logging.driver"),
        _first(node, _seconds, "drain", "stop_grace_period"),
    ):
        if found is not None:
            yield found


def _platform(node: Mapping) -> Iterator[Said]:
    """The processor and the operating system: of the platform, of the nodes it is placed on, of a Windows image."""
    for fact, written, found, key in _platforms(node):
        yield Said(fact, written, found, key)
    spec = value_at(node, "credential_spec")
    if isinstance(spec, Mapping) and spec.items:
        yield Said("windows.gmsa", "true", spec, "credential_spec")


def _platforms(node: Mapping) -> Iterator[tuple[str, str, Node, str]]:
    platform, image = value_at(node, "platform"), value_at(node, "image")
    if platform is not None and (arch := _ARCHES.get(said(platform) or "")):
        yield "arch", arch, platform, "platform"
    if platform is not None and (said(platform) or "").startswith("windows"):
        yield "os", "windows", platform, "platform"
    elif isinstance(image, Scalar) and _WINDOWS.fullmatch(image.written):
        yield "os", "windows", image, "image"
    if isinstance(image, Scalar) and (release := _RELEASE.fullmatch(image.written)):
        yield "windows.version", f'"{release[1]}"', image, "image"
    for item in items(at(node, "deploy", "placement", "constraints")):
        found = _CONSTRAINT.fullmatch((said(item) or "").strip())
        key = "deploy.placement.constraints"
        if found and found[1] == "os" and found[2] in ("linux", "windows"):
            yield "os", found[2], item, key
        elif found and (arch := _ARCHES.get(found[2])):
            yield "arch", arch, item, key


def _registry(node: Mapping) -> Iterator[Said]:
    """Where an image lies; one that is built here lies where it is pushed, if its name has a registry."""
    image = value_at(node, "image")
    if not isinstance(image, Scalar) or not image.written:
        return
    where = registry_of(image.written) or "unknown"
    is_named = where != "docker_hub" or _DOCKER_HUB.match(image.written) is not None
    if is_named or "build" not in node.items:
        yield Said("image.registry", where, image, "image")


_OPEN = (
    *(("shared_memory", "shm_size"), ("disk", "storage_opt.size"), ("drain", "stop_grace_period")),
    *(("log_driver", "logging.driver"), ("arch", "platform"), ("needs", "privileged")),
    *(("needs", key) for key, _ in _HOST),
)
"""Facts of which silence says something, and the keys that may say them."""


def _open(node: Mapping) -> Iterator[Said]:
    """What hangs on a variable that nothing sets: it is unknown, and not what silence says."""
    for fact, path in _OPEN:
        found = at(node, *path.split("."))
        if found is not None and is_unknown(found):
            yield Said(fact, "unknown", found, path)
    for key, fact in (("cap_add", "capabilities"), ("devices", "devices")):
        for item in filter(is_unknown, items(value_at(node, key))):
            yield Said(fact, "unknown", item, key)


READERS: tuple[Reader, ...] = (_size, _replicas, _gpus, _lists, _run, _platform, _registry, _open)
"""What reads facts from a service; each fact is said by the first that says it."""
