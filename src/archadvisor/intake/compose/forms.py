"""What a Compose file may write in several ways, brought to one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from archadvisor.intake.tree import items, pairs
from archadvisor.loading.node import Mapping, Node, Scalar, Sequence, value_at

_OPEN = re.compile(r"\$\{[^}]*\}")
_PORT = re.compile(
    r"(?:(?:(?P<ip>\[?[0-9a-fA-F.:?]+\]?):)?(?P<published>[0-9?-]*):)?"
    r"(?P<target>[0-9]+)(?:-[0-9]+)?(?:/(?P<protocol>\w+))?"
)
_LOCAL = re.compile(r"127\..*|\[?::1\]?|localhost")
_PATH_VARIABLE = re.compile(r"\$\{\w*(?:PATH|DIR|DIRECTORY|FOLDER|HOME|ROOT|SOCK|SOCKET|LOCATION|PWD)\}.*", re.DOTALL)
_DRIVE = re.compile(r"[A-Za-z]:[\\/]")
_TYPES = {"npipe": "bind"}


@dataclass(frozen=True, slots=True)
class Port:
    """A port of a container that is published."""

    target: str
    published: str
    protocol: str
    application: str
    """What callers speak, where that is said: `http`."""
    host: str
    node: Node

    @property
    def is_local(self) -> bool:
        """Whether only this machine reaches it, or nobody can tell."""
        return "?" in self.host or _LOCAL.fullmatch(self.host) is not None

    @property
    def identity(self) -> str:
        """What it is known by, in whichever form it is written."""
        return f"{self.host or '0.0.0.0'}:{self.published}:{self.target}/{self.protocol}"


@dataclass(frozen=True, slots=True)
class Mount:
    """Something that a container finds under a path; of what a variable hides, the source is not known."""

    type: str
    source: str
    target: str
    node: Node


def is_unknown(node: Node) -> bool:
    """Whether a value hangs on a variable that nothing sets: it has none, and is written with `${NAME}`."""
    return isinstance(node, Scalar) and node.value is None and "$" in node.written


def said(node: Node | None) -> str | None:
    """The text of a value whose variables are filled in; None where it is not known, or there is none."""
    return node.written if isinstance(node, Scalar) and node.value is not None else None


def is_true(node: Node | None) -> bool:
    """Whether a value is a yes, in the words that Compose takes for one."""
    return (said(node) or "").lower() in ("true", "yes", "y", "on", "1")


def words(node: Node | None) -> list[str]:
    """The words of a command, of a list or of a single value."""
    if isinstance(node, Scalar):
        return node.written.split() if node.value is not None or is_unknown(node) else []
    return [item.written for item in items(node) if isinstance(item, Scalar)]


def as_variables(node: Node) -> Node:
    """A list of `NAME=value` as a mapping, whose keys and values stand where the items do."""
    if not isinstance(node, Sequence) or not all(map(_is_named, node.items)):
        return node
    whole = Mapping(node.place)
    for item in node.items:
        assert isinstance(item, Scalar)
        name, equals, rest = item.written.partition("=")
        known = bool(equals) and ("${" not in rest or item.value is not None)
        value = Scalar(rest if known else None, rest, item.place)
        whole.items[name.strip()] = (Scalar(name.strip(), name.strip(), item.place), value)
    return whole


def _is_named(item: Node) -> bool:
    """Whether an item of a list begins with a name that no variable hides."""
    return isinstance(item, Scalar) and "$" not in item.written.partition("=")[0]


def as_list(node: Node) -> Node:
    """A single value as a list of one."""
    return _listed(node) if isinstance(node, Scalar) and node.value is not None else node


def as_names(node: Node) -> Node:
    """A list of names as a mapping in which nothing more is said of each."""
    if not isinstance(node, Sequence) or not all(map(_is_named, node.items)):
        return node
    whole = Mapping(node.place)
    for item in node.items:
        if isinstance(item, Scalar):
            whole.items[item.written] = (item, Scalar(None, "", item.place))
    return whole


def as_conditions(node: Node) -> Node:
    """A list of services as a mapping that says that each has to be started."""
    whole = as_names(node)
    if not isinstance(node, Sequence) or not isinstance(whole, Mapping):
        return node
    for name, (key, _) in list(whole.items.items()):
        whole.items[name] = (key, _single("condition", Scalar("service_started", "service_started", key.place)))
    return whole


def as_build(node: Node) -> Node:
    """The folder that an image is built from as a mapping."""
    return _single("context", node) if isinstance(node, Scalar) and node.value is not None else node


def _single(key: str, value: Node) -> Mapping:
    whole = Mapping(value.place)
    whole.items[key] = (Scalar(key, key, value.place), value)
    return whole


def _listed(node: Node) -> Sequence:
    whole = Sequence(node.place)
    whole.items.append(node)
    return whole


def ports(service: Mapping) -> Iterator[Port]:
    """The ports that a service publishes."""
    for node in items(value_at(service, "ports")):
        port = port_of(node)
        if port is not None:
            yield port


def port_of(node: Node) -> Port | None:
    """A port in the long form or in the short one; None where its number is not known."""
    if isinstance(node, Mapping):
        target, published, host, protocol, application = (
            said(value_at(node, key)) or "" for key in ("target", "published", "host_ip", "protocol", "app_protocol")
        )
        return Port(target, published, protocol or "tcp", application, host, node) if target else None
    if not isinstance(node, Scalar):
        return None
    found = _PORT.fullmatch(_OPEN.sub("?", node.written))
    if found is None:
        return None
    return Port(found["target"], found["published"] or "", found["protocol"] or "tcp", "", found["ip"] or "", node)


def mounts(service: Mapping) -> Iterator[Mount]:
    """What is mounted into a service."""
    for node in items(value_at(service, "volumes")):
        mount = mount_of(node)
        if mount is not None:
            yield mount
    for node in items(value_at(service, "tmpfs")):
        yield Mount("tmpfs", "", (said(node) or "").partition(":")[0], node)


def mount_of(node: Node) -> Mount | None:
    """A mount in the long form or in the short one."""
    if isinstance(node, Mapping):
        written = said(value_at(node, "type")) or ""
        source = value_at(node, "source")
        text = source.written if isinstance(source, Scalar) else ""
        return Mount(_TYPES.get(written, written), text, said(value_at(node, "target")) or "", node)
    if not isinstance(node, Scalar):
        return None
    source_text, target = _halves(node.written)
    return Mount(_type(source_text), source_text, target, node)


def _halves(written: str) -> tuple[str, str]:
    """The source and the target of the short form; the source is empty where there is only a target."""
    drive = _DRIVE.match(written)
    start = drive.end() if drive and ":" in written[drive.end() :] else 0
    head, colon, tail = written[start:].partition(":")
    if not colon:
        return "", written
    more = _DRIVE.match(tail)
    begin = more.end() if more else 0
    return written[:start] + head, tail[:begin] + tail[begin:].partition(":")[0]


def _type(source: str) -> str:
    """What the source of the short form is: a path, the name of a volume, or not known."""
    if not source:
        return "volume"
    if source.startswith("$"):
        is_path = "/" in source or _PATH_VARIABLE.fullmatch(source) is not None
        return "bind" if is_path else "unknown"
    return "bind" if source.startswith(("/", ".", "~", "\\")) or _DRIVE.match(source) else "volume"


def texts(node: Node | None) -> dict[str, tuple[Scalar, str]]:
    """The names of a mapping whose values are known, with their keys and texts."""
    return {key.written: (key, text) for key, value in pairs(node) if (text := said(value)) is not None}
