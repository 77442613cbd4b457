"""Drawings by Matplotlib as parts of a page, in the colours of the page."""

import io
import re
from collections.abc import Callable
from xml.etree import ElementTree

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure

INK = "#010203"
"""Stands for the colour of the text around the plot, which Matplotlib has no name for."""
_LONG = re.compile(r"\d+\.\d{4,}")
"""Coordinates with more digits than can be seen, the last of which differ among processors."""
_SVG = "http://www.w3.org/2000/svg"


def svg(draw: Callable[[Axes], None], size: tuple[float, float], words: str) -> str:
    """What is drawn on axes, of a size in inches, as SVG described in words."""
    with matplotlib.rc_context():
        matplotlib.rcParams.update({"svg.hashsalt": "archadvisor", "svg.fonttype": "path", "font.size": 10})
        matplotlib.rcParams.update({"text.color": INK, "axes.edgecolor": INK, "axes.labelcolor": INK})
        matplotlib.rcParams.update({"xtick.color": INK, "ytick.color": INK})
        figure = Figure(figsize=size, layout="constrained")
        draw(figure.add_subplot())
        written = io.StringIO()
        figure.savefig(written, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    return _inline(written.getvalue(), words)


def _inline(written: str, words: str) -> str:
    """The drawing as part of a page whose policy allows no styles: each becomes an attribute of its own."""
    ElementTree.register_namespace("", _SVG)
    ElementTree.register_namespace("xlink", "http://www.w3.org/1999/xlink")
    root = ElementTree.fromstring(written)
    for each in root.iter():
        for declaration in filter(None, each.attrib.pop("style", "").split(";")):
            name, _, value = declaration.partition(":")
            each.set(name.strip(), value.strip().replace(INK, "currentColor"))
    for definitions in root.findall(f"{{{_SVG}}}defs"):
        for style in definitions.findall(f"{{{_SVG}}}style"):
            definitions.remove(style)
    for metadata in root.findall(f"{{{_SVG}}}metadata"):
        root.remove(metadata)
    root.attrib |= {"class": "plot", "role": "img", "aria-label": words, "stroke-linejoin": "round"}
    text = _LONG.sub(_shortened, ElementTree.tostring(root, encoding="unicode"))
    return re.sub(r"\n\s*\n", "\n", text) + "\n"


def _shortened(number: re.Match[str]) -> str:
    """A coordinate to a thousandth of a point; what is less than 1 is a scale, and stays."""
    return number[0] if number[0].startswith("0.") else f"{float(number[0]):.3f}"
