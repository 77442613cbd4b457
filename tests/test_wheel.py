"""What is installed: a wheel that carries its data, and the pack as it is used."""

import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "samples" / "webshop" / "workload.yaml"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    with ZipFile(wheel) as files:
        files.extractall(folder / "site")
    return folder / "site"


def checked(source: Path, cache: Path) -> str:
    return subprocess.run(
        [sys.executable, "-m", "archadvisor", "check", str(SAMPLE), "--as-of", "2026-11-24"],
        env={**os.environ, "PYTHONPATH": str(source), "XDG_CACHE_HOME": str(cache)},
        cwd=cache,
        capture_output=True,
        check=False,
        text=True,
    ).stdout


def test_the_first_run_of_a_wheel_needs_no_cache(installed: Path, tmp_path: Path) -> None:
    shown = checked(installed, tmp_path)
    assert "1 file checked" in shown
    assert [*tmp_path.rglob("*.json")] == []
    assert shown == checked(ROOT / "src", tmp_path)
    assert len([*tmp_path.rglob("*.json")]) == 1


@pytest.mark.parametrize("data", [b"", b"{}", b"[" * 100_000, None])
def test_a_broken_or_missing_compiled_pack_changes_nothing(data: bytes | None, installed: Path, tmp_path: Path) -> None:
    (file,) = installed.rglob("data/compiled/*.json")
    shown, kept = checked(installed, tmp_path), file.read_bytes()
    if data is None:
        file.unlink()
    else:
        file.write_bytes(data)
    assert checked(installed, tmp_path) == shown
    file.write_bytes(kept)


def test_rules_that_somebody_changed_in_place_are_the_ones_that_count(installed: Path, tmp_path: Path) -> None:
    rules = installed / "archadvisor" / "data" / "rules" / "lint"
    file = next(file for file in sorted(rules.glob("*.yaml")))
    text = file.read_text(encoding="utf-8")
    file.write_text(text + "# changed\n", encoding="utf-8")
    checked(installed, tmp_path)
    assert len([*tmp_path.rglob("*.json")]) == 1
    file.write_text(text, encoding="utf-8")
