"""Compose files to what they say of the workload they describe; what they do not say stays unknown."""

import re
from collections.abc import Iterator, Sequence

from archadvisor.intake.compose import kinds
from archadvisor.intake.compose.exposure import Endpoint, endpoints
from archadvisor.intake.compose.files import Read
from archadvisor.intake.compose.forms import mount_of, port_of, said
from archadvisor.intake.compose.leaks import leaks, leaks_of_configs
from archadvisor.intake.compose.mentions import mentions
from archadvisor.intake.compose.project import SECTIONS, Given, Part, Project, project
from archadvisor.intake.compose.services import READERS, Said, needs
from archadvisor.intake.compose.storage import Volume, shared, storage, volumes
from archadvisor.intake.compose.validity import violations
from archadvisor.intake.tree import at, items, pairs
from archadvisor.intake.values import as_name, distinct_names
from archadvisor.loading.node import Mapping, Node, Scalar, value_at
from archadvisor.loading.wording import listed
from archadvisor.model.intake import Inferred, Leak, Remark, Survey
from archadvisor.model.place import Place

KIND = "Compose file"
_MARKS = frozenset(
    {
        *(
            "image",
            "build",
            "extends",
            "ports",
            "expose",
            "environment",
            "env_file",
            "volumes",
            "command",
            "entrypoint",
        ),
        *(
            "deploy",
            "profiles",
            "depends_on",
            "networks",
            "network_mode",
            "labels",
            "restart",
            "healthcheck",
            "logging",
        ),
        *("cpus", "mem_limit", "mem_reservation", "shm_size", "privileged", "cap_add", "container_name", "platform"),
    }
)
"""Keys of a service; a file that is merged with others may have any of them alone."""
_OPEN = re.compile(r"\$\{([^}]*)\}")
_TELLING = (
    *("deploy", "cpus", "cpu_count", "mem_limit", "mem_reservation", "scale", "shm_size", "tmpfs"),
    *("devices", "gpus", "runtime", "platform", "privileged", "network_mode", "pid", "ipc", "cap_add", "logging"),
)
"""Keys of a service in which facts are looked for, and a variable that nothing sets leaves one unknown."""


def is_compose(root: Node) -> bool:
    """Whether a document is a Compose file, by what its services hold; jobs of pipelines have no triggers."""
    if not isinstance(root, Mapping) or "apiVersion" in root.items:
        return False
    services, jobs = ([value for _, value in pairs(value_at(root, section))] for section in SECTIONS)
    is_service = any(isinstance(each, Mapping) and not _MARKS.isdisjoint(each.items) for each in services)
    is_job = any(isinstance(each, Mapping) and "triggers" in each.items for each in jobs)
    return is_service or is_job or (bool(items(value_at(root, "include"))) and _is_including(root))


def _is_including(root: Mapping) -> bool:
    """Whether a document that includes others has nothing that Compose does not know, and names them as it does."""
    if any(isinstance(item, Mapping) and "path" not in item.items for item in items(value_at(root, "include"))):
        return False
    known = {*SECTIONS, "include", "name", "version", "volumes", "networks", "secrets", "configs", "models"}
    return all(name in known or name.startswith("x-") for name in root.items)


def glance(roots: Sequence[Node]) -> Survey:
    """A first look at a Compose file: what it is, the services that it names, and the files that it takes in."""
    keys = [key for root in roots for section in SECTIONS for key, _ in pairs(at(root, section))]
    services = tuple((name, ()) for name in distinct_names(key.written for key in keys))
    named = tuple(path for root in roots for path in mentions(root))
    return Survey(None, services, (), (), (), (), KIND, mentions=named)


def survey(given: Sequence[Given], read: Read) -> Survey:
    """What Compose files say together; other files are read where those name them.

    Raises:
        UnreadableInput: what they come to is too large.
    """
    found = project(given, read)
    declared = volumes(found)
    names = distinct_names(part.key.written for part in found.parts)
    services = [_Service(name, part, found, declared) for name, part in zip(names, found.parts, strict=True)]
    of_configs = [leak for file, documents in given for leak in leaks_of_configs(file, documents)]
    every = [*(leak for service in services for leak in service.leaks), *of_configs]
    exposed = tuple({(leak.file, leak.place): leak for leak in reversed(every)}.values())[::-1]
    facts = [fact for service in services for fact in service.facts()]
    named = [as_name(name.written) for name, _ in pairs(value_at(found.root, "secrets"))]
    used = [name for service in services for name in service.secrets]
    return Survey(
        as_name(found.name) if found.name else None,
        tuple((service.name, tuple(each.name for each in service.endpoints)) for service in services),
        tuple(dict.fromkeys([*named, *used, *(leak.secret for leak in of_configs)])),
        (*_images(found.parts), *facts),
        exposed,
        tuple(_remarks(found, declared)),
        KIND,
        tuple(place for service in services for place in service.places()),
    )


def _images(parts: Sequence[Part]) -> Iterator[Inferred]:
    """Whether images are built, pulled or both."""
    built = [part for part in parts if "build" in part.node.items]
    pulled = [part for part in parts if "build" not in part.node.items and "image" in part.node.items]
    written = "both" if built and pulled else "pulled" if pulled else "built"
    for part in [*pulled, *built][:1]:
        key = "image" if pulled else "build"
        place = part.node.items[key][0].place
        yield Inferred("delivery.images", written, place.file, place, f"{part.section}.{part.key.written}.{key}")


