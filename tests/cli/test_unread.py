"""A folder that cannot be looked into is told by what would have read it, and is in the way of nothing else."""

import os
import shutil
from pathlib import Path

import pytest

from tests.cli.command import DAY, run
from tests.cli.repository import repository
from tests.deep import make_too_deep

SHOP = "version: 1\nname: shop\nservices:\n  web: {kind: web, cpu: 1, memory: 2 GiB}\n"
TOLD = "unusable: the folder cannot be read: file name too long"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A repository with a workload, and a folder that cannot be looked into."""
    root = repository(tmp_path / "shop", {"workload.yaml": SHOP})
    make_too_deep(root)
    return root


def test_check_tells_of_it_and_of_all_else(folder: Path, cache: Path) -> None:
    ran = run("check", ".", "./", cwd=folder, cache=cache)
    assert ran.status == 2
    assert ran.out.count(TOLD) == 1
    assert "1 file checked" in ran.out


@pytest.mark.parametrize("command", [("check", ".", "--tracked"), ("check", ".", "--changed"), ("diff", "HEAD", ".")])
def test_what_git_knows_is_all_there(folder: Path, cache: Path, command: tuple[str, ...]) -> None:
    ran = run(*command, cwd=folder, cache=cache)
    assert ran.status == 0
    assert TOLD not in ran.shown


def test_a_fleet_has_a_diagnostic_of_it(folder: Path, tmp_path: Path, cache: Path) -> None:
    ran = run("fleet", "shop", "--out", "results", "--as-of", DAY, cwd=tmp_path, cache=cache)
    assert ran.status == 2
    assert "1 workload" in ran.shown
    told = run("fleet", "report", "results", "--format", "json", cwd=tmp_path, cache=cache)
    assert "file name too long" in told.shown


def test_scan_and_check_tell_of_it_once_where_git_knows_nothing(tmp_path: Path, cache: Path) -> None:
    tmp_path.joinpath("compose.yaml").write_text("services:\n  web: {image: nginx}\n")
    make_too_deep(tmp_path)
    for command in ("scan", "check"):
        ran = run(command, ".", cwd=tmp_path, cache=cache)
        assert ran.status == 2
        assert ran.out.count(TOLD) == 1
        assert "1 file checked" in ran.out


def test_a_file_that_cannot_be_read_may_be_a_workload(tmp_path: Path, cache: Path) -> None:
    tmp_path.joinpath("workload.yaml").write_text(SHOP)
    tmp_path.joinpath("round.yaml").symlink_to("round.yaml")
    tmp_path.joinpath("gone.yaml").symlink_to("nowhere.yaml")
    ran = run("check", ".", cwd=tmp_path, cache=cache)
    assert ran.status == 2
    assert "the file cannot be read: too many levels of symbolic links\n  --> ./round.yaml" in ran.out
    assert "gone" not in ran.out


@pytest.mark.skipif(os.geteuid() == 0 and not shutil.which("setpriv"), reason="everything can be read by this user")
def test_a_file_that_may_not_be_read_is_in_the_way_of_no_other(tmp_path: Path, cache: Path) -> None:
    for name in ("a.yaml", "b.yaml", "locked/c.yaml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(SHOP)
    for name in ("b.yaml", "locked"):
        (tmp_path / name).chmod(0)
    ran = run("check", "a.yaml", "b.yaml", "locked/c.yaml", cwd=tmp_path, cache=cache, unprivileged=True)
    (tmp_path / "locked").chmod(0o700)
    assert ran.status == 2
    assert ran.out.count("permission denied") == 2
    assert "1 file checked" in ran.out
