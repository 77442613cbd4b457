"""Regions and versions of EKS, where a file names them."""

import re

from archadvisor.intake.notes import Notes
from archadvisor.intake.part import Part

_REGION = re.compile(r"[a-z]{2,4}(?:-[a-z]+)+-[0-9]")
_VERSION = re.compile(r"1\.[0-9]{1,2}")


def note_region(said: Part, notes: Notes) -> None:
    """A Region that the workload runs in."""
    if _REGION.fullmatch(said.words):
        notes.also("regions", said.words, said)


def note_eks_version(said: Part, notes: Notes) -> None:
    """The version of Kubernetes that a cluster of EKS has."""
    if _VERSION.fullmatch(said.words):
        notes.says("existing.eks_version", f'"{said.words}"', said)
