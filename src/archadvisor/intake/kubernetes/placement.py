"""Where pods are to run: by node selectors and required affinities, what EKS alone understands as decisions."""

from collections.abc import Iterator

from archadvisor.intake.kubernetes.manifests import Cluster, Manifest
from archadvisor.intake.kubernetes.pods import Pod
from archadvisor.intake.notes import Notes
from archadvisor.intake.part import Part
from archadvisor.intake.regions import note_eks_version, note_region

_EKS = "eks.amazonaws.com/"
_ARCHES = {"arm64": "arm64", "amd64": "x86_64"}
_SYSTEMS = {"windows": "windows", "linux": "linux"}
_RELEASES = {"10.0.14393": "2016", "10.0.17763": "2019", "10.0.20348": "2022", "10.0.26100": "2025"}
_ANY = "*"
_DECIDED: dict[str, dict[str, tuple[tuple[str, str], ...]]] = {
    f"{_EKS}compute-type": {
        "fargate": (("compute", "fargate"),),
        "auto": (("compute", "ec2"), ("hosts", "auto_mode")),
        "hybrid": (("compute", "external"), ("hosts", "hybrid_nodes")),
    },
    f"{_EKS}nodegroup": {_ANY: (("compute", "ec2"), ("hosts", "node_group"))},
    f"{_EKS}capacityType": {"SPOT": (("capacity", "spot"),), "ON_DEMAND": (("capacity", "on_demand"),)},
    "karpenter.sh/nodepool": {_ANY: (("compute", "ec2"),)},
    "karpenter.sh/capacity-type": {"spot": (("capacity", "spot"),), "on-demand": (("capacity", "on_demand"),)},
}
"""Labels of nodes, and what a pod has decided that asks for one of their values."""
_STATED: dict[str, tuple[str, dict[str, str]]] = {
    "kubernetes.io/os": ("os", _SYSTEMS),
    "beta.kubernetes.io/os": ("os", _SYSTEMS),
}
_RELEASE = "node.kubernetes.io/windows-build"
_ARCH = ("kubernetes.io/arch", "beta.kubernetes.io/arch")


def note_placement(pod: Pod, notes: Notes) -> None:
    """What the nodes of a pod must be: architecture, operating system, and what is chosen of EKS."""
    for label, values in _asked(pod):
        words = [value.words for value in values]
        if label in _ARCH:
            arches = {_ARCHES[word] for word in words if word in _ARCHES}
            written = "any" if len(arches) > 1 else next(iter(arches), None)
            notes.says(f"{pod.path}.arch", written, values[0])
        if len(values) == 1:
            _note_single(pod, label, values[0], notes)
    system = pod.spec.at("os", "name")
    notes.says(f"{pod.path}.os", _SYSTEMS.get(system.words), system)


def _note_single(pod: Pod, label: str, value: Part, notes: Notes) -> None:
    """What a label says of a pod that takes one value of it only."""
    fact, words = _STATED.get(label, ("", {}))
    notes.says(f"{pod.path}.{fact}", words.get(value.words), value)
    if label == _RELEASE and value.words in _RELEASES:
        notes.says(f"{pod.path}.windows.version", f'"{_RELEASES[value.words]}"', value)
    decided = _DECIDED.get(label, {})
    for decision, option in decided.get(value.words, decided.get(_ANY, ())):
        notes.says(f"decisions.{decision}.{pod.name}", option, value)
    if label.startswith(_EKS):
        notes.says("decisions.orchestrator", "eks", value)


def _asked(pod: Pod) -> Iterator[tuple[str, list[Part]]]:
    """The labels that its nodes must have, each with the values that will do."""
    for key, value in pod.spec.at("nodeSelector").pairs():
        yield key.written, [value]
    required = pod.spec.at("affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution")
    terms = required.at("nodeSelectorTerms").items()
    for expression in terms[0].at("matchExpressions").items() if len(terms) == 1 else ():
        values = expression.at("values").items()
        if expression.at("operator").text == "In" and values:
            yield expression.at("key").words, values


def note_eks(cluster: Cluster, notes: Notes) -> None:
    """That EKS is chosen, where annotations or resources are its own, and its cluster, where eksctl describes it."""
    for manifest in cluster.manifests:
        version = manifest.root.at("apiVersion")
        if manifest.group == "eks.amazonaws.com":
            notes.says("decisions.orchestrator", "eks", version)
        if manifest.group == "eksctl.io":
            _note_eksctl(manifest, notes)
        for key, value in manifest.annotations().pairs():
            if key.written.startswith(_EKS):
                notes.says("decisions.orchestrator", "eks", value)


def _note_eksctl(manifest: Manifest, notes: Notes) -> None:
    """What eksctl is told of a cluster."""
    notes.says("decisions.orchestrator", "eks", manifest.root.at("kind"))
    notes.also("existing.services", "eks_cluster", manifest.root.at("kind"))
    metadata = manifest.at("metadata")
    note_eks_version(metadata.at("version"), notes)
    if metadata.at("region"):
        note_region(metadata.at("region"), notes)
