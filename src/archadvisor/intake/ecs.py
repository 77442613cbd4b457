"""ECS task definitions to what they say of a service: bare, wrapped by a tool, or as ECS registered them."""

import re
from collections.abc import Iterable, Iterator

from archadvisor.intake.registries import registry_of
from archadvisor.intake.secrets import is_secret
from archadvisor.intake.tree import at, items
from archadvisor.intake.values import as_name, number, text_of
from archadvisor.loading.node import Mapping, Node, Scalar
from archadvisor.model.intake import Inferred, Leak, Survey
from archadvisor.model.place import Place

_CONTAINERS = "containerDefinitions"
_CPU = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*(vcpu)?", re.IGNORECASE)
_MEMORY = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*(gb|mb)?", re.IGNORECASE)
_UNITS_OF_A_VCPU = 1024
_MODES = (("networkMode", "host_network"), ("pidMode", "host_pid"), ("ipcMode", "host_ipc"))
_SHARED = (("efsVolumeConfiguration", "efs"), ("fsxWindowsFileServerVolumeConfiguration", "fsx_windows"))
_ARCHES = {"ARM64": "arm64", "X86_64": "x86_64"}
_LAUNCH_TYPES = {"FARGATE": "fargate", "EC2": "ec2"}
_SOCKET = re.compile(r"/(?:var/)?run/docker\.sock")

Said = tuple[str, str, Place, str]


def task_definition(root: Node) -> Mapping | None:
    """The task definition in a document; None where there is none."""
    for found in (root, at(root, "taskDefinition"), at(root, "TaskDefinition")):
        if isinstance(found, Mapping) and any(isinstance(each, Mapping) for each in items(at(found, _CONTAINERS))):
            return found
    return None


def survey(definition: Mapping, file: str) -> Survey:
    """What a task definition says: one service, whose containers share a task."""
    task = _Task(definition, file)
    return Survey(
        None,
        ((task.name, tuple(task.endpoints())),),
        tuple(dict.fromkeys([*task.secrets(), *(leak.secret for leak in task.leaks)])),
        (*task.decisions(), *task.facts()),
        task.leaks,
        (),
        "ECS task definition",
        ((f"services.{task.name}", task.place),),
    )


