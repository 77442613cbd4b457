"""What manifests use of the world around Kubernetes: Helm, GitOps, meshes, operators, OpenShift."""

import re
from collections.abc import Iterator, Sequence

from archadvisor.intake.kubernetes.manifests import Cluster, Manifest
from archadvisor.intake.notes import Notes
from archadvisor.intake.part import Part

_USES = "kubernetes.uses"
_KINDS = {
    "StatefulSet": "stateful_sets",
    "DaemonSet": "daemon_sets",
    "CustomResourceDefinition": "custom_resources",
    "MutatingWebhookConfiguration": "admission_webhooks",
    "ValidatingWebhookConfiguration": "admission_webhooks",
    "ValidatingAdmissionPolicy": "admission_webhooks",
}
_GROUPS: Sequence[tuple[re.Pattern[str], str]] = (
    (re.compile(r"argoproj\.io"), "gitops"),
    (re.compile(r"(?:.+\.)?toolkit\.fluxcd\.io"), "gitops"),
    (re.compile(r"(?:.+\.)?istio\.io"), "mesh"),
    (re.compile(r"(?:.+\.)?linkerd\.io"), "mesh"),
    (re.compile(r"consul\.hashicorp\.com|kuma\.io|appmesh\.k8s\.aws"), "mesh"),
    (re.compile(r"operators\.coreos\.com"), "operators"),
    (re.compile(r"helm\.(?:cattle|toolkit\.fluxcd)\.io"), "helm"),
)
"""API groups, and what one uses who has resources of them."""
_ARGO = "argoproj.io"
_OF_ARGO_CD = frozenset({"Application", "ApplicationSet", "AppProject", "ArgoCD"})
_MARKS: Sequence[tuple[str, str, str]] = (
    ("app.kubernetes.io/managed-by", "Helm|Tiller", "helm"),
    ("helm.sh/chart", ".+", "helm"),
    ("meta.helm.sh/release-name", ".+", "helm"),
    ("argocd.argoproj.io/.+", ".+", "gitops"),
    ("(?:kustomize|helm)\\.toolkit\\.fluxcd\\.io/.+", ".+", "gitops"),
    ("sidecar.istio.io/inject", "true", "mesh"),
    ("istio-injection", "enabled", "mesh"),
    ("istio.io/rev", ".+", "mesh"),
    ("linkerd.io/inject", "enabled|ingress", "mesh"),
    ("consul.hashicorp.com/connect-inject", "true", "mesh"),
)
"""Labels and annotations, what they hold, and what one uses who sets them."""
_PATTERNS = [(re.compile(key), re.compile(value), use) for key, value, use in _MARKS]
_FILES_OF_TOOLS = {
    "kustomize.config.k8s.io": "check what `kustomize build` makes of it",
    "kubeadm.k8s.io": "it sets a cluster up and describes no workload",
    "kubelet.config.k8s.io": "it sets a node up and describes no workload",
    "kind.x-k8s.io": "it sets a cluster up and describes no workload",
    "skaffold": "check the manifests that it deploys",
}
"""API groups of files that no cluster is given, and what to do about them."""


def note_uses(cluster: Cluster, pod_labels: Sequence[Part], notes: Notes) -> None:
    """What is in use beyond plain manifests, and which manifests are none of a cluster, or of OpenShift alone."""
    for manifest in cluster.manifests:
        _note_manifest(manifest, notes)
        _note_marks(manifest.labels(), notes)
        _note_marks(manifest.annotations(), notes)
    for metadata in pod_labels:
        _note_marks(metadata.at("labels"), notes)
        _note_marks(metadata.at("annotations"), notes)


def _note_manifest(manifest: Manifest, notes: Notes) -> None:
    version, kind = manifest.root.at("apiVersion"), manifest.root.at("kind")
    if manifest.group in _FILES_OF_TOOLS:
        notes.remark(kind, f"`{manifest.kind}` is no resource of a cluster: {_FILES_OF_TOOLS[manifest.group]}")
    elif manifest.is_openshift:
        notes.remark(kind, f"`{manifest.kind}` is a kind of OpenShift, which neither ECS nor EKS knows")
    elif manifest.group == "eksctl.io":
        return
    else:
        notes.also(_USES, "manifests", version)
        if manifest.is_own and manifest.kind in _KINDS:
            notes.also(_USES, _KINDS[manifest.kind], kind)
        elif not manifest.is_own:
            for use in (*_uses_of_group(manifest), "custom_resources"):
                notes.also(_USES, use, version)
    if manifest.group == "appmesh.k8s.aws":
        notes.also("existing.services", "app_mesh", version)


def _uses_of_group(manifest: Manifest) -> Iterator[str]:
    for pattern, use in _GROUPS:
        if pattern.fullmatch(manifest.group) and (manifest.group != _ARGO or manifest.kind in _OF_ARGO_CD):
            yield use


def _note_marks(marks: Part, notes: Notes) -> None:
    for key, value in marks.pairs():
        for name, held, use in _PATTERNS:
            if name.fullmatch(key.written) and held.fullmatch(value.words):
                notes.also(_USES, use, value)
