"""Manifests: the resources that documents hold, and how one finds another."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from archadvisor.intake.part import Part
from archadvisor.loading.node import Mapping, Node, Scalar
from archadvisor.model.place import Place

_OWN_GROUPS = re.compile(
    r"(?:|apps|batch|autoscaling|policy|extensions"
    r"|(?:admissionregistration|apiextensions|apiregistration|apps|authentication|authorization|certificates|coordination"
    r"|discovery|events|flowcontrol\.apiserver|internal\.apiserver|networking|node|rbac\.authorization|resource|scheduling"
    r"|storage|storagemigration|gateway\.networking|(?:(?:custom|external)\.)?metrics)\.k8s\.io"
    r"|(?:kubeadm|audit|apiserver|client\.authentication|(?:[a-z]+\.)?config)\.k8s\.io)"
)
"""API groups that are of Kubernetes itself, with routes, which it specifies, and the configuration of its parts."""
_OPENSHIFT = re.compile(r"(?:[a-z0-9-]+\.)*openshift\.io")
_OPENSHIFT_KINDS = frozenset({"BuildConfig", "DeploymentConfig", "ImageStream", "Route", "Template"})
"""Kinds that OpenShift had in the group `v1` once."""
_HELD = (("List", "items"), ("Template", "objects"))
"""Kinds that end so hold other manifests, and under which key."""
_UNNAMED = "unnamed"


@dataclass(frozen=True, slots=True)
class Manifest:
    """One resource of a cluster."""

    group: str
    kind: str
    root: Part

    @property
    def is_own(self) -> bool:
        """Whether it is of a group of Kubernetes itself."""
        return _OWN_GROUPS.fullmatch(self.group) is not None and not self.is_openshift

    @property
    def is_openshift(self) -> bool:
        """Whether only OpenShift knows it."""
        known = not self.group and self.kind in _OPENSHIFT_KINDS
        return known or _OPENSHIFT.fullmatch(self.group) is not None

    @property
    def sort(self) -> str:
        """Its kind, with the group before it unless that is of Kubernetes or OpenShift."""
        return self.kind if self.is_own or self.is_openshift else f"{self.group}/{self.kind}"

    @property
    def name(self) -> str:
        """What it is called."""
        metadata = self.root.at("metadata")
        return metadata.at("name").text or metadata.at("generateName").text or _UNNAMED

    @property
    def namespace(self) -> str:
        """The namespace that it names; nothing where that is left to who applies it."""
        return self.root.at("metadata", "namespace").words

    @property
    def place(self) -> Place:
        """Where it is named."""
        name = self.root.at("metadata", "name")
        return (name or self.root).place

    @property
    def title(self) -> str:
        """What evidence calls it: `Deployment web: `."""
        return f"{self.kind} {self.name}: "

    def at(self, *keys: str) -> Part:
        """A part of it, told by its name and the keys below its own."""
        return self.root.at(*keys)

    def annotations(self) -> Part:
        """Its annotations."""
        return self.root.at("metadata", "annotations").told_as(self.title)

    def labels(self) -> Part:
        """Its labels."""
        return self.root.at("metadata", "labels")


def manifests(roots: Sequence[Node], file: str) -> list[Manifest]:
    """The manifests of documents, those in lists and templates included."""
    return [found for root in roots for found in _unpacked(Part(root, file))]


def _unpacked(root: Part) -> Iterator[Manifest]:
    version, kind = root.at("apiVersion").text, root.at("kind").text
    held = next((root.at(key) for end, key in _HELD if (kind or "").endswith(end)), None)
    if held:
        for item in held.items():
            yield from _unpacked(_typed(item, root).told_as(""))
    elif version is not None and kind is not None:
        group = version.rpartition("/")[0]
        named = Manifest(group, kind, root)
        yield Manifest(group, kind, root.told_as(named.title))


def _typed(item: Part, held_by: Part) -> Part:
    """An item of a list of one kind, such as a DeploymentList, with its kind and version where it leaves them out."""
    version, kind = held_by.at("apiVersion"), held_by.at("kind")
    name = kind.words.removesuffix("List")
    if not isinstance(item.node, Mapping) or "kind" in item.node.items or name in ("", kind.words):
        return item
    given = (("apiVersion", version.words, version.place), ("kind", name, kind.place))
    typed = Mapping(item.place)
    typed.items = {key: (Scalar(key, key, place), Scalar(said, said, place)) for key, said, place in given}
    typed.items.update(item.node.items)
    return Part(typed, item.file)


@dataclass(frozen=True, slots=True)
class Cluster:
    """Manifests that belong together, by what they are called."""

    manifests: Sequence[Manifest]
    _by_name: dict[tuple[str, str], list[Manifest]] = field(default_factory=dict)
    _by_sort: dict[str, list[Manifest]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Makes the indexes."""
        for each in self.manifests:
            self._by_name.setdefault((each.sort, each.name), []).append(each)
            self._by_sort.setdefault(each.sort, []).append(each)

    def of(self, *sorts: str) -> list[Manifest]:
        """The manifests of some kinds."""
        return [each for sort in sorts for each in self._by_sort.get(sort, ())]

    def find(self, sort: str, name: str | None, namespace: str) -> Manifest | None:
        """The manifest of a kind and name, where what names no namespace may be in any."""
        found = self._by_name.get((sort, name or ""), [])
        return next((each for each in found if may_meet(each.namespace, namespace)), None)


def may_meet(one: str, other: str) -> bool:
    """Whether two manifests may be in the same namespace."""
    return not one or not other or one == other
