"""The plot of instances against Fargate: where a workload stands shows in full, and is told once."""

from decimal import Decimal
from xml.etree import ElementTree

import pytest

from archadvisor.drawing.plot import break_even_plot
from archadvisor.model.cost import BreakEven, Estimate, Position

SVG = "{http://www.w3.org/2000/svg}"

# The least and the greatest share, where the instance breaks even -> how many marks there are, told how often.
STANDS = [
    (None, None, "0.86", 0, 0),
    (None, "0.7", "0.86", 1, 1),
    ("0.5", "0.7", "0.86", 2, 2),
    ("0.5", "1", "0.86", 2, 2),
    ("1", "1", "0.86", 2, 1),
    ("0.97", "0.94", "0.86", 2, 1),
    ("0.09", "0.09", "0.86", 2, 1),
    ("1", "1", "0.4", 2, 1),
]


def plotted(low: str | None, high: str | None, share: str) -> ElementTree.Element:
    """A plot of two types, of which one never costs less than Fargate."""
    lines = (_line("m7i.large", share), _line("c7g.large", "1"))
    stand = Position("m7i.large", Decimal(low) if low else None, Decimal(high) if high else None)
    estimate = Estimate("a.yaml", "a", "2026-11-23", "2026-11-23", (), (), (), lines, stand)
    return ElementTree.fromstring(break_even_plot(estimate, "words"))


def _line(name: str, share: str) -> BreakEven:
    return BreakEven(name, Decimal(share), Decimal(1), False)


@pytest.mark.parametrize(("low", "high", "share", "marks", "words"), STANDS)
def test_every_mark_shows_in_full(low: str | None, high: str | None, share: str, marks: int, words: int) -> None:
    found = plotted(low, high, share)
    axes = next(each for each in found.iter(f"{SVG}g") if each.get("id") == "axes_1")
    lines = [each for each in axes if each.get("id", "").startswith("line2d")]
    uses = [use for line in lines for use in line.iter(f"{SVG}use")]
    clipped = [
        use for line in lines for group in line.findall(f"{SVG}g[@clip-path]") for use in group.iter(f"{SVG}use")
    ]
    assert clipped == []
    assert sum(use.get("fill") == "currentColor" for use in uses) == marks
    assert all(float(use.attrib["y"]) > 8 for use in uses)
    assert sum(each.get("id", "").startswith("text") for each in axes) == words
