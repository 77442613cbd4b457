"""An architecture, laid out, as SVG."""

import textwrap
from collections.abc import Iterator
from html import escape

from archadvisor.model.architecture import REGIONS, Architecture, Box, Curve, Flow, Layout, Node, Sizes
from archadvisor.rendering.paint import columns, printable

STYLE = (
    """
.diagram { --ink: #1b2430; --faint: #5b6776; --paper: #ffffff; --line: #8a96a5; --frame: #f3f5f8; --inner: #e7eef7;
  --caller: #6d4aa3; --gate: #a33d6b; --role: #a33d6b; --edge: #0b6e8a; --service: #a8480a; --outside: #5b6776;
  --registry: #356b2c; --secret: #b02a2a; font: 13px system-ui, "Segoe UI", "DejaVu Sans", sans-serif; }
@media screen and (prefers-color-scheme: dark) {
  .diagram { --ink: #e6ebf2; --faint: #a7b2c0; --paper: #1a212b; --line: #77859a; --frame: #131920; --inner: #202b3a;
  --caller: #b79be6; --gate: #e693ba; --role: #e693ba; --edge: #6cc5de; --service: #f0a06a; --outside: #a7b2c0;
  --registry: #93cf86; --secret: #f08c8c; } }
.diagram text { fill: var(--ink); text-anchor: middle; }
.diagram .note, .diagram .label { fill: var(--faint); font-size: 11px; }
.diagram .frame { fill: var(--frame); stroke: var(--line); stroke-dasharray: 6 4; }
.diagram .group { fill: var(--inner); stroke: var(--line); }
.diagram .title { font-weight: 600; text-anchor: start; }
.diagram .box { fill: var(--paper); stroke-width: 1.5; }
.diagram .label-back { fill: var(--frame); opacity: 0.85; }
.diagram .flow { fill: none; stroke: var(--line); stroke-width: 1.4; }
.diagram .tip { fill: var(--line); }
.diagram .credentials { stroke-dasharray: 7 4; }
.diagram .image { stroke-dasharray: 2 3; }
.diagram .secret-flow { stroke-dasharray: 1 4; stroke-linecap: round; stroke-width: 2; }
""".strip()
    + "\n"
    + "\n".join(
        f".diagram .{kind} .box {{ stroke: var(--{kind}); }}"
        for kind in ("caller", "gate", "role", "edge", "service", "outside", "registry", "secret")
    )
)

_TITLE, _BOLD, _NOTE = 7.4, 8.2, 6.1
"""Widths of a character in pixels, rather too much than too little: fonts differ."""
_WIDER = dict.fromkeys("ABCDEFGHIJKLNOPQRSTUVXYZ", 0.25) | dict.fromkeys("MWmw@%", 0.75)
"""How much wider than others some characters are."""
_LINE, _NOTE_LINE = 17.0, 14.0
_PADDING = 12.0
_LONGEST = 30
_MARGIN = 12.0


def sizes(found: Architecture) -> Sizes:
    """The room that each node needs."""
    return {node.id: _size(node) for node in (*found.nodes, *(node for group in found.groups for node in group.nodes))}


def label_sizes(found: Architecture) -> Sizes:
    """The room that the titles of frames and the labels of arrows need; of these by text, of those by id."""
    frames = {group.id: (_width(printable(group.title), _BOLD), _LINE) for group in found.groups}
    flows = {
        flow.label: (_width(printable(flow.label), _NOTE) + 8, _NOTE_LINE + 4) for flow in found.flows if flow.label
    }
    return {**flows, **frames, REGIONS: (_width(printable(found.regions), _BOLD), _LINE)}


def svg(found: Architecture, layout: Layout, standalone: bool) -> str:
    """The drawing, with a title and a description; by itself it brings its colours with it."""
    return "\n".join(_lines(found, layout, standalone)) + "\n"


def described(found: Architecture) -> str:
    """What a drawing shows, in sentences."""
    names = {node.id: node.title for node in (*found.nodes, *(node for each in found.groups for node in each.nodes))}
    names |= {group.id: group.title for group in found.groups}
    groups = [f"On {each.title}: {', '.join(node.title for node in each.nodes)}." for each in found.groups]
    flows = [f"{names[flow.tail]} to {names[flow.head]} ({flow.kind})" for flow in found.flows]
    elsewhere = [node.title for node in found.nodes if node.elsewhere]
    elsewhere += [group.title for group in found.groups if group.elsewhere]
    places = [f"Not in AWS: {', '.join(elsewhere)}."] if elsewhere else []
    return " ".join([*groups, *places, f"Arrows: {'; '.join(flows)}." if flows else "No arrows."])


