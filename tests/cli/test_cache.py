"""The cache: what is kept is used, and never changes what is said."""

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from archadvisor.storage.results import keep
from benchmarks.workloads import write_workloads
from tests.cli.command import DAY, Ran, run

FILE = "fleet/team-0000/app-000003.workload.yaml"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    write_workloads(tmp_path / "fleet", 20)
    return tmp_path


def checked(home: Path, *options: str) -> Ran:
    return run("check", "fleet", "--as-of", DAY, *options, cwd=home, cache=home / "cache")


def results(home: Path) -> Path:
    (file,) = (home / "cache" / "archadvisor").glob("*.sqlite")
    return file


def test_the_second_run_takes_what_the_first_has_kept(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = checked(home)
    assert checked(home) == first
    with sqlite3.connect(results(home)) as database:
        kept = database.execute("SELECT key, value FROM results").fetchall()
    assert len(kept) == 20
    monkeypatch.setenv("XDG_CACHE_HOME", str(home / "cache"))
    keep([(key, value.replace(b"notes", b"nuts").replace(b"note[", b"nut[")) for key, value in kept], "2000-01-01")
    assert "nut[" in checked(home).out
    assert checked(home, "--no-cache") == first


def test_without_the_cache_nothing_is_kept(home: Path) -> None:
    checked(home, "--no-cache")
    assert not [*(home / "cache" / "archadvisor").glob("*.sqlite")]


def edited(home: Path) -> list[str]:
    (home / FILE).write_text("version: 1\nname: another\n", encoding="utf-8")
    return []


def configured(home: Path) -> list[str]:
    (home / "fleet" / "archadvisor.toml").write_text('ignore = ["secret_store/*"]\n', encoding="utf-8")
    return []


def with_baseline(home: Path) -> list[str]:
    run("baseline", "create", "fleet", "--as-of", DAY, cwd=home, cache=home / "cache")
    return ["--baseline", next(str(file) for file in home.iterdir() if "baseline" in file.name)]


def locked(home: Path) -> list[str]:
    run("lock", "fleet", "--as-of", "2025-01-01", cwd=home, cache=home / "cache")
    return []


CHANGES: dict[str, Callable[[Path], list[str]]] = {
    "a file": edited,
    "a configuration": configured,
    "a baseline": with_baseline,
    "a lock": locked,
    "the day": lambda home: ["--as-of", "2020-01-01"],
    "what silence means": lambda home: ["--assume-nothing"],
    "how much is told": lambda home: ["-q"],
    "the selection": lambda home: ["--select", "lint/*"],
    "the format": lambda home: ["--format", "concise"],
    "the reasons": lambda home: ["--require-settled"],
    "a path": lambda home: ["./fleet/../fleet"],
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_changes_is_seen(change: str, home: Path) -> None:
    before = checked(home)
    options = CHANGES[change](home)
    anew = checked(home, *options, "--no-cache")
    assert checked(home, *options) == anew
    assert checked(home, *options) == anew
    assert (change == "a path") or anew != before


@pytest.mark.parametrize("damage", [b"", b"no database", os.urandom(4096)])
def test_a_broken_cache_changes_nothing(damage: bytes, home: Path) -> None:
    before = checked(home)
    for file in (home / "cache" / "archadvisor").iterdir():
        file.write_bytes(damage)
    assert checked(home) == before
    assert checked(home) == before


def test_a_cache_that_cannot_be_used_changes_nothing(home: Path) -> None:
    before = checked(home)
    (home / "cache" / "archadvisor").chmod(0o755)
    assert checked(home) == before
    (home / "file").write_text("", encoding="utf-8")
    assert run("check", "fleet", "--as-of", DAY, cwd=home, cache=home / "file") == before


def test_cleaning_tells_how_much_was_removed(home: Path) -> None:
    checked(home)
    ran = run("cache", "clean", cwd=home, cache=home / "cache")
    assert ran.status == 0
    assert ran.out.startswith("removed ")
    assert [*(home / "cache" / "archadvisor").iterdir()] == []


def test_a_cache_folder_that_others_may_enter_is_left_alone_and_told(tmp_path: Path) -> None:
    folder = tmp_path / "cache" / "archadvisor"
    folder.mkdir(parents=True, mode=0o755)
    (folder / "kept.json").write_text("{}", encoding="utf-8")
    ran = run("cache", "clean", cwd=tmp_path, cache=tmp_path / "cache")
    assert (ran.status, "nothing was removed" in ran.out, (folder / "kept.json").exists()) == (0, True, True)