class _Task:
    """One task definition."""

    def __init__(self, node: Mapping, file: str) -> None:
        self.node = node
        self.file = file
        self.containers = [each for each in items(at(node, _CONTAINERS)) if isinstance(each, Mapping)]
        family_node = at(node, "family")
        self.place = family_node.place if family_node is not None else node.place
        family = text_of(family_node) or text_of(at(self.containers[0], "name")) or "task"
        self.name = as_name(family)
        self.leaks: tuple[Leak, ...] = tuple(self._leaks())

    def facts(self) -> Iterator[Inferred]:
        """Every fact, each with where it is said."""
        said = (*self._size(), *self._host(), *self._volumes(), *self._platform(), *self._container(), *self._used())
        for fact, written, place, key in said:
            yield Inferred(f"services.{self.name}.{fact}", written, self.file, place, key)

    def decisions(self) -> Iterator[Inferred]:
        """What is already chosen: ECS, and the launch type where there is only one."""
        yield Inferred("decisions.orchestrator", "ecs", self.file, self.place, _CONTAINERS)
        asked = at(self.node, "requiresCompatibilities")
        types = {text_of(item) for item in items(asked)}
        if asked is not None and len(types) == 1 and (chosen := _LAUNCH_TYPES.get(types.pop() or "")):
            yield Inferred(
                f"decisions.compute.{self.name}", chosen, self.file, items(asked)[0].place, "requiresCompatibilities"
            )

    def endpoints(self) -> Iterator[str]:
        """The ports that are mapped."""
        ports = [at(port, "containerPort") for each in self.containers for port in items(at(each, "portMappings"))]
        yield from dict.fromkeys(f"port-{number(port)}" for port in ports if number(port))

    def secrets(self) -> Iterator[str]:
        """What is read from a store for secrets, by the name of its variable."""
        for container in self.containers:
            for secret in items(at(container, "secrets")):
                yield as_name((text_of(at(secret, "name")) or "secret").lower())

    def _size(self) -> Iterator[Said]:
        """The size of the task, else that of its only container."""
        owner = self.containers[0] if len(self.containers) == 1 else None
        for key, read in (("cpu", _vcpu), ("memory", _mib)):
            node = at(self.node, key) if at(self.node, key) is not None else at(owner, key)
            written = read(text_of(node) or "")
            if node is not None and written is not None:
                yield key, written, node.place, key
        disk = at(self.node, "ephemeralStorage", "sizeInGiB")
        if disk is not None and number(disk):
            yield "disk", f"{number(disk)} GiB", disk.place, "ephemeralStorage.sizeInGiB"

    def _host(self) -> Iterator[Said]:
        """What is asked of the host: each list at the first place that asks."""
        lists = {"needs": dict(self._needs()), "capabilities": dict(self._words("capabilities", "add"))}
        lists["devices"] = dict(self._devices())
        for fact, found in lists.items():
            if found:
                yield fact, f"[{', '.join(found)}]", next(iter(found.values())), fact

    def _needs(self) -> Iterator[tuple[str, Place]]:
        for key, need in _MODES:
            if (node := at(self.node, key)) is not None and text_of(node) == "host":
                yield need, node.place
        for container in self.containers:
            if (node := at(container, "privileged")) is not None and text_of(node) == "true":
                yield "privileged", node.place
        for node in self._host_paths():
            if _SOCKET.search(text_of(node) or ""):
                yield "docker_socket", node.place

    def _words(self, *path: str) -> Iterator[tuple[str, Place]]:
        for container in self.containers:
            for word in items(at(container, "linuxParameters", *path)):
                yield (text_of(word) or "ALL").removeprefix("CAP_"), word.place

    def _devices(self) -> Iterator[tuple[str, Place]]:
        for container in self.containers:
            for device in items(at(container, "linuxParameters", "devices")):
                if (path := at(device, "hostPath")) is not None and text_of(path):
                    yield text_of(path) or "", path.place

    def _host_paths(self) -> Iterator[Node]:
        for volume in items(at(self.node, "volumes")):
            if (node := at(volume, "host", "sourcePath")) is not None:
                yield node

    def _volumes(self) -> Iterator[Said]:
        paths = [node.place for node in self._host_paths() if not _SOCKET.search(text_of(node) or "")]
        kinds = {"host_path": paths[0]} if paths else {}
        for volume in items(at(self.node, "volumes")):
            kinds |= {kind: node.place for key, kind in _SHARED if (node := at(volume, key)) is not None}
        if kinds:
            yield "volumes", f"[{', '.join(kinds)}]", next(iter(kinds.values())), "volumes"

    def _platform(self) -> Iterator[Said]:
        arch, family = (at(self.node, "runtimePlatform", key) for key in ("cpuArchitecture", "operatingSystemFamily"))
        if arch is not None and text_of(arch) in _ARCHES:
            yield "arch", _ARCHES[text_of(arch) or ""], arch.place, "runtimePlatform.cpuArchitecture"
        release = re.fullmatch(r"WINDOWS_SERVER_([0-9]{4})_.*", text_of(family) or "")
        if family is not None and release:
            yield "os", "windows", family.place, "runtimePlatform.operatingSystemFamily"
            yield "windows.version", f'"{release[1]}"', family.place, "runtimePlatform.operatingSystemFamily"

    def _container(self) -> Iterator[Said]:
        """What the first container that says it says."""
        for fact, unit, path in _SAID_BY_CONTAINERS:
            nodes = [node for each in self.containers if (node := at(each, *path)) is not None]
            written = (number(nodes[0]) if unit else text_of(nodes[0])) if nodes else None
            if written is not None:
                yield fact, f"{written}{unit}", nodes[0].place, ".".join(path)
        yield from self._gpus()
        image = at(self.containers[0], "image")
        if image is not None and text_of(image):
            yield "image.registry", registry_of(text_of(image) or ""), image.place, "image"

    def _gpus(self) -> Iterator[Said]:
        for container in self.containers:
            for asked in items(at(container, "resourceRequirements")):
                if text_of(at(asked, "type")) == "GPU":
                    count = number(at(asked, "value")) or "unknown"
                    yield "gpus", count, asked.place, "resourceRequirements"
                    return

    def _used(self) -> Iterator[Said]:
        names = list(dict.fromkeys([*self.secrets(), *(leak.secret for leak in self.leaks)]))
        if names:
            yield "uses.secrets", f"[{', '.join(names)}]", self.node.place, "secrets"

    def _leaks(self) -> Iterator[Leak]:
        for container in self.containers:
            for variable in items(at(container, "environment")):
                name, value = text_of(at(variable, "name")), at(variable, "value")
                if name and value is not None and is_secret(name, text_of(value) or ""):
                    yield Leak(self.name, as_name(name.lower()), self.file, value.place, name)


def leaks_among(service: str, variables: Iterable[tuple[Scalar, Node]], file: str) -> Iterator[Leak]:
    """The secrets that stand in plain text among variables of a service."""
    for key, value in variables:
        if is_secret(key.written, text_of(value) or ""):
            yield Leak(service, as_name(key.written.lower()), file, value.place, key.written)


_SAID_BY_CONTAINERS = (
    ("log_driver", "", ("logConfiguration", "logDriver")),
    ("drain", " s", ("stopTimeout",)),
    ("shared_memory", " MiB", ("linuxParameters", "sharedMemorySize")),
)
"""Facts with the unit of their number, and where a container says them."""


def _vcpu(text: str) -> str | None:
    """CPU units, or vCPU where the text says so; 0 says nothing."""
    found = _CPU.fullmatch(text.strip())
    amount = float(found[1]) / (1 if found[2] else _UNITS_OF_A_VCPU) if found else 0.0
    return f"{amount:.10g}" if amount else None


def _mib(text: str) -> str | None:
    """MiB, or GB where the text says so."""
    found = _MEMORY.fullmatch(text.strip())
    amount = float(found[1]) * (1024 if (found[2] or "").lower() == "gb" else 1) if found else 0.0
    return f"{amount:.10g} MiB" if amount else None
