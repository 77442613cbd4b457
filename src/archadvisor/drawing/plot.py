"""Plots, by Matplotlib, in the colours of the page they stand in."""

from matplotlib.axes import Axes
from matplotlib.ticker import PercentFormatter

from archadvisor.drawing.figure import INK, svg
from archadvisor.model.cost import Estimate
from archadvisor.model.frozen import dataclass, replace

_WIDEST = 0.5
"""The share at which the plot begins, unless the workload stands before it."""
_HIGHEST = 1.25
"""The price at which it ends, unless the workload stands above it."""
_LINES = ("#3987e5", "#d95926", "#199e70", "#c98500", "#d55181")
_SIZE = (4.8, 4.6)
"""In inches: the width of a phone, nearly, on which it is to be read as well."""
_ALIKE = 0.08
"""Marks that are no further apart, of the width of the plot, are told as one."""


def break_even_plot(found: Estimate, words: str) -> str:
    """What Fargate asks for the reserved share of instances, against their price, as SVG described in words."""
    return svg(lambda axes: _draw(axes, found), _SIZE, words)


def _draw(axes: Axes, found: Estimate) -> None:
    axes.axhline(1, color=INK, linewidth=1.6, label="the instances, on demand")
    here = found.position.type if found.position else None
    for each, colour in zip(found.break_even, _LINES, strict=False):
        width = 2.4 if each.type == here else 1.1
        axes.plot([0, 1], [0, float(1 / each.share)], color=colour, linewidth=width, label=f"Fargate for {each.type}")
        axes.plot(float(each.share), 1, "o", color=colour, markersize=5, clip_on=each.share > 1)
    marks = _marks(found)
    least = max(0.0, min((_WIDEST, *(mark.share - 0.1 for mark in marks))))
    most = max((_HIGHEST, *(mark.height + 0.1 for mark in marks)))
    axes.set(xlim=(least, 1), ylim=(least, most))
    for mark in _told_once(marks, least):
        _mark(axes, mark, mark.share > (least + 1) / 2)
    axes.set(xlabel="reserved share of the instances", ylabel="price, in that of the instances")
    axes.xaxis.set_major_formatter(PercentFormatter(1))
    axes.yaxis.set_major_formatter(PercentFormatter(1))
    axes.grid(visible=True, color=INK, alpha=0.15)
    axes.spines[["top", "right"]].set_visible(False)
    axes.figure.legend(frameon=False, fontsize=9, loc="outside lower center", ncols=2)


@dataclass(frozen=True, slots=True)
class _Mark:
    """Where a workload stands, and at how many replicas, in words."""

    share: float
    height: float
    told: str


def _marks(found: Estimate) -> list[_Mark]:
    """Where the workload stands, at the fewest and at the most replicas."""
    line = next((each for each in found.break_even if found.position and each.type == found.position.type), None)
    if line is None or found.position is None:
        return []
    ends = (found.position.low, "fewest replicas"), (found.position.high, "most replicas")
    return [_Mark(float(share), float(share / line.share), told) for share, told in ends if share is not None]


def _told_once(marks: list[_Mark], least: float) -> list[_Mark]:
    """The marks, of which those that stand close by each other have their words in one place."""
    shares = [mark.share for mark in marks]
    if len(marks) < 2 or max(shares) - min(shares) > _ALIKE * (1 - least):
        return marks
    return [replace(marks[0], told=""), replace(marks[1], told="fewest and most replicas")]


def _mark(axes: Axes, mark: _Mark, leftwards: bool) -> None:
    """A mark with its words on the side on which there is room, clear of the line that rises to the right."""
    axes.plot(mark.share, mark.height, "D", color=INK, markersize=7, zorder=5, clip_on=False)
    offset, side = ((-9, 4), "right") if leftwards else ((8, -12), "left")
    axes.annotate(mark.told, (mark.share, mark.height), xytext=offset, textcoords="offset points", fontsize=9, ha=side)
