"""Files that other tools make manifests of: Helm charts and Kustomize folders."""

import os
from collections.abc import Iterator, Sequence

from archadvisor.errors import UnreadableInput
from archadvisor.intake.tree import at, items
from archadvisor.intake.values import text_of
from archadvisor.loading.discovery import read_bytes
from archadvisor.loading.document import parse_foreign
from archadvisor.loading.node import Mapping, Node
from archadvisor.model.repository import Note

_CHART = "Chart.yaml"
_KUSTOMIZATIONS = ("kustomization.yaml", "kustomization.yml")
_HELM = "this is a Helm chart, which is not read: check what `helm template` makes of it"
_KUSTOMIZE = (
    "the manifests are read as they are, without what is patched here: check what `kustomize build` makes of them"
)
_PATCHES = ("patches", "patchesStrategicMerge", "patchesJson6902")


def left_to_tools(files: Sequence[str]) -> tuple[list[str], list[Note]]:
    """The files without those that only mean something to Helm or Kustomize, and a note on each chart and folder."""
    charts = [file for file in files if os.path.basename(file) == _CHART]
    kustomizations = [file for file in files if os.path.basename(file) in _KUSTOMIZATIONS]
    patched = {patch for file in kustomizations for patch in _patches(file)}
    kept = [file for file in files if file not in patched and not _is_in(file, charts) and file not in kustomizations]
    notes = [*((file, _HELM) for file in charts), *((file, _KUSTOMIZE) for file in kustomizations)]
    return kept, sorted(notes)


def _is_in(file: str, charts: Sequence[str]) -> bool:
    return any(
        os.path.commonpath([os.path.dirname(chart), os.path.dirname(file)]) == os.path.dirname(chart)
        for chart in charts
    )


def _patches(kustomization: str) -> Iterator[str]:
    """The files that a kustomization names as patches, by their paths from here."""
    folder = os.path.dirname(kustomization)
    for root in _documents(kustomization):
        for patch in (each for key in _PATCHES for each in items(at(root, key))):
            named = text_of(at(patch, "path")) if isinstance(patch, Mapping) else text_of(patch)
            if named and "\n" not in named:
                yield os.path.normpath(os.path.join(folder, named))


def _documents(file: str) -> list[Node]:
    data = read_bytes(file)
    try:
        return parse_foreign(data.decode("utf-8-sig"), file) if isinstance(data, bytes) else []
    except (UnicodeDecodeError, UnreadableInput):
        return []