def _lines(found: Architecture, layout: Layout, standalone: bool) -> Iterator[str]:
    width, height = layout.width + 2 * _MARGIN, layout.height + 2 * _MARGIN
    box = f'viewBox="{-_MARGIN:g} {-_MARGIN:g} {_number(width)} {_number(height)}"'
    size = f'width="{_number(width)}" height="{_number(height)}"'
    names = 'role="img" aria-labelledby="diagram-title diagram-description"'
    yield f'<svg xmlns="http://www.w3.org/2000/svg" class="diagram" {box} {size} {names}>'
    yield f'<title id="diagram-title">Recommended architecture of {_text(found.name)}</title>'
    yield f'<desc id="diagram-description">{_text(described(found))}</desc>'
    if standalone:
        yield f"<style>\n{STYLE}\n.diagram {{ background: var(--paper); }}\n</style>"
    if REGIONS in layout.boxes:
        yield from _frame(found.regions, layout.boxes[REGIONS], "frame")
    for group in found.groups:
        yield from _frame(group.title, layout.boxes[group.id], "group")
    for flow, curve in zip(found.flows, layout.curves, strict=True):
        yield from _flow(flow, curve)
    for node in (*found.nodes, *(node for group in found.groups for node in group.nodes)):
        yield from _node(node, layout.boxes[node.id])
    yield from _labels(found, layout)
    yield "</svg>"


def _frame(title: str, box: Box, kind: str) -> Iterator[str]:
    yield f'<rect class="{kind}" {_rectangle(box)} rx="8"/>'
    yield f'<text class="title" x="{_number(box.x + _PADDING)}" y="{_number(box.y + 20)}">{_text(title)}</text>'


def _node(node: Node, box: Box) -> Iterator[str]:
    title, note = _wrapped(node.title), _wrapped(node.note)
    radius = box.height / 2 if node.kind in ("caller", "outside") else 4
    yield f'<g class="{node.kind}">'
    yield f'<rect class="box" {_rectangle(box)} rx="{_number(radius)}"/>'
    x, y = box.x + box.width / 2, box.y + _PADDING / 2
    for line in title:
        y += _LINE
        yield f'<text x="{_number(x)}" y="{_number(y - 4)}">{_text(line)}</text>'
    for line in note:
        y += _NOTE_LINE
        yield f'<text class="note" x="{_number(x)}" y="{_number(y - 3)}">{_text(line)}</text>'
    yield "</g>"


def _flow(flow: Flow, curve: Curve) -> Iterator[str]:
    (x, y), *others = [(_number(x), _number(y)) for x, y in curve.points[:-1]]
    pieces = " ".join(f"{x},{y}" for x, y in others)
    kind = "secret-flow" if flow.kind == "secret" else flow.kind
    yield f'<path class="flow {kind}" d="M{x},{y} C{pieces}"/>'
    yield f'<polygon class="tip" points="{_tip(curve.points[-2], curve.points[-1])}"/>'


def _tip(base: tuple[float, float], tip: tuple[float, float]) -> str:
    """An arrow's head between the end of a curve and the point it leads to."""
    across = (base[1] - tip[1]) * 0.4, (tip[0] - base[0]) * 0.4
    corners = (tip, (base[0] + across[0], base[1] + across[1]), (base[0] - across[0], base[1] - across[1]))
    return " ".join(f"{_number(x)},{_number(y)}" for x, y in corners)


def _labels(found: Architecture, layout: Layout) -> Iterator[str]:
    """Above everything, on a ground of their own."""
    for flow, curve in zip(found.flows, layout.curves, strict=True):
        if curve.label is not None:
            x, y = curve.label
            width = _width(printable(flow.label), _NOTE) + 4
            back = Box(x - width / 2, y - _NOTE_LINE / 2, width, _NOTE_LINE)
            yield f'<rect class="label-back" {_rectangle(back)}/>'
            yield f'<text class="label" x="{_number(x)}" y="{_number(y + 4)}">{_text(flow.label)}</text>'


def _size(node: Node) -> tuple[float, float]:
    title, note = _wrapped(node.title), _wrapped(node.note)
    widths = [*(_width(line, _TITLE) for line in title), *(_width(line, _NOTE) for line in note)]
    round_ends = 12 if node.kind in ("caller", "outside") else 0
    return max(widths) + 2 * _PADDING + round_ends, len(title) * _LINE + len(note) * _NOTE_LINE + _PADDING


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(printable(text), _LONGEST, max_lines=3, placeholder=" …")


def _width(text: str, character: float) -> float:
    return (columns(text) + sum(_WIDER.get(each, 0.0) for each in text)) * character


def _rectangle(box: Box) -> str:
    x, y, width, height = map(_number, (box.x, box.y, box.width, box.height))
    return f'x="{x}" y="{y}" width="{width}" height="{height}"'


def _text(text: str) -> str:
    return escape(printable(text))


def _number(value: float) -> str:
    return f"{round(value, 1):g}"
