"""Kubernetes manifests to what they say of services; what they do not say stays unknown."""

import re
from collections.abc import Iterator, Sequence

from archadvisor.intake.registries import registry_of
from archadvisor.intake.secrets import is_secret
from archadvisor.intake.tree import at, items, pairs
from archadvisor.intake.values import as_name, number, text_of
from archadvisor.loading.node import Mapping, Node
from archadvisor.model.intake import Inferred, Leak, Survey
from archadvisor.model.place import Place

_TEMPLATES = {
    "Deployment": ("spec", "template", "spec"),
    "StatefulSet": ("spec", "template", "spec"),
    "DaemonSet": ("spec", "template", "spec"),
    "ReplicaSet": ("spec", "template", "spec"),
    "Job": ("spec", "template", "spec"),
    "CronJob": ("spec", "jobTemplate", "spec", "template", "spec"),
    "Pod": ("spec",),
}
"""The kinds that run something, and where each has its pod."""
_KINDS = {"DaemonSet": "daemon", "Job": "batch", "CronJob": "scheduled"}
_QUANTITY = re.compile(r"([0-9]+(?:\.[0-9]+)?)(m|k|Ki|M|Mi|G|Gi|T|Ti)?")
_FACTORS: dict[str | None, float] = {
    None: 1.0,
    "m": 0.001,
    **{unit: 1000.0**power for power, unit in enumerate("kMGT", 1)},
    **{f"{unit}i": 1024.0**power for power, unit in enumerate("KMGT", 1)},
}
_HOST = {"hostNetwork": "host_network", "hostPID": "host_pid", "hostIPC": "host_ipc"}
_SOCKET = re.compile(r"/(?:var/)?run/docker\.sock")
_EKS = "eks.amazonaws.com/"
_OWN_GROUPS = re.compile(r"(?:v1|(?:apps|batch|autoscaling|policy|[a-z.]*\.k8s\.io)(?:/.*)?)")
"""API groups that every cluster has."""

Said = tuple[str, str, Place, str]


def is_kubernetes(root: Node) -> bool:
    """Whether a document is a Kubernetes manifest."""
    return (
        isinstance(root, Mapping)
        and text_of(at(root, "apiVersion")) is not None
        and text_of(at(root, "kind")) is not None
    )


def survey(roots: Sequence[Node], file: str) -> Survey:
    """What manifests of one file say of the workload they describe."""
    manifests = [manifest for root in roots for manifest in _unpacked(root)]
    found = [pod for manifest in manifests if (pod := _pod(manifest, file)) is not None]
    scaled = {as_name(name): manifest for manifest in manifests if (name := _scaled(manifest)) is not None}
    leaks = tuple(leak for pod in found for leak in pod.leaks)
    named = [as_name(_name(each)) for each in manifests if text_of(at(each, "kind")) == "Secret"]
    used = [secret for pod in found for secret in pod.secrets]
    facts = [fact for pod in found for fact in pod.facts(scaled.get(pod.name))]
    return Survey(
        None,
        tuple((pod.name, ()) for pod in found),
        tuple(dict.fromkeys([*named, *used, *(leak.secret for leak in leaks)])),
        (*_of_cluster(manifests, file), *_chosen(manifests, found, file), *facts),
        leaks,
        (),
        "Kubernetes manifests",
        tuple((f"services.{pod.name}", _named_at(pod.manifest)) for pod in found),
    )


def _unpacked(root: Node) -> Iterator[Mapping]:
    """The manifests of a document; a `List` holds several."""
    if isinstance(root, Mapping) and text_of(at(root, "kind")) == "List":
        for item in items(at(root, "items")):
            yield from _unpacked(item)
    elif isinstance(root, Mapping) and is_kubernetes(root):
        yield root


def _name(manifest: Mapping) -> str:
    metadata = at(manifest, "metadata")
    return text_of(at(metadata, "name")) or text_of(at(metadata, "generateName")) or "unnamed"


def _named_at(manifest: Mapping) -> Place:
    name = at(manifest, "metadata", "name")
    return name.place if name is not None else manifest.place


def _scaled(manifest: Mapping) -> str | None:
    """What a HorizontalPodAutoscaler scales."""
    kind = text_of(at(manifest, "kind"))
    return text_of(at(manifest, "spec", "scaleTargetRef", "name")) if kind == "HorizontalPodAutoscaler" else None


