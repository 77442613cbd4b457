"""Writes `docs/performance.md`: the goals and what was measured, beside other tools, and where the time goes."""

import os
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from platform import python_version

from archadvisor.workflows.check import cores
from benchmarks.peers import table
from benchmarks.speed import ROOT, Bench, goals
from benchmarks.stages import FILES, stages
from benchmarks.workloads import LINES, write_workloads

PAGE = ROOT / "docs" / "performance.md"


def page(scratch: Path) -> Iterator[str]:
    """The lines of the page."""
    bench = Bench(scratch)
    yield from ("# Performance", "", *_how(), "", "## Goals", "", *goals(bench, quick=False))
    yield from ("", "## Beside other tools", "")
    yield "Not equal work: a schema, style, or 150 small rules on three facts of each service, against decisions and"
    yield "findings by all rules of the built-in pack. zizmor reads nothing but workflows; it gets as many."
    yield from ("", *table(bench))
    yield from ("", "## Where the time goes", "", "One process; a stage holds those above it that it needs.", "")
    yield from ("| stage | a file |", "| --- | ---: |")
    files = sorted(write_workloads(scratch / "stages", FILES).rglob("*.yaml"))
    yield from (f"| {name} | {seconds / len(files) * 1e6:.0f} us |" for name, seconds in stages(files))


def _how() -> Iterator[str]:
    yield f"Written by `make bench` on {date.today().isoformat()}: CPython {python_version()}, {cores()} cores,"
    yield "the wheel, byte-compiled; medians of runs in turns. Rules and solve, and the stages below, are measured"
    yield "within a process, from the source. Times of another machine or of a busy hour are others; ratios of what ran"
    yield "side by side are what to compare. The files are made up (`benchmarks/workloads.py`),"
    yield f"{LINES} lines each and hardly two alike. What must not grow unnoticed is counted, not timed, in"
    yield f"`tests/test_speed.py`. The load of the machine was {os.getloadavg()[0]:.1f} when this began."


def main() -> None:
    """Writes the page."""
    with tempfile.TemporaryDirectory() as scratch:
        text = "\n".join(page(Path(scratch))) + "\n"
    PAGE.write_text(text, encoding="utf-8")
    sys.stdout.write(text)


if __name__ == "__main__":
    main()
