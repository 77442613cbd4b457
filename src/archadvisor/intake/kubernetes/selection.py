"""Pods found by the labels that selectors ask for."""

from collections.abc import Sequence

from archadvisor.intake.kubernetes.manifests import may_meet
from archadvisor.intake.kubernetes.pods import Pod
from archadvisor.intake.part import Part

_MOST = 50
"""Pods that one selector is followed to."""


class Selection:
    """The pods of a cluster by their labels."""

    def __init__(self, pods: Sequence[Pod]) -> None:
        self._pods = [(pod, _pairs(pod.template.at("metadata", "labels"))) for pod in pods]
        self._by_label: dict[tuple[str, str], list[int]] = {}
        for index, (_, labels) in enumerate(self._pods):
            for pair in labels:
                self._by_label.setdefault(pair, []).append(index)

    def selected(self, selector: Part, namespace: str) -> list[Pod]:
        """The pods that have all labels of a selector; an empty selector means none."""
        asked = _pairs(selector)
        if not asked:
            return []
        candidates = min((self._by_label.get(pair, []) for pair in asked), key=len)[:_MOST]
        found = (self._pods[index] for index in candidates)
        return [pod for pod, labels in found if asked <= labels and may_meet(pod.manifest.namespace, namespace)]


def _pairs(labels: Part) -> set[tuple[str, str]]:
    return {(key.written, value.words) for key, value in labels.pairs()}
