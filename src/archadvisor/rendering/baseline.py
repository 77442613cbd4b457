"""A baseline as text for a terminal."""

from archadvisor.model.baseline import Baseline
from archadvisor.rendering.paint import Paper, counted, folded, printable


def baseline_text(baseline: Baseline, paper: Paper) -> str:
    """The known findings by file, and how many there are."""
    lines: list[str] = []
    for name, entries in baseline.items():
        lines.append(paper.paint(printable(name), "bold"))
        for entry in entries:
            times = f" ({entry.count} times)" if entry.count > 1 else ""
            lines += folded(f"{entry.message}{times} [{entry.rule}]", paper.width, "  ", "    ")
        lines.append("")
    return "\n".join([*lines, numbers(baseline)]) + "\n"


def numbers(baseline: Baseline) -> str:
    """How much a baseline knows: `3 findings in 2 files`."""
    known = sum(entry.count for entries in baseline.values() for entry in entries)
    files = len([entries for entries in baseline.values() if entries])
    return f"{counted(known, 'finding')} in {counted(files, 'file')}"
