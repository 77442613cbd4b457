"""Results that are kept: found again as they were, and never doubtful."""

import os
import sqlite3
from pathlib import Path

import pytest

from archadvisor.storage import results
from archadvisor.storage.cache import clean
from archadvisor.storage.results import Results, keep

DAY = "2026-11-24"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "archadvisor"


def database(folder: Path) -> Path:
    (file,) = folder.glob("*.sqlite")
    return file


def found(*keys: str) -> dict[str, bytes]:
    return {**Results().find(keys)}


def test_what_is_kept_is_found_by_its_key_alone(folder: Path) -> None:
    assert found("a") == {}
    keep([("a", "one ü \ud800".encode("utf-8", "replace")), ("b", b"two")], DAY)
    assert found("b", "c") == {"b": b"two"}
    keep([("b", b"three")], DAY)
    assert found("b") == {"b": b"three"}


def test_any_number_is_found_at_a_time(folder: Path) -> None:
    every = {str(number): b"%d" % number for number in range(200)}
    keep([*every.items()], DAY)
    assert found() == {}
    assert found(*every, "another", "") == every


def test_what_was_made_on_an_earlier_day_is_dropped(folder: Path) -> None:
    keep([("a", b"one")], DAY)
    keep([("b", b"two")], "2026-11-25")
    assert found("a", "b") == {"b": b"two"}


def test_databases_of_earlier_formats_are_removed(folder: Path) -> None:
    folder.mkdir(mode=0o700)
    for name in ("results-1.sqlite", "results-2.sqlite", "results-99.sqlite", "other.json"):
        (folder / name).write_bytes(b"")
    keep([("a", b"one")], DAY)
    left = sorted(file.name for file in folder.iterdir())
    assert left == ["other.json", "results-3.sqlite", "results-99.sqlite"]


@pytest.mark.parametrize(
    "change", ["value = 'forged'", "key = 'b'", "seal = x'00'", "seal = NULL", "value = 7", "value = 'one'"]
)
def test_what_is_not_what_was_kept_is_not_found(change: str, folder: Path) -> None:
    keep([("a", b"one")], DAY)
    with sqlite3.connect(database(folder)) as changed:
        changed.execute(f"UPDATE results SET {change}")
    assert found("a", "b") == {}


@pytest.mark.parametrize("data", [b"", b"no database", b"SQLite format 3\0 and no more"])
def test_a_broken_database_is_passed_over_and_made_anew(data: bytes, folder: Path) -> None:
    keep([("a", b"one")], DAY)
    database(folder).write_bytes(data)
    assert found("a") == {}
    keep([("a", b"one")], DAY)
    keep([("a", b"one")], DAY)
    assert found("a") == {"a": b"one"}


def test_a_database_of_another_shape_is_passed_over(folder: Path) -> None:
    keep([("a", b"one")], DAY)
    with sqlite3.connect(database(folder)) as changed:
        changed.execute("ALTER TABLE results RENAME COLUMN value TO worth")
    keep([("b", b"two")], DAY)
    assert found("a") == {}


@pytest.mark.parametrize("mode", [0o755, 0o770, 0o707])
def test_a_folder_that_others_may_use_is_not_used(mode: int, folder: Path) -> None:
    keep([("a", b"one")], DAY)
    folder.chmod(mode)
    keep([("b", b"two")], DAY)
    assert found("a") == {}
    folder.chmod(0o700)
    assert found("a", "b") == {"a": b"one"}


def test_a_new_folder_is_for_its_owner_alone(folder: Path) -> None:
    keep([("a", b"one")], DAY)
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_database_that_another_process_writes_is_not_waited_for_long(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(results, "_PATIENCE", 0.01)
    keep([("a", b"one")], DAY)
    with sqlite3.connect(database(folder)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert found("a") == {}
        keep([("b", b"two")], DAY)
    assert found("a", "b") == {"a": b"one"}


def test_a_forked_process_opens_the_database_anew(folder: Path) -> None:
    keep([("a", b"one")], DAY)
    kept = Results()
    kept.find(["a"])
    child = os.fork()
    if child == 0:
        os._exit(0 if kept.find(["a"]) == {"a": b"one"} else 1)
    assert os.waitpid(child, 0)[1] == 0


def test_cleaning_removes_everything_and_tells_how_much(folder: Path) -> None:
    keep([("a", b"one")], DAY)
    size = database(folder).stat().st_size
    assert clean() == size
    assert [*folder.iterdir()] == []
    assert clean() == 0
