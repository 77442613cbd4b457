"""Where the parts of an architecture go, by Graphviz."""

import json
from collections.abc import Iterator
from typing import Any

import pygraphviz  # type: ignore[import-untyped]

from archadvisor.model.architecture import REGIONS, Architecture, Box, Curve, Flow, Layout, Node, Sizes

_POINTS = 72
"""Of an inch, in which Graphviz takes the sizes of boxes; positions it takes in points, which are pixels here."""
_GRAPH = 'rankdir=LR; compound=true; nodesep=0.22; ranksep=0.75; pad="0"; remincross=true;'
_NODE = 'node [shape=box, fixedsize=true, label=""]; edge [arrowsize=0.7];'


def layout(found: Architecture, sizes: Sizes, labels: Sizes) -> Layout:
    """Boxes of given sizes in layers from left to right, curves between them; `labels` are by id of a group, and flow.

    No text reaches Graphviz, whose measure of it would differ from machine to machine.
    """
    dot = "\n".join(_dot(found, sizes, labels))
    drawn = json.loads(pygraphviz.AGraph(string=dot).draw(format="json0", prog="dot"))
    left, low, right, high = map(float, drawn["bb"].split(","))
    boxes = {each["name"].removeprefix("cluster_"): _box(each, high) for each in drawn.get("objects", ())}
    curves = {each["tag"]: _curve(each, high) for each in drawn.get("edges", ())}
    return Layout(right - left, high - low, boxes, tuple(curves[str(index)] for index in range(len(found.flows))))


def _dot(found: Architecture, sizes: Sizes, labels: Sizes) -> Iterator[str]:
    yield f"digraph {{ {_GRAPH} {_NODE}"
    yield from _parts(found, sizes, labels, elsewhere=True)
    if inner := list(_parts(found, sizes, labels, elsewhere=False)):
        yield from (f"subgraph cluster_{REGIONS} {{ margin=16; label={_room(labels[REGIONS])};", *inner, "}")
    inside = {group.id: group.nodes[len(group.nodes) // 2].id for group in found.groups}
    for index, flow in enumerate(found.flows):
        yield _flow(index, flow, inside, labels)
    yield "}"


def _parts(found: Architecture, sizes: Sizes, labels: Sizes, elsewhere: bool) -> Iterator[str]:
    """The nodes and frames that are in AWS, or those that are not."""
    yield from (_node(node, sizes) for node in found.nodes if node.elsewhere == elsewhere)
    for group in found.groups:
        if group.elsewhere == elsewhere:
            yield f"subgraph cluster_{group.id} {{ margin=12; label={_room(labels[group.id])};"
            yield from (_node(node, sizes) for node in group.nodes)
            yield "}"


def _node(node: Node, sizes: Sizes) -> str:
    width, height = sizes[node.id]
    return f"{node.id} [width={width / _POINTS:.4f}, height={height / _POINTS:.4f}];"


def _flow(index: int, flow: Flow, inside: dict[str, str], labels: Sizes) -> str:
    """An arrow; one to a group ends at its frame, on the way to a node within."""
    told = f", label={_room(labels[flow.label])}" if flow.label else ""
    frame = f", lhead=cluster_{flow.head}" if flow.head in inside else ""
    return f"{flow.tail} -> {inside.get(flow.head, flow.head)} [tag={index}{frame}{told}];"


def _room(size: tuple[float, float]) -> str:
    """A label without text that takes room."""
    width, height = (round(each) for each in size)
    table = f'<TABLE BORDER="0" FIXEDSIZE="TRUE" WIDTH="{width}" HEIGHT="{height}"><TR><TD></TD></TR></TABLE>'
    return f"<{table}>"


def _box(drawn: dict[str, Any], high: float) -> Box:
    if "bb" in drawn:
        left, low, right, top = map(float, drawn["bb"].split(","))
        return Box(left, high - top, right - left, top - low)
    x, y = map(float, drawn["pos"].split(","))
    width, height = float(drawn["width"]) * _POINTS, float(drawn["height"]) * _POINTS
    return Box(x - width / 2, high - y - height / 2, width, height)


def _curve(drawn: dict[str, Any], high: float) -> Curve:
    """The points of a curve; Graphviz tells the tip of the arrow before all others."""
    first, *others = drawn["pos"].split(" ")
    tip = _point(first.removeprefix("e,"), high)
    middle = _point(drawn["lp"], high) if "lp" in drawn else None
    return Curve((*(_point(each, high) for each in others), tip), middle)


def _point(written: str, high: float) -> tuple[float, float]:
    x, y = map(float, written.split(","))
    return x, high - y
