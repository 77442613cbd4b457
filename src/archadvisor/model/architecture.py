"""The recommended architecture as a graph to draw, and where a drawing has its parts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

NodeKind = Literal["caller", "gate", "role", "edge", "service", "outside", "registry", "secret"]
FlowKind = Literal["request", "credentials", "image", "secret"]


@dataclass(frozen=True, slots=True)
class Node:
    """A box: what it is called, and what is to be known of it in a few words."""

    id: str
    kind: NodeKind
    title: str
    note: str = ""
    elsewhere: bool = False
    """Whether it is not in AWS."""


@dataclass(frozen=True, slots=True)
class Group:
    """Services that run on the same, in a frame."""

    id: str
    title: str
    nodes: tuple[Node, ...]
    elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class Flow:
    """An arrow from a node to a node, or to the frame of a group."""

    tail: str
    head: str
    kind: FlowKind
    label: str = ""


@dataclass(frozen=True, slots=True)
class Architecture:
    """Everything a diagram shows; what is not elsewhere lies within the Regions."""

    name: str
    regions: str
    nodes: tuple[Node, ...]
    groups: tuple[Group, ...]
    flows: tuple[Flow, ...]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels from the upper left corner of the drawing."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Curve:
    """A Bézier curve: a first point, three for each piece, the tip of the arrow last; where its label's middle is."""

    points: tuple[tuple[float, float], ...]
    label: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the parts of an architecture are drawn."""

    width: float
    height: float
    boxes: Mapping[str, Box]
    """Nodes and groups by id; `REGIONS` is the frame of what is in AWS, if anything is."""
    curves: tuple[Curve, ...]
    """In the order of the flows."""


REGIONS = "regions"
Sizes = Mapping[str, tuple[float, float]]
"""Width and height by the id of a node; the lines of text in a label have room in them."""
