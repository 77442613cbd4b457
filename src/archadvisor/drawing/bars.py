"""Bars that show shares and counts."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.ticker import PercentFormatter

from archadvisor.drawing.figure import INK, svg

_COLOURS = ("#3987e5", "#d95926", "#199e70", "#c98500", "#d55181", "#7d7d7d")
_NARROW = 0.08
"""A share that is too small for its name to stand in it."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar with a name, of pieces that have names and sizes."""

    name: str
    pieces: tuple[tuple[str, float], ...]


def share_bars(bars: Sequence[Bar], words: str) -> str:
    """A bar for each whole, its pieces named where there is room, as SVG described in words."""
    return svg(lambda axes: _shares(axes, bars), (8.4, _height(bars)), words)


def count_bars(bars: Sequence[Bar], words: str) -> str:
    """Bars as long as what is counted, whose pieces a legend names, as SVG described in words."""
    return svg(lambda axes: _counts(axes, bars), (8.4, _height(bars) + 0.6), words)


def _height(bars: Sequence[Bar]) -> float:
    return 0.6 + 0.36 * len(bars)


def _shares(axes: Axes, bars: Sequence[Bar]) -> None:
    for row, bar in enumerate(bars):
        left = 0.0
        for number, (name, size) in enumerate(bar.pieces):
            axes.barh(row, size, left=left, color=_COLOURS[number % len(_COLOURS)], alpha=0.55)
            if size > _NARROW and len(name) / 90 < size:
                axes.text(left + size / 2, row, name, ha="center", va="center", fontsize=8)
            left += size
    _name_rows(axes, bars)
    axes.set_xlim(0, 1)
    axes.xaxis.set_major_formatter(PercentFormatter(1))


def _counts(axes: Axes, bars: Sequence[Bar]) -> None:
    lefts = [0.0] * len(bars)
    for number, kind in enumerate(name for name, _ in bars[0].pieces):
        sizes = [bar.pieces[number][1] for bar in bars]
        axes.barh(range(len(bars)), sizes, left=lefts, color=_COLOURS[number % len(_COLOURS)], label=kind)
        lefts = [left + size for left, size in zip(lefts, sizes, strict=True)]
    _name_rows(axes, bars)
    axes.grid(visible=True, axis="x", color=INK, alpha=0.15)
    axes.figure.legend(frameon=False, fontsize=9, loc="outside upper left", ncols=len(bars[0].pieces))


def _name_rows(axes: Axes, bars: Sequence[Bar]) -> None:
    axes.set_yticks(range(len(bars)), [bar.name.replace("$", r"\$") for bar in bars])
    axes.invert_yaxis()
    axes.spines[["top", "right"]].set_visible(False)
