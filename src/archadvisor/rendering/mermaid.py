"""An architecture as a Mermaid flowchart."""

from collections.abc import Iterable, Iterator, Mapping

from archadvisor.model.architecture import REGIONS, Architecture, Flow, FlowKind, Node, NodeKind

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
    """Mermaid text: nodes, frames of what runs on the same and of what is in AWS, arrows."""
    return "\n".join(_lines(found)) + "\n"


def _lines(found: Architecture) -> Iterator[str]:
    yield "flowchart LR"
    yield from (f"  {line}" for line in _parts(found, elsewhere=True))
    if inner := list(_parts(found, elsewhere=False)):
        yield from (f"  {line}" for line in _subgraph(REGIONS, found.regions, inner))
    yield from (f"  {_arrow(flow)}" for flow in found.flows)


def _parts(found: Architecture, elsewhere: bool) -> Iterator[str]:
    """The nodes and frames that are in AWS, or those that are not."""
    yield from (_box(node) for node in found.nodes if node.elsewhere == elsewhere)
    for group in found.groups:
        if group.elsewhere == elsewhere:
            yield from _subgraph(group.id, group.title, map(_box, group.nodes))


def _subgraph(name: str, title: str, inner: Iterable[str]) -> Iterator[str]:
    yield f"subgraph {name}[{_quoted(title)}]"
    yield from (f"  {line}" for line in inner)
    yield "end"


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
