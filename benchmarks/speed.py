"""Measures what issues promise of speed, as ratios to the bare interpreter, and prints it beside the goals.

`make bench` writes it to `docs/performance.md`; with `--quick` what takes minutes is left out. What is measured is what
a user installs: the wheel, byte-compiled. Ratios are what to compare between machines: what is compared takes turns.
"""

import compileall
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from zipfile import ZipFile

import click
import yaml

from benchmarks.clock import Run, Spent, in_turn, spent
from benchmarks.stages import advised_in
from benchmarks.workloads import write_workloads

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 21
FILES_ALONE = 9
"""Made-up files that are checked one by one; most leave facts unknown, so that every completion is tried."""
BARE = (sys.executable, "-I", "-c", "pass")
CHECK = (sys.executable, "-m", "archadvisor", "check")


@dataclass(frozen=True, slots=True)
class Measure:
    """A line of the table: what was measured, what came out and what was to come out, in one unit."""

    name: str
    value: float
    goal: float
    stretch: float | None
    unit: str

    @property
    def line(self) -> str:
        """The line, as Markdown."""
        stretch = "" if self.stretch is None else f"{self.stretch:g} {self.unit}"
        met = "yes" if self.value <= self.goal else "no"
        return f"| {self.name} | {self.value:.3g} {self.unit} | {self.goal:g} {self.unit} | {stretch} | {met} |"


class Bench:
    """A scratch folder: files to check, the package as it is installed, and what is cached."""

    def __init__(self, scratch: Path) -> None:
        self.scratch = scratch
        self.cache = scratch / "cache"
        self.site = installed(scratch)
        self.environment = {**os.environ, "PYTHONPATH": str(self.site), "XDG_CACHE_HOME": str(self.cache)}
        self.environment.pop("PYTHONDONTWRITEBYTECODE", None)

    def files(self, count: int) -> Path:
        """A folder with so many different workloads."""
        folder = self.scratch / f"files-{count}"
        return folder if folder.exists() else write_workloads(folder, count, seed=count)

    def run(self, *arguments: str) -> Run:
        """A check with arguments."""
        return Run((*CHECK, *arguments), self.environment)

    def after_forgetting(self, *arguments: str) -> Spent:
        """What a check took that found nothing in the cache."""
        shutil.rmtree(self.cache, ignore_errors=True)
        return spent(self.run(*arguments))


def installed(scratch: Path) -> Path:
    """The folder that the wheel is installed to; it and what it uses are byte-compiled."""
    build = (sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(scratch))
    subprocess.run(build, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    (wheel,) = scratch.glob("*.whl")
    with ZipFile(wheel) as files:
        files.extractall(scratch / "site")
    for package in (scratch / "site", Path(yaml.__file__).parent, Path(click.__file__).parent):
        compileall.compile_dir(package, quiet=2)
    return scratch / "site"


def measures(bench: Bench, quick: bool) -> Iterator[Measure]:
    """Everything that is promised, in the order of the promises."""
    yield from _one_file(bench)
    yield Measure("rules and solve of one workload", advised_in(bench.files(100)) * 1000, 0.3, 0.15, "ms")
    hundred = in_turn([bench.run("--no-cache", str(bench.files(100)))], 3)[0]
    thousand = in_turn([bench.run("--no-cache", str(bench.files(1000)))], 3)[0]
    yield Measure("1 000 different files, cold", thousand.seconds, 0.8, 0.5, "s")
    if not quick:
        yield from _many_files(bench, (thousand.cpu - hundred.cpu) / 900)


def _one_file(bench: Bench) -> Iterator[Measure]:
    sample = str(ROOT / "samples" / "webshop" / "workload.yaml")
    files = [sample, *map(str, sorted(bench.files(FILES_ALONE).rglob("*.yaml")))]
    runs = [bench.run("--no-cache", file) for file in files]
    floor, settled, *made = in_turn([Run(BARE, bench.environment), *runs], ROUNDS)
    again = [(bench.after_forgetting(sample).seconds, spent(bench.run(sample)).seconds) for _ in range(ROUNDS)]
    first, second = map(median, zip(*again, strict=True))
    usual = median(each.seconds for each in made)
    yield Measure("`check` one new file, to `python -I -c pass`", usual / floor.seconds, 10, 6, "x")
    yield Measure("the same where nothing is left unknown", settled.seconds / floor.seconds, 10, 6, "x")
    yield Measure("the first run after an install, to the second", first / second, 2, None, "x")


def _many_files(bench: Bench, a_file: float) -> Iterator[Measure]:
    folder = str(bench.files(10_000))
    cold = bench.after_forgetting(folder)
    warm = in_turn([bench.run(folder)], 3)[0]
    hundred = spent(bench.run("--no-cache", str(bench.files(100))), 3)
    yield Measure("10 000 different files, cold", cold.seconds, 6, 4, "s")
    yield Measure("10 000 files, nothing changed", warm.seconds, 0.6, 0.3, "s")
    yield Measure("peak memory of a process, 10 000 files", cold.mebibytes, 60, 35, "MiB")
    growth = (cold.cpu - hundred.cpu) / 9_900 / a_file
    yield Measure("CPU a file in 10 000 files, to that in 1 000", growth, 1.15, None, "x")


def goals(bench: Bench, quick: bool) -> Iterator[str]:
    """The table, line by line, as Markdown."""
    yield "| measure | measured | goal | stretch | met |"
    yield "| --- | --- | --- | --- | --- |"
    yield from (measure.line for measure in measures(bench, quick))


def main() -> None:
    """Prints the table."""
    with tempfile.TemporaryDirectory() as scratch:
        for line in goals(Bench(Path(scratch)), "--quick" in sys.argv):
            print(line, flush=True)


if __name__ == "__main__":
    main()
