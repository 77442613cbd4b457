"""What services mount: kinds of storage where something says them, and volumes that several services share."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from archadvisor.intake.compose.forms import Mount, mounts, said
from archadvisor.intake.compose.project import Part, Project
from archadvisor.intake.compose.services import GUI, Said, is_socket
from archadvisor.intake.tree import at, pairs
from archadvisor.loading.node import Node, value_at
from archadvisor.model.place import Place

_DRIVERS = {"rexray/ebs": "ebs", "rexray/efs": "efs"}
_BACKINGS = {"shared": "efs", "relocatable": "ebs"}
_EFS = re.compile(r".*\.efs\.[a-z0-9-]+\.amazonaws\.com.*", re.DOTALL)
_NETWORKED = re.compile(r"nfs[34]?|cifs|smb[0-9]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Volume:
    """A named volume: the kind of storage that it says it is, and whether it is one of a network."""

    kind: str = ""
    is_networked: bool = False


def volumes(project: Project) -> dict[str, Volume]:
    """The volumes that are declared, by name."""
    return {key.written: _volume(value) for key, value in pairs(value_at(project.root, "volumes"))}


def _volume(declared: Node) -> Volume:
    driver, options = said(at(declared, "driver")) or "", at(declared, "driver_opts")
    kind, device, how = (said(at(options, key)) or "" for key in ("type", "device", "o"))
    if driver.partition(":")[0] == "cloudstor":
        return Volume(_BACKINGS.get(said(at(options, "backing")) or "", ""))
    if driver.partition(":")[0] in _DRIVERS:
        return Volume(_DRIVERS[driver.partition(":")[0]])
    if kind == "tmpfs":
        return Volume("tmpfs")
    if "bind" in how.split(",") and device:
        return Volume("host_path")
    is_networked = _NETWORKED.fullmatch(kind) is not None
    is_efs = is_networked and _EFS.fullmatch(f"{device},{how}") is not None
    return Volume("efs" if is_efs else "", is_networked)


def storage(part: Part, declared: Mapping[str, Volume]) -> Said | None:
    """The kinds of storage that a service mounts, as far as they are said; `unknown` where volumes say none."""
    kinds: dict[str, Node] = {}
    unsaid: list[Node] = []
    for mount in mounts(part.node):
        kind = _kind(mount, declared)
        if kind:
            kinds.setdefault(kind, mount.node)
        elif kind is None:
            unsaid.append(mount.node)
    if kinds:
        return Said("volumes", f"[{', '.join(kinds)}]", next(iter(kinds.values())), "volumes")
    return Said("volumes", "unknown", unsaid[0], "volumes") if unsaid else None


def _kind(mount: Mount, declared: Mapping[str, Volume]) -> str | None:
    """The kind of storage of a mount; None where it is not known, empty where it is none at all."""
    match mount.type:
        case "tmpfs":
            return "tmpfs"
        case "bind":
            is_other = is_socket(mount.source, mount.target) or mount.source.startswith(GUI)
            return "" if is_other else "host_path"
        case "volume" if mount.source:
            return declared.get(mount.source, Volume()).kind or None
        case "volume" | "image":
            return ""
    return "" if is_socket(mount.source, mount.target) else None


def shared(project: Project, declared: Mapping[str, Volume]) -> Iterator[tuple[Place, str]]:
    """The volumes that several services mount, or that lie in a network, with their kind not said."""
    users: dict[str, list[tuple[str, Node]]] = {}
    for part in project.parts:
        for mount in mounts(part.node):
            if mount.type == "volume" and mount.source and "$" not in mount.source:
                users.setdefault(mount.source, []).append((part.key.written, mount.node))
    for name, found in users.items():
        services = list(dict.fromkeys(service for service, _ in found))
        volume = declared.get(name, Volume())
        if not volume.kind and (len(services) > 1 or volume.is_networked):
            yield found[0][1].place, _shared(name, services)


def _shared(name: str, services: Sequence[str]) -> str:
    by = " and ".join(f"`{service}`" for service in services[:4])
    more = f" and {len(services) - 4} more" if len(services) > 4 else ""
    how = f"shared by {by}{more}" if len(services) > 1 else f"one of a network, mounted by {by}"
    return f"the volume `{name}` is {how}: what storage it becomes is open, such as `efs`"
