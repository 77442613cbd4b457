"""One Compose file over another, by the rules of Compose, which are data here."""

from collections.abc import Callable

from archadvisor.intake.compose.forms import (
    as_build,
    as_conditions,
    as_list,
    as_names,
    as_variables,
    mount_of,
    port_of,
    said,
)
from archadvisor.loading.document import OVERRIDE, RESET
from archadvisor.loading.node import Mapping, Node, Scalar, Sequence, value_at

Path = tuple[str, ...]
Form = Callable[[Node], Node]
Identity = Callable[[Node], str]

_SERVICES = ("services", "jobs")
_LABELLED = ("volumes", "networks", "secrets", "configs")


def _itself(node: Node) -> str:
    """What a value is known by where only the same value is the same."""
    return node.written if isinstance(node, Scalar) else str(node.place)


def _port(node: Node) -> str:
    port = port_of(node)
    return _itself(node) if port is None or "-" in port.published else port.identity


def _mount(node: Node) -> str:
    mount = mount_of(node)
    return mount.target if mount is not None else _itself(node)


def _granted(node: Node) -> str:
    """Where a secret or a configuration is found in the container."""
    if not isinstance(node, Mapping):
        return _itself(node)
    return said(value_at(node, "target")) or said(value_at(node, "source")) or _itself(node)


def _file(node: Node) -> str:
    return (said(value_at(node, "path")) or "") if isinstance(node, Mapping) else _itself(node)


REPLACED: frozenset[Path] = frozenset({("command",), ("entrypoint",), ("healthcheck", "test")})
"""Lists of a service that are replaced, not added to."""
FORMS: dict[Path, Form] = {
    **dict.fromkeys((("environment",), ("labels",), ("annotations",), ("sysctls",)), as_variables),
    **dict.fromkeys((("build", "args"), ("build", "labels"), ("deploy", "labels")), as_variables),
    **dict.fromkeys((("dns",), ("dns_search",), ("env_file",), ("label_file",), ("tmpfs",)), as_list),
    ("networks",): as_names,
    ("depends_on",): as_conditions,
    ("build",): as_build,
}
"""The one form of what a service may say in several."""
IDENTITIES: dict[Path, Identity] = {
    ("ports",): _port,
    ("volumes",): _mount,
    ("devices",): _mount,
    ("secrets",): _granted,
    ("configs",): _granted,
    ("env_file",): _file,
    **dict.fromkeys((("cap_add",), ("cap_drop",), ("expose",), ("profiles",), ("links",), ("security_opt",)), _itself),
    **dict.fromkeys((("dns",), ("dns_search",), ("dns_opt",), ("tmpfs",), ("build", "tags")), _itself),
}
"""What an item of a list is known by: a later one with the same takes the place of an earlier one."""


def merged(base: Node | None, over: Node, path: Path = ()) -> Node:
    """What two layers say together: mappings are merged, lists added up, all else is replaced by the later one."""
    inner = _inside(path)
    form = FORMS.get(inner) if inner is not None else as_variables if _is_labels(path) else None
    over = form(over) if form is not None else over
    match base, over:
        case Mapping(), Mapping():
            return _mapping(base, over, path)
        case _, Mapping():
            return _mapping(Mapping(over.place), over, path)
        case Sequence(), Sequence() if inner not in REPLACED:
            return _sequence([*base.items, *over.items], over, inner, path)
        case _, Sequence():
            return _sequence(over.items, over, inner, path)
        case _, Scalar(value=None, written=written) if base is not None and "$" not in written:
            return base
    return over


def _inside(path: Path) -> Path | None:
    """The keys within a service that a path goes through; None where it is in none."""
    return path[2:] if len(path) > 2 and path[0] in _SERVICES else None


def _is_labels(path: Path) -> bool:
    return len(path) == 3 and path[0] in _LABELLED and path[2] == "labels"


def _mapping(base: Mapping, over: Mapping, path: Path) -> Mapping:
    whole = Mapping(over.place)
    whole.items = dict(base.items)
    if path[2:] == ("logging",) and _is_other(base, over):
        whole.items = {}
    for name, (key, value) in over.items.items():
        tag, inner = _tagged(value)
        if tag == RESET:
            whole.items.pop(name, None)
            continue
        before = whole.items.get(name)
        kept = before[1] if before is not None and tag != OVERRIDE else None
        whole.items[name] = (key, merged(kept, inner, (*path, name)))
    return whole


def _is_other(base: Mapping, over: Mapping) -> bool:
    """Whether another log driver is chosen, to which the options of the first one mean nothing."""
    drivers = [said(value_at(each, "driver")) for each in (base, over)]
    return None not in drivers and drivers[0] != drivers[1]


def _sequence(values: list[Node], over: Sequence, inner: Path | None, path: Path) -> Sequence:
    """A list whose items are each once, if they are known by something."""
    whole = Sequence(over.place)
    tagged = [_tagged(value) for value in values]
    kept = [merged(None, node, (*path, "*")) for tag, node in tagged if tag != RESET]
    identity = IDENTITIES.get(inner) if inner is not None else None
    whole.items = kept if identity is None else list({identity(node): node for node in kept}.values())
    return whole


def _tagged(node: Node) -> tuple[str, Node]:
    """The tag that a value has, if it is one of Compose, and the value."""
    if isinstance(node, Mapping) and len(node.items) == 1:
        name, (_, value) = next(iter(node.items.items()))
        if name in (RESET, OVERRIDE):
            return name, value
    return "", node
