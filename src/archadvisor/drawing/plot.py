"""Plots, by Matplotlib, in the colours of the page they stand in."""

from decimal import Decimal

from matplotlib.axes import Axes
from matplotlib.ticker import PercentFormatter

from archadvisor.drawing.figure import INK, svg
from archadvisor.model.cost import BreakEven, Estimate

_WIDEST = 0.5
"""The share at which the plot begins, unless the workload stands before it."""
_LINES = ("#3987e5", "#d95926", "#199e70", "#c98500", "#d55181")


def break_even_plot(found: Estimate, words: str) -> str:
    """What Fargate asks for the reserved share of instances, against their price, as SVG described in words."""
    return svg(lambda axes: _draw(axes, found), (8.4, 3.8), words)


def _draw(axes: Axes, found: Estimate) -> None:
    axes.axhline(1, color=INK, linewidth=1.6, label="the instances, on demand")
    here = found.position.type if found.position else None
    for each, colour in zip(found.break_even, _LINES, strict=False):
        width = 2.4 if each.type == here else 1.1
        axes.plot([0, 1], [0, float(1 / each.share)], color=colour, linewidth=width, label=f"Fargate for {each.type}")
        axes.plot(float(each.share), 1, "o", color=colour, markersize=5)
    _stand(axes, found)
    least = min(_WIDEST, *(float(share) - 0.1 for share in _shares(found)))
    axes.set(xlim=(max(least, 0), 1), ylim=(max(least, 0), 1.25))
    axes.set(xlabel="reserved share of the instances", ylabel="price, in that of the instances")
    axes.xaxis.set_major_formatter(PercentFormatter(1))
    axes.yaxis.set_major_formatter(PercentFormatter(1))
    axes.grid(visible=True, color=INK, alpha=0.15)
    axes.spines[["top", "right"]].set_visible(False)
    axes.figure.legend(frameon=False, fontsize=9, loc="outside right center")


def _shares(found: Estimate) -> list[Decimal]:
    """Where the workload stands, and one that is never the least."""
    ends = (found.position.low, found.position.high) if found.position else ()
    return [Decimal(1), *(each for each in ends if each is not None)]


def _stand(axes: Axes, found: Estimate) -> None:
    """Where the workload stands, at the fewest and at the most replicas."""
    line = next((each for each in found.break_even if found.position and each.type == found.position.type), None)
    if line is None or found.position is None:
        return
    for share, mark in ((found.position.low, "fewest replicas"), (found.position.high, "most replicas")):
        if share is not None:
            _mark(axes, line, float(share), mark)


def _mark(axes: Axes, line: BreakEven, share: float, told: str) -> None:
    height = share / float(line.share)
    axes.plot(share, height, "D", color=INK, markersize=7, zorder=5)
    axes.annotate(told, (share, height), xytext=(8, -12), textcoords="offset points", fontsize=9)
