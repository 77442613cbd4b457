"""An architecture as a Mermaid flowchart."""

from collections.abc import Iterator, Mapping

from archadvisor.model.architecture import Architecture, Flow, FlowKind, Node, NodeKind

_SHAPES: Mapping[NodeKind, tuple[str, str]] = {
    "caller": ("([", "])"),
    "gate": ("[", "]"),
    "role": ("[[", "]]"),
    "edge": ("{{", "}}"),
    "service": ("[", "]"),
    "outside": ("([", "])"),
    "registry": ("[(", ")]"),
    "secret": ("[/", "/]"),
}
_ARROWS: Mapping[FlowKind, tuple[str, str]] = {
    "request": ("--", "-->"),
    "credentials": ("-.", ".->"),
    "image": ("-.", ".->"),
    "secret": ("-.", ".->"),
}


def flowchart(found: Architecture) -> str:
    """Mermaid text: nodes, frames of what runs on the same, arrows."""
    return "\n".join(_lines(found)) + "\n"


def _lines(found: Architecture) -> Iterator[str]:
    yield "flowchart LR"
    yield from (f"  {_box(node)}" for node in found.nodes)
    for group in found.groups:
        yield f"  subgraph {group.id}[{_quoted(group.title)}]"
        yield from (f"    {_box(node)}" for node in group.nodes)
        yield "  end"
    yield from (f"  {_arrow(flow)}" for flow in found.flows)


def _box(node: Node) -> str:
    left, right = _SHAPES[node.kind]
    return f"{node.id}{left}{_quoted(f'{node.title}, {node.note}' if node.note else node.title)}{right}"


def _arrow(flow: Flow) -> str:
    start, end = _ARROWS[flow.kind]
    if flow.label:
        return f"{flow.tail} {start} {_quoted(flow.label)} {end} {flow.head}"
    return f"{flow.tail} {'-->' if flow.kind == 'request' else '-.->'} {flow.head}"


def _quoted(text: str) -> str:
    """A label that Mermaid takes as it is."""
    return '"' + text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;") + '"'