def _of_cluster(manifests: Sequence[Mapping], file: str) -> Iterator[Inferred]:
    """That there are manifests, and resources of kinds that an operator must know."""
    uses: dict[str, Place] = {}
    for manifest in manifests:
        version, kind = text_of(at(manifest, "apiVersion")) or "", text_of(at(manifest, "kind"))
        uses.setdefault("manifests", manifest.place)
        if kind == "CustomResourceDefinition" or not _OWN_GROUPS.fullmatch(version):
            uses.setdefault("custom_resources", manifest.place)
    if uses:
        yield Inferred("kubernetes.uses", f"[{', '.join(uses)}]", file, next(iter(uses.values())), "apiVersion")


def _chosen(manifests: Sequence[Mapping], pods: "Sequence[_Pod]", file: str) -> Iterator[Inferred]:
    """That EKS is in use, where labels or annotations are its own; and Fargate, where a pod asks for it."""
    annotations = [pair for each in manifests for pair in pairs(at(each, "metadata", "annotations"))]
    selectors = [pair for pod in pods for pair in pairs(at(pod.spec, "nodeSelector"))]
    own = [key for key, _ in (*annotations, *selectors) if key.written.startswith(_EKS)]
    for key in own[:1]:
        yield Inferred("decisions.orchestrator", "eks", file, key.place, key.written)
    for pod in pods:
        node = at(pod.spec, "nodeSelector", f"{_EKS}compute-type")
        if node is not None and text_of(node) == "fargate":
            path = f"decisions.compute.{pod.name}"
            yield Inferred(path, "fargate", file, node.place, f"{pod.kind} {pod.written}: nodeSelector")


def _pod(manifest: Mapping, file: str) -> "_Pod | None":
    kind = text_of(at(manifest, "kind")) or ""
    spec = at(manifest, *_TEMPLATES[kind]) if kind in _TEMPLATES else None
    return _Pod(kind, manifest, spec, file) if isinstance(spec, Mapping) else None


