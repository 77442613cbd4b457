"""Task definitions: what a task and its containers say of a service."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain

from archadvisor.intake.arguments import note_arguments
from archadvisor.intake.aws.delivery import note_image
from archadvisor.intake.aws.launching import note_launch_types
from archadvisor.intake.aws.resources import Stack
from archadvisor.intake.aws.secrets import PARAMETER, SECRET
from archadvisor.intake.aws.sizes import note_size
from archadvisor.intake.hosts import note_device, note_host_path
from archadvisor.intake.notes import Notes
from archadvisor.intake.part import Part
from archadvisor.intake.values import as_name

_MODES = (("networkMode", "host_network"), ("pidMode", "host_pid"), ("ipcMode", "host_ipc"))
_VOLUMES = (
    ("efsVolumeConfiguration", "efs"),
    ("fsxWindowsFileServerVolumeConfiguration", "fsx_windows"),
    ("s3filesVolumeConfiguration", "s3_files"),
)
_ARCHES = {"ARM64": "arm64", "X86_64": "x86_64"}
_DRIVERS = frozenset({"awslogs", "awsfirelens", "splunk", "fluentd", "gelf", "journald", "json-file", "syslog"})
_OPTIONS = (("logConfiguration", "options"), ("firelensConfiguration", "options"), ("dockerLabels",))
"""Where a container has names and values beside its environment."""
_COMMANDS = (("command",), ("entryPoint",), ("healthCheck", "command"))
_CAPABILITY = re.compile(r"[A-Z][A-Z_]{1,40}")
_SYSCTL = re.compile(r"[a-z][a-z0-9_.*-]+")
_SYSTEM = re.compile(r"(LINUX|WINDOWS)(?:_SERVER_(?:(2016|2019|2022|2025)_)?.*)?")
"""An operating system, and the release of Windows that a workload file knows."""
_HIDDEN = r"\$\{\w*\}"
_STORES = (
    (re.compile(rf"arn:(?:[\w-]+|{_HIDDEN}):secretsmanager:.*"), SECRET, "secrets_manager"),
    (
        re.compile(rf"arn:(?:[\w-]+|{_HIDDEN}):ssm:.*|[\w.-]+|(?:/|[\w.-]+/)(?:[\w./-]|{_HIDDEN})+"),
        PARAMETER,
        "parameter_store",
    ),
)
"""What a secret is read from, by how ECS is told of it, or by the resource that it is made of."""


@dataclass(frozen=True, slots=True)
class Task:
    """A task with its containers, under the name of its service."""

    said: Part
    containers: Sequence[Part]
    service: str
    stack: Stack
    """What it is described with."""

    @property
    def path(self) -> str:
        """Where a workload file has its service."""
        return f"services.{self.service}"


def note_task(task: Task, notes: Notes) -> None:
    """Everything that a task definition says."""
    for theme in _THEMES:
        theme(task, notes)


def _note_endpoints(task: Task, notes: Notes) -> None:
    """The ports that are mapped."""
    for port in (each for container in task.containers for each in container.at("portMappings").items()):
        number = port.at("containerPort")
        if number.number:
            path = notes.endpoint(task.service, f"port-{number.number}", number)
            notes.says(f"{path}.protocol", "udp" if port.at("protocol").text == "udp" else None, port.at("protocol"))


def _note_launch(task: Task, notes: Notes) -> None:
    note_launch_types(task.service, task.said.at("requiresCompatibilities").items(), notes)


def _note_size(task: Task, notes: Notes) -> None:
    note_size(task.path, task.said, task.containers, notes)


def _note_host(task: Task, notes: Notes) -> None:
    """What is asked of the host."""
    needs = f"{task.path}.needs"
    for key, need in _MODES:
        if (said := task.said.at(key)).text == "host":
            notes.also(needs, need, said)
    for container in task.containers:
        if (said := container.at("privileged")).is_true:
            notes.also(needs, "privileged", said)
        for said in (each.at("namespace") for each in container.at("systemControls").items()):
            if _SYSCTL.fullmatch(said.words):
                notes.also(f"{task.path}.sysctls", said.words, said)
    if constraints := task.said.at("placementConstraints").items():
        notes.also(needs, "placement", constraints[0])


def _note_linux(task: Task, notes: Notes) -> None:
    """What is set for containers of Linux alone."""
    for linux in (container.at("linuxParameters") for container in task.containers):
        for said in linux.at("capabilities", "add").items():
            if _CAPABILITY.fullmatch(word := said.words.removeprefix("CAP_")):
                notes.also(f"{task.path}.capabilities", word, said)
        for device in linux.at("devices").items():
            note_device(task.service, device.at("hostPath"), notes)
        for mount in linux.at("tmpfs").items():
            notes.also(f"{task.path}.volumes", "tmpfs", mount)
        shared = linux.at("sharedMemorySize")
        notes.says(f"{task.path}.shared_memory", f"{shared.number} MiB" if shared.number else None, shared)


def _note_volumes(task: Task, notes: Notes) -> None:
    for volume in task.said.at("volumes").items():
        note_host_path(task.service, volume.at("host", "sourcePath") or volume.at("hostPath"), notes)
        for key, kind in _VOLUMES:
            if said := volume.at(key):
                notes.also(f"{task.path}.volumes", kind, said)
        if (said := volume.at("configuredAtLaunch")).is_true:
            notes.also(f"{task.path}.volumes", "ebs", said)


def _note_platform(task: Task, notes: Notes) -> None:
    platform = task.said.at("runtimePlatform")
    arch, system = platform.at("cpuArchitecture"), platform.at("operatingSystemFamily")
    notes.says(f"{task.path}.arch", _ARCHES.get(arch.words), arch)
    found = _SYSTEM.fullmatch(system.words)
    notes.says(f"{task.path}.os", found[1].lower() if found else None, system)
    if found and found[2]:
        notes.says(f"{task.path}.windows.version", f'"{found[2]}"', system)
    for container in task.containers:
        for spec in (*container.at("credentialSpecs").items(), *container.at("dockerSecurityOptions").items()):
            notes.says(f"{task.path}.windows.gmsa", "true" if "credentialspec" in spec.words.lower() else None, spec)


def _note_containers(task: Task, notes: Notes) -> None:
    """What the first container that says it says."""
    for container in task.containers:
        driver, stop = container.at("logConfiguration", "logDriver"), container.at("stopTimeout")
        notes.says(f"{task.path}.log_driver", driver.text if driver.text in _DRIVERS else None, driver)
        notes.says(f"{task.path}.drain", f"{stop.number} s" if stop.number else None, stop)
        if files := container.at("environmentFiles"):
            notes.remark(files, "`environmentFiles` lie elsewhere and are not followed")
    images = [container.at("image") for container in task.containers] or [task.said.at("containerDefinitions")]
    note_image(task.service, images[0], task.stack, notes)
    mesh = task.said.at("proxyConfiguration", "type")
    if mesh.text == "APPMESH":
        notes.also("existing.services", "app_mesh", mesh)


def _note_secrets(task: Task, notes: Notes) -> None:
    """What is read from a store for secrets, by the name of its variable, and what stands in plain text."""
    for container in task.containers:
        for secret in container.at("secrets").items():
            name = as_name((secret.at("name").text or "secret").lower())
            notes.uses_secret(task.service, name, secret.at("name") or secret)
            _note_store(name, secret.at("valueFrom"), task.stack, notes)
        named = [(each.at("name").words, each.at("value")) for each in container.at("environment").items()]
        options = [(key.written, value) for path in _OPTIONS for key, value in container.at(*path).pairs()]
        notes.variables(task.service, [*named, *options])
        for path in _COMMANDS:
            note_arguments(task.service, container.at(*path), notes)


def _note_store(secret: str, source: Part, stack: Stack, notes: Notes) -> None:
    by_name = (store for pattern, _, store in _STORES if pattern.fullmatch(source.known))
    by_resource = (store for _, kind, store in _STORES if stack.referred(source, kind))
    notes.says(f"decisions.secret_store.{secret}", next(chain(by_name, by_resource), None), source)


_THEMES: Sequence[Callable[[Task, Notes], None]] = (
    _note_endpoints, _note_launch, _note_size, _note_host, _note_linux, _note_volumes, _note_platform, _note_containers,
    _note_secrets,
)  # fmt: skip
