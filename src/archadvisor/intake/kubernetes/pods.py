"""Pods: the workload resources that run them, and what their templates say of a service."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from archadvisor.intake.hosts import note_host_path
from archadvisor.intake.kubernetes.manifests import Manifest
from archadvisor.intake.notes import Notes
from archadvisor.intake.part import Part

_TEMPLATE = ("spec", "template")
RUNS = {
    "Deployment": _TEMPLATE,
    "StatefulSet": _TEMPLATE,
    "DaemonSet": _TEMPLATE,
    "ReplicaSet": _TEMPLATE,
    "ReplicationController": _TEMPLATE,
    "Job": _TEMPLATE,
    "CronJob": ("spec", "jobTemplate", "spec", "template"),
    "Pod": (),
    "DeploymentConfig": _TEMPLATE,
    "argoproj.io/Rollout": _TEMPLATE,
    "serving.knative.dev/Service": _TEMPLATE,
}
"""The kinds that run something, and where each has the template of its pod."""
_KINDS = {
    "DaemonSet": "daemon",
    "Job": "batch",
    "CronJob": "scheduled",
    "serving.knative.dev/Service": "web",
}
_TRIGGERS = {"CronJob": "schedule", "serving.knative.dev/Service": "http"}
_JOBS = {"Job": ("spec",), "CronJob": ("spec", "jobTemplate", "spec")}
_HOST = {"hostNetwork": "host_network", "hostPID": "host_pid", "hostIPC": "host_ipc"}
_CAPABILITY = re.compile(r"[A-Z][A-Z_]{1,40}")
_SYSCTL = re.compile(r"[a-z][a-z0-9_.*-]+")


@dataclass(frozen=True, slots=True)
class Pod:
    """A workload resource with its pod, under the name of its service."""

    manifest: Manifest
    template: Part
    name: str

    @property
    def spec(self) -> Part:
        """What the pod is, told without the way to the template."""
        return self.template.at("spec").told_as(self.manifest.title)

    @property
    def path(self) -> str:
        """Where a workload file has its service."""
        return f"services.{self.name}"

    @property
    def containers(self) -> list[Part]:
        """The containers that run while the pod does, side by side: native sidecars are among them."""
        return [*self.spec.at("containers").items(), *filter(is_sidecar, self.spec.at("initContainers").items())]

    @property
    def every_container(self) -> list[Part]:
        """All containers, those that only prepare something included."""
        return [*self.spec.at("containers").items(), *self.spec.at("initContainers").items()]


def is_sidecar(container: Part) -> bool:
    """Whether an init container goes on running."""
    return container.at("restartPolicy").text == "Always"


def template_of(manifest: Manifest) -> Part | None:
    """The template of the pod that a manifest runs; None where it runs none."""
    way = RUNS.get(manifest.sort)
    template = manifest.root.at(*way) if way is not None else None
    return template if template is not None and template.at("spec").at("containers").items() else None


def note_kind(pod: Pod, notes: Notes) -> None:
    """What kind of thing it is, what starts it, and how much of it runs at once."""
    kind = pod.manifest.root.at("kind")
    notes.says(f"{pod.path}.kind", _KINDS.get(pod.manifest.sort), kind)
    notes.says(f"{pod.path}.trigger", _TRIGGERS.get(pod.manifest.sort), kind)
    if pod.manifest.sort in _JOBS:
        parallelism = pod.manifest.root.at(*_JOBS[pod.manifest.sort], "parallelism")
        notes.says(f"{pod.path}.concurrency", parallelism.number, parallelism)


def note_replicas(pod: Pod, scalers: Sequence[Part], notes: Notes) -> None:
    """How many run: what a scaler says counts before the number in the manifest."""
    for end, keys in (("min", ("minReplicas", "minReplicaCount")), ("max", ("maxReplicas", "maxReplicaCount"))):
        for said in (scaler.at(key) for scaler in scalers for key in keys):
            notes.says(f"{pod.path}.replicas.{end}", said.number, said)
        fixed = pod.manifest.root.at("spec", "replicas")
        if not scalers:
            notes.says(f"{pod.path}.replicas.{end}", fixed.number, fixed)


def note_host(pod: Pod, notes: Notes) -> None:
    """What the pod and its containers ask of their host."""
    for key, need in _HOST.items():
        if (said := pod.spec.at(key)).is_true:
            notes.also(f"{pod.path}.needs", need, said)
    for container in pod.every_container:
        _note_privileges(pod, container.at("securityContext"), notes)
    for said in (each.at("name") for each in pod.spec.at("securityContext", "sysctls").items()):
        if _SYSCTL.fullmatch(said.words):
            notes.also(f"{pod.path}.sysctls", said.words, said)
    for volume in pod.spec.at("volumes").items():
        note_host_path(pod.name, volume.at("hostPath", "path"), notes)


def _note_privileges(pod: Pod, security: Part, notes: Notes) -> None:
    for said in (security.at("privileged"), security.at("windowsOptions", "hostProcess")):
        if said.is_true:
            notes.also(f"{pod.path}.needs", "privileged", said)
    for said in security.at("capabilities", "add").items():
        if _CAPABILITY.fullmatch(word := said.words.removeprefix("CAP_")):
            notes.also(f"{pod.path}.capabilities", word, said)


def note_rest(pod: Pod, notes: Notes) -> None:
    """The registry of the image, the time to stop, the account that Windows containers sign in with."""
    grace = pod.spec.at("terminationGracePeriodSeconds")
    notes.says(f"{pod.path}.drain", f"{grace.number} s" if grace.number else None, grace)
    for container in pod.spec.at("containers").items()[:1]:
        notes.image(pod.name, container.at("image"))
    for holder in (pod.spec, *pod.every_container):
        account = holder.at("securityContext", "windowsOptions", "gmsaCredentialSpecName")
        if account:
            notes.says(f"{pod.path}.windows.gmsa", "true", account)
