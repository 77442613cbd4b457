"""Kubernetes manifests to what they say of services; what they do not say stays unknown."""

from collections.abc import Sequence

from archadvisor.intake.kubernetes.ecosystem import note_uses
from archadvisor.intake.kubernetes.exposure import Exposure
from archadvisor.intake.kubernetes.manifests import Cluster, Manifest, manifests
from archadvisor.intake.kubernetes.placement import note_eks, note_placement
from archadvisor.intake.kubernetes.pods import (
    RUNS,
    Pod,
    note_host,
    note_kind,
    note_replicas,
    note_rest,
    template_of,
)
from archadvisor.intake.kubernetes.secrets import note_secrets, note_used
from archadvisor.intake.kubernetes.selection import Selection
from archadvisor.intake.kubernetes.sizes import note_size
from archadvisor.intake.kubernetes.storage import note_volumes
from archadvisor.intake.notes import Notes
from archadvisor.intake.part import Part
from archadvisor.intake.tree import at
from archadvisor.loading.node import Mapping, Node, Scalar
from archadvisor.loading.node import Sequence as List
from archadvisor.model.intake import Survey

KIND = "Kubernetes manifests"
_SCALERS = ("HorizontalPodAutoscaler", "keda.sh/ScaledObject")


def is_kubernetes(root: Node) -> bool:
    """Whether a document is a Kubernetes manifest: it has a kind and a version of it, and metadata or others within.

    Configuration of other tools has kinds too, and no metadata; of a kind that runs something they may be missing.
    """
    version, kind = at(root, "apiVersion"), at(root, "kind")
    if not all(isinstance(each, Scalar) and each.value for each in (version, kind)):
        return False
    is_known = isinstance(kind, Scalar) and kind.written in RUNS
    return is_known or isinstance(at(root, "metadata"), Mapping) or isinstance(at(root, "items"), List)


def survey(roots: Sequence[Node], file: str, others: Sequence[tuple[str, Sequence[Node]]] = ()) -> Survey:
    """What manifests of one file say of the workload they describe.

    The manifests of `others` are looked into for what belongs to the pods of this file, and not surveyed themselves.
    """
    own = manifests(roots, file)
    cluster = Cluster([*own, *(each for name, more in others for each in manifests(more, name))])
    notes = Notes()
    pods = [pod for each in own if (pod := _pod(each, notes)) is not None]
    scalers = _scalers(cluster)
    for pod in pods:
        _note_pod(pod, cluster, scalers.get((pod.manifest.kind, pod.manifest.name), []), notes)
    Exposure(cluster, Selection(pods), notes).note()
    within = Cluster(own)
    note_eks(within, notes)
    note_uses(within, [pod.template.at("metadata") for pod in pods], notes)
    note_secrets(within, notes)
    return notes.survey(KIND)


def _pod(manifest: Manifest, notes: Notes) -> Pod | None:
    template = template_of(manifest)
    if template is None:
        if manifest.sort in RUNS:
            notes.remark(manifest.root, f"`{manifest.name}` has no containers, so it is no service")
        return None
    kind, name = manifest.kind.lower(), manifest.name
    wanted = (name, f"{manifest.namespace}-{name}") if manifest.namespace else (name,)
    return Pod(manifest, template, notes.service(manifest.place, *wanted, f"{name}-{kind}"))


def _scalers(cluster: Cluster) -> dict[tuple[str, str], list[Part]]:
    """What says how many replicas there may be, by the kind and the name of what it scales."""
    found: dict[tuple[str, str], list[Part]] = {}
    for scaler in cluster.of(*_SCALERS):
        target = scaler.at("spec", "scaleTargetRef")
        key = (target.at("kind").text or "Deployment", target.at("name").words)
        found.setdefault(key, []).append(scaler.at("spec"))
    return found


def _note_pod(pod: Pod, cluster: Cluster, scalers: Sequence[Part], notes: Notes) -> None:
    note_kind(pod, notes)
    if pod.manifest.kind != "Job":
        note_replicas(pod, scalers, notes)
    note_size(pod, notes)
    note_host(pod, notes)
    note_volumes(pod, cluster, notes)
    note_placement(pod, notes)
    note_rest(pod, notes)
    note_used(pod, notes)