class _Service:
    """One service of a project, as a workload has it."""

    def __init__(self, name: str, part: Part, whole: Project, declared: dict[str, Volume]) -> None:
        self.part = part
        self.whole = whole
        self.declared = declared
        self.name = name
        self.endpoints: list[Endpoint] = endpoints(part.node)
        self.leaks: list[Leak] = leaks(part, self.name)
        self.granted = [(as_name(name), node) for name, node in _granted(part.node)]
        self.secrets = list(dict.fromkeys([*(name for name, _ in self.granted), *(each.secret for each in self.leaks)]))

    def facts(self) -> Iterator[Inferred]:
        """Every fact, each with where it is said; the first that says one counts."""
        found: dict[str, Said] = {}
        for each in self._said():
            found.setdefault(each.fact, each)
        for fact, written, node, key, limit in found.values():
            # What another service says of this one has the key of that one.
            is_whole = key.startswith(tuple(f"{section}." for section in SECTIONS))
            where = key if is_whole else ".".join(filter(None, (self.part.section, self.part.key.written, key)))
            yield Inferred(f"services.{self.name}.{fact}", written, node.place.file, node.place, where, limit)

    def _said(self) -> Iterator[Said]:
        kind = kinds.kind(self.part, self.whole.parts)
        if kind is not None:
            yield kind
        yield from needs(self.part.node, self._network())
        for reader in READERS:
            yield from reader(self.part.node)
        mounted = storage(self.part, self.declared)
        if mounted is not None:
            yield mounted
        for endpoint in self.endpoints:
            for fact, written, node, key in endpoint.facts:
                yield Said(f"endpoints.{endpoint.name}.{fact}", written, node, key)
        yield from self._uses()

    def _network(self) -> Node | None:
        """Where it joins the network of the host, which Swarm has as an external one of that name."""
        for key, _ in pairs(value_at(self.part.node, "networks")):
            network = at(self.whole.root, "networks", key.written)
            own = said(at(network, "name")) or (key.written if at(network, "external") is not None else None)
            if own == "host":
                return key
        return None

    def _uses(self) -> Iterator[Said]:
        if self.secrets:
            written = f"[{', '.join(self.secrets)}]"
            if self.leaks:
                first = self.leaks[0]
                node: Node = Scalar(None, "", first.place._replace(file=first.file))
            else:
                node = self.granted[0][1]
            yield Said("uses.secrets", written, node, "environment" if self.leaks else "secrets")

    def places(self) -> Iterator[tuple[str, Place]]:
        """Where the service and its endpoints are named."""
        yield f"services.{self.name}", self.part.key.place
        for endpoint in self.endpoints:
            yield f"services.{self.name}.endpoints.{endpoint.name}", endpoint.node.place


def _granted(node: Mapping) -> Iterator[tuple[str, Node]]:
    for given in items(value_at(node, "secrets")):
        text = said(value_at(given, "source")) if isinstance(given, Mapping) else said(given)
        if text:
            yield text, given


def _remarks(whole: Project, declared: dict[str, Volume]) -> Iterator[Remark]:
    """What was seen and not followed, does not fit Compose, runs only sometimes, or is open."""
    seen = (*violations(whole.root), *_of_parts(whole.parts), *shared(whole, declared), *_open(whole))
    found = [Remark(place.file, place._replace(file=""), message) for place, message in seen]
    yield from sorted([*whole.remarks, *found], key=lambda remark: (remark.file, remark.place))


def _of_parts(parts: Sequence[Part]) -> Iterator[tuple[Place, str]]:
    for part in parts:
        asked = kinds.profiles(part.node)
        if asked:
            told = listed([f"`{name}`" for name in asked])
            place = part.node.items["profiles"][0].place
            yield place, f"`{part.key.written}` runs only in the profile {told}; it is taken as part of the workload"
    lacking = [part.key for part in parts if not kinds.is_complete(part.node)]
    if lacking:
        told = listed([f"`{key.written}`" for key in lacking], "and")
        verb = "has" if len(lacking) == 1 else "have"
        yield lacking[0].place, f"{told} {verb} no `image` and no `build`: if another file has it, give both together"


def _open(whole: Project) -> Iterator[tuple[Place, str]]:
    """The variables that nothing sets and facts hang on, at the first one."""
    found: dict[str, Place] = {}
    for node in (node for part in whole.parts for node in _telling(part.node)):
        for variable, place in _unset(node):
            found.setdefault(variable, place)
    if found:
        told = listed([f"`{name}`" for name in sorted(found)], "and")
        verb, them = ("is", "it") if len(found) == 1 else ("are", "them")
        yield min(found.values()), f"{told} {verb} set in no file that is read: what hangs on {them} stays unknown"


def _telling(node: Mapping) -> Iterator[Node]:
    """What facts are read from, as far as a variable that nothing sets can hide one."""
    yield from (node.items[name][1] for name in _TELLING if name in node.items)
    for port in items(value_at(node, "ports")):
        if (known := port_of(port)) is None or "?" in known.host:
            yield port
    for volume in items(value_at(node, "volumes")):
        if (mount := mount_of(volume)) is not None and mount.type == "unknown":
            yield volume


def _unset(node: Node) -> Iterator[tuple[str, Place]]:
    match node:
        case Mapping():
            for _, value in node.items.values():
                yield from _unset(value)
        case Scalar():
            if node.value is None:
                for name in _OPEN.findall(node.written):
                    yield name, node.place
        case _:
            for item in node.items:
                yield from _unset(item)
