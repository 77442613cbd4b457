"""What makes a check fast, counted and not timed: what it imports, the calls it makes, and what it holds."""

import gc
import os
import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from archadvisor.engine.program import Program
from archadvisor.rendering.flow import FLOWS
from archadvisor.rendering.paint import Paper
from archadvisor.rendering.telling import Telling
from archadvisor.workflows.check import ALONE, Checking
from archadvisor.workflows.telling import Form, told
from benchmarks.workloads import write_workloads

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "samples" / "webshop" / "workload.yaml"
MOST_MODULES = 200
MOST_CALLS = 9_400
"""Calls of Python functions for a workload, on the average of many different ones."""
MOST_CALLS_EXPLAINED = 54_000
"""The same for one that is checked alone: with reasons, and with every completion of its unknown facts tried."""
MOST_CALLS_UNCHANGED = 27
"""Calls of Python functions for a workload that is as it was in an earlier run."""
MOST_HELD = 700
"""Bytes that are still held for a workload when it has been told; its text alone has four times as many."""
HEAVY = (
    *(
        "dataclasses",
        "inspect",
        "click",
        "argparse",
        "gettext",
        "locale",
        "uuid",
        "platform",
        "shutil",
        "threading",
        "tomllib",
    ),
    *("pydantic", "jsonschema", "questionary", "watchfiles", "sqlite3", "multiprocessing", "concurrent", "asyncio"),
    *("tempfile", "random", "subprocess", "logging", "pathlib", "xml", "importlib.metadata", "importlib.resources"),
    *("archadvisor.analysis", "archadvisor.intake", "archadvisor.costing", "archadvisor.editing", "archadvisor.api"),
    *("archadvisor.loading.pack", "archadvisor.loading.rulebook", "archadvisor.loading.records"),
    *("archadvisor.loading.shapes", "archadvisor.rendering.sarif", "archadvisor.rendering.json"),
)


def modules(file: Path, cache: Path) -> frozenset[str]:
    """The modules that a check of a file imports, once the pack is cached."""
    command = [sys.executable, "-X", "importtime", "-m", "archadvisor", "check", str(file)]
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "src"), "XDG_CACHE_HOME": str(cache)}
    runs = [subprocess.run(command, env=environment, capture_output=True, check=False, text=True) for _ in range(2)]
    return frozenset(line.rpartition("|")[2].strip() for line in runs[-1].stderr.splitlines())


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> frozenset[str]:
    """The modules that a check of a settled sample imports."""
    return modules(SAMPLE, tmp_path_factory.mktemp("cache"))


@pytest.mark.parametrize("name", HEAVY)
def test_a_check_imports_nothing_heavy(name: str, imported: frozenset[str]) -> None:
    assert not [module for module in imported if module == name or module.startswith(f"{name}.")]


def test_a_check_imports_few_modules(imported: frozenset[str]) -> None:
    assert "archadvisor.engine.advise" in imported
    assert len(imported) <= MOST_MODULES


def test_unknown_facts_and_fixes_import_little_more(imported: frozenset[str], tmp_path: Path) -> None:
    (file,) = write_workloads(tmp_path, 1).rglob("*.yaml")
    own = {f"archadvisor.{name}" for name in ("analysis", "analysis.completions", "analysis.domain")}
    own |= {"archadvisor.loading.edits", "archadvisor.loading.outline"}
    assert modules(file, tmp_path / "cache") - imported - {"unicodedata"} == own


def to_nobody(text: bytes) -> None:
    """Takes a text."""


def tell(program: Program, folder: Path, kept: bool = False, explained: bool = False) -> None:
    """Checks all files of a folder and tells of them as text, to nobody; some may be `kept` from before."""
    form = Form("", lambda several: FLOWS["text"](Paper(), Telling(), several), to_nobody, lambda report: report, kept)
    told(Checking(program, explained=explained), form, [str(folder)], ALONE, None)


def calls(work: Callable[[], None]) -> int:
    """How many Python functions some work calls."""
    number = 0

    def count(frame: object, event: str, argument: object) -> None:
        nonlocal number
        number += event == "call"

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return number


def test_a_workload_takes_no_more_calls_than_it_did(built_in: Program, tmp_path: Path) -> None:
    write_workloads(tmp_path / "first", 20, seed=1)
    write_workloads(tmp_path / "more", 100, seed=2)
    tell(built_in, tmp_path / "first")
    assert calls(lambda: tell(built_in, tmp_path / "more")) / 100 <= MOST_CALLS


def test_a_workload_that_is_explained_takes_no_more_calls_than_it_did(built_in: Program, tmp_path: Path) -> None:
    write_workloads(tmp_path / "first", 20, seed=1)
    write_workloads(tmp_path / "more", 30, seed=2)
    tell(built_in, tmp_path / "first", explained=True)
    assert calls(lambda: tell(built_in, tmp_path / "more", explained=True)) / 30 <= MOST_CALLS_EXPLAINED


def test_an_unchanged_file_takes_few_calls(built_in: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    write_workloads(tmp_path / "fleet", 200)
    tell(built_in, tmp_path / "fleet", kept=True)
    tell(built_in, tmp_path / "fleet" / "team-0001", kept=True)
    some = calls(lambda: tell(built_in, tmp_path / "fleet" / "team-0001", kept=True))
    more = calls(lambda: tell(built_in, tmp_path / "fleet", kept=True))
    assert (more - some) / 100 <= MOST_CALLS_UNCHANGED


def test_what_has_been_told_is_not_held(built_in: Program, tmp_path: Path) -> None:
    write_workloads(tmp_path / "first", 100, seed=1)
    tell(built_in, tmp_path / "first")
    gc.collect()
    gc.disable()  # as in a check: what is in a cycle would stay
    tracemalloc.start()
    try:
        tell(built_in, tmp_path / "first")
        unreachable = gc.collect()
        held, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
        gc.enable()
    assert (unreachable, held / 100 <= MOST_HELD) == (0, True)