class _Pod:
    """One workload resource with its pod."""

    def __init__(self, kind: str, manifest: Mapping, spec: Mapping, file: str) -> None:
        self.kind = kind
        self.manifest = manifest
        self.spec = spec
        self.file = file
        self.written = _name(manifest)
        self.name = as_name(self.written)
        self.containers = [each for each in items(at(spec, "containers")) if isinstance(each, Mapping)]
        self.leaks: tuple[Leak, ...] = tuple(self._leaks())
        self.secrets = tuple(dict.fromkeys(self._referred()))

    def facts(self, scaler: Mapping | None) -> Iterator[Inferred]:
        """Every fact, each with where it is said; a scaler says how many replicas there may be."""
        said = (*self._kind(), *self._replicas(scaler), *self._size(), *self._host(), *self._placed(), *self._used())
        for fact, written, place, key in said:
            path = f"services.{self.name}.{fact}"
            yield Inferred(path, written, self.file, place, f"{self.kind} {self.written}: {key}")

    def _kind(self) -> Iterator[Said]:
        if self.kind in _KINDS:
            yield "kind", _KINDS[self.kind], self.manifest.place, "kind"

    def _replicas(self, scaler: Mapping | None) -> Iterator[Said]:
        for end, key in (("min", "minReplicas"), ("max", "maxReplicas")):
            node = at(scaler, "spec", key) if scaler else at(self.manifest, "spec", "replicas")
            written = number(node)
            if node is not None and written is not None and self.kind != "Job":
                yield f"replicas.{end}", written, node.place, key if scaler else "replicas"

    def _size(self) -> Iterator[Said]:
        """The sum over all containers, where each says it; a request counts before a limit."""
        for resource, fact, unit, size in (("cpu", "cpu", "", 1.0), ("memory", "memory", " MiB", 2.0**20)):
            asked = [self._asked(container, resource) for container in self.containers]
            amounts = [_amount(node) for node in asked]
            if asked and asked[0] is not None and None not in amounts:
                total = sum(amount for amount in amounts if amount is not None) / size
                yield fact, f"{total:.10g}{unit}", asked[0].place, f"resources.*.{resource}"
        gpus = [node for each in self.containers if (node := self._asked(each, "nvidia.com/gpu")) is not None]
        if gpus and number(gpus[0]):
            yield "gpus", number(gpus[0]) or "unknown", gpus[0].place, "nvidia.com/gpu"

    def _asked(self, container: Mapping, resource: str) -> Node | None:
        requested = at(container, "resources", "requests", resource)
        return requested if requested is not None else at(container, "resources", "limits", resource)

    def _host(self) -> Iterator[Said]:
        """What is asked of the host: each list at the first place that asks."""
        words = {"needs": dict(self._needs()), "capabilities": dict(self._capabilities())}
        for fact, found in words.items():
            if found:
                yield fact, f"[{', '.join(found)}]", next(iter(found.values())), fact
        plain = [node for node in self._host_paths() if not _SOCKET.search(text_of(node) or "")]
        if plain:
            yield "volumes", "[host_path]", plain[0].place, "volumes.hostPath"

    def _needs(self) -> Iterator[tuple[str, Place]]:
        for key, need in _HOST.items():
            if (node := at(self.spec, key)) is not None and text_of(node) == "true":
                yield need, node.place
        for container in self.containers:
            node = at(container, "securityContext", "privileged")
            if node is not None and text_of(node) == "true":
                yield "privileged", node.place
        for node in self._host_paths():
            if _SOCKET.search(text_of(node) or ""):
                yield "docker_socket", node.place

    def _capabilities(self) -> Iterator[tuple[str, Place]]:
        for container in self.containers:
            for word in items(at(container, "securityContext", "capabilities", "add")):
                yield (text_of(word) or "ALL").removeprefix("CAP_"), word.place

    def _host_paths(self) -> Iterator[Node]:
        for volume in items(at(self.spec, "volumes")):
            if (node := at(volume, "hostPath", "path")) is not None:
                yield node

    def _placed(self) -> Iterator[Said]:
        """What the pod says of its nodes, its end and its image."""
        selector = at(self.spec, "nodeSelector")
        for label, fact, words in _LABELS:
            node = at(selector, label)
            if node is not None and text_of(node) in words:
                yield fact, words[text_of(node) or ""], node.place, f"nodeSelector.{label}"
        grace = at(self.spec, "terminationGracePeriodSeconds")
        if grace is not None and number(grace):
            yield "drain", f"{number(grace)} s", grace.place, "terminationGracePeriodSeconds"
        image = at(self.containers[0], "image") if self.containers else None
        if image is not None and text_of(image):
            yield "image.registry", registry_of(text_of(image) or ""), image.place, "image"

    def _used(self) -> Iterator[Said]:
        names = list(dict.fromkeys([*self.secrets, *(leak.secret for leak in self.leaks)]))
        if names:
            yield "uses.secrets", f"[{', '.join(names)}]", self.spec.place, "env"

    def _leaks(self) -> Iterator[Leak]:
        for container in self.containers:
            for variable in items(at(container, "env")):
                name, value = at(variable, "name"), at(variable, "value")
                if name is not None and value is not None and is_secret(text_of(name) or "", text_of(value) or ""):
                    key = text_of(name) or ""
                    yield Leak(self.name, as_name(key.lower()), self.file, value.place, key)

    def _referred(self) -> Iterator[str]:
        """The Secrets that are read as variables or mounted."""
        for container in self.containers:
            for variable in items(at(container, "env")):
                yield from _named(at(variable, "valueFrom", "secretKeyRef", "name"))
            for source in items(at(container, "envFrom")):
                yield from _named(at(source, "secretRef", "name"))
        for volume in items(at(self.spec, "volumes")):
            yield from _named(at(volume, "secret", "secretName"))


_LABELS = (
    ("kubernetes.io/arch", "arch", {"arm64": "arm64", "amd64": "x86_64"}),
    ("kubernetes.io/os", "os", {"windows": "windows", "linux": "linux"}),
)


def _named(node: Node | None) -> Iterator[str]:
    text = text_of(node)
    if text:
        yield as_name(text)


def _amount(node: Node | None) -> float | None:
    found = _QUANTITY.fullmatch(text_of(node) or "")
    return float(found[1]) * _FACTORS[found[2]] if found else None
