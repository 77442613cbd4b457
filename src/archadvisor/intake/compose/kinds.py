"""What kind of thing a service is, where something says so."""

import re
from collections.abc import Iterator, Sequence

from archadvisor.intake.compose.exposure import http_evidence, probe_evidence
from archadvisor.intake.compose.forms import ports, said, texts, words
from archadvisor.intake.compose.project import Part
from archadvisor.intake.compose.services import Said
from archadvisor.intake.tree import at, items
from archadvisor.loading.node import Mapping, Node, Scalar, value_at

_MODES = {"global": "daemon", "replicated-job": "batch", "global-job": "batch"}
_LABELS: dict[str, dict[str, str]] = {"kompose.controller.type": {"daemonset": "daemon"}}
_SCHEDULES = ("kompose.cronjob.schedule", "swarm.cronjob.schedule")
_BUILDERS = re.compile(
    r"(?:docker\.io/)?moby/buildkit\b.*|(?:[\w.-]+/)*kaniko-project/executor\b.*|(?:[\w.-]+/)*buildah/stable\b.*"
)
_WORKERS = frozenset(
    {
        *("worker", "workers", "sidekiq", "rqworker", "dramatiq", "huey_consumer", "horizon"),
        *("queue:work", "queue:listen", "resque:work", "jobs:work"),
    }
)
"""Words of a command that runs the workers of a queue."""
_CALLED_WORKER = re.compile(r"(?:.*[-_.])?workers?(?:[-_]?[0-9]+)?", re.IGNORECASE)
_CALLED_WEB = re.compile(r"(?:.*[-_.])?web", re.IGNORECASE)
_COMPLETED = "service_completed_successfully"


def kind(part: Part, every: Sequence[Part]) -> Said | None:
    """The kind of a service by the first thing that says it; None where nothing does."""
    readers = (_run, _labelled, _awaited, _building, _web, _worker)
    return next((found for reader in readers for found in reader(part, every)), None)


def _run(part: Part, every: Sequence[Part]) -> Iterator[Said]:
    """How it is run: on every node, or until it is done."""
    mode = at(part.node, "deploy", "mode")
    if mode is not None and (found := _MODES.get(said(mode) or "")):
        yield Said("kind", found, mode, "deploy.mode")
    if part.section == "jobs":
        schedule = at(part.node, "triggers", "schedule")
        if schedule is not None and items(schedule):
            yield Said("kind", "scheduled", schedule, "triggers.schedule")
        yield Said("kind", "batch", part.key, "triggers")


def _labelled(part: Part, every: Sequence[Part]) -> Iterator[Said]:
    for node in (value_at(part.node, "labels"), at(part.node, "deploy", "labels")):
        for name, (key, text) in texts(node).items():
            if name in _SCHEDULES:
                yield Said("kind", "scheduled", key, name)
            elif found := _LABELS.get(name, {}).get(text.lower()):
                yield Said("kind", found, key, name)


def _awaited(part: Part, every: Sequence[Part]) -> Iterator[Said]:
    """Another service starts once this one has done its work."""
    for other in every:
        condition = at(other.node, "depends_on", part.key.written, "condition")
        if condition is not None and said(condition) == _COMPLETED:
            yield Said("kind", "batch", condition, f"{other.section}.{other.key.written}.depends_on")


def _building(part: Part, every: Sequence[Part]) -> Iterator[Said]:
    image = value_at(part.node, "image")
    if isinstance(image, Scalar) and _BUILDERS.fullmatch(image.written):
        yield Said("kind", "build", image, "image")


def _web(part: Part, every: Sequence[Part]) -> Iterator[Said]:
    """Something says that it answers HTTP; of software of others, which may be a database, a probe alone does not."""
    found = http_evidence(part.node)
    if found is not None:
        yield Said("kind", "web", *found)
        return
    if "build" in part.node.items and not _CALLED_WORKER.fullmatch(part.key.written):
        probe = probe_evidence(part.node)
        if probe is not None:
            yield Said("kind", "web", *probe)
    if _CALLED_WEB.fullmatch(part.key.written) and any(not port.is_local for port in ports(part.node)):
        yield Said("kind", "web", part.key, "ports")


def _worker(part: Part, every: Sequence[Part]) -> Iterator[Said]:
    """Its command runs workers, or it is called one; and nobody reaches it."""
    if any(True for _ in ports(part.node)):
        return
    for key in ("command", "entrypoint"):
        node = value_at(part.node, key)
        if node is not None and not _WORKERS.isdisjoint(_programs(node)):
            yield Said("kind", "worker", node, key)
    if _CALLED_WORKER.fullmatch(part.key.written):
        yield Said("kind", "worker", part.key, "")


def _programs(node: Node) -> Iterator[str]:
    for word in words(node):
        yield from (each.rpartition("/")[2] for each in word.split())


def profiles(node: Mapping) -> list[str]:
    """The profiles that a service runs in only."""
    return [text for item in items(value_at(node, "profiles")) if (text := said(item))]


def is_complete(node: Mapping) -> bool:
    """Whether Compose could run it: it has an image, or something that makes one."""
    return any(key in node.items for key in ("image", "build", "provider"))
