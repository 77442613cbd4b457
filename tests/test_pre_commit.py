"""The hook as teams use it: the real pre-commit, in a real git repository."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
WEBSHOP = (ROOT / "samples" / "webshop" / "workload.yaml").read_text(encoding="utf-8")
BROKEN = WEBSHOP.replace("version: 1", "version: 2")


def run(*command: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    return subprocess.run(
        command, cwd=cwd, env={**inherited, **environment}, capture_output=True, text=True, check=False
    )


def repository(folder: Path) -> Path:
    folder.mkdir()
    run("git", "init", "-q", cwd=folder)
    run("git", "config", "user.email", "tests@example.com", cwd=folder)
    run("git", "config", "user.name", "tests", cwd=folder)
    return folder


def commit(folder: Path) -> None:
    run("git", "add", "-A", cwd=folder)
    assert run("git", "commit", "-q", "--no-verify", "-m", "state", cwd=folder).returncode == 0


@pytest.fixture(scope="module")
def hooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository that holds this project as it is now."""
    folder = repository(tmp_path_factory.mktemp("hooks") / "archadvisor")
    tracked = run("git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", cwd=ROOT).stdout
    for name in filter(None, tracked.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    commit(folder)
    return folder


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Where pre-commit keeps its environments, shared by the tests of this file."""
    return str(tmp_path_factory.mktemp("pre-commit"))


def hook(project: Path, hooks: Path, home: str) -> subprocess.CompletedProcess[str]:
    commit(project)
    return run(
        "pre-commit", "try-repo", str(hooks), "archadvisor-check", "--all-files", "--verbose", cwd=project,
        PRE_COMMIT_HOME=home, PATH=f"{ROOT / '.venv' / 'bin'}{os.pathsep}{os.environ['PATH']}",
    )  # fmt: skip


def test_a_clean_file_passes(tmp_path: Path, hooks: Path, home: str) -> None:
    project = repository(tmp_path / "project")
    (project / "workload.yaml").write_text(WEBSHOP, encoding="utf-8")
    (project / "notes.yaml").write_text("nothing: of ours", encoding="utf-8")
    result = hook(project, hooks, home)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "1 file checked" in result.stdout


def test_a_file_that_cannot_be_used_fails_and_says_why(tmp_path: Path, hooks: Path, home: str) -> None:
    project = repository(tmp_path / "project")
    (project / "shop.workload.yaml").write_text(BROKEN, encoding="utf-8")
    result = hook(project, hooks, home)
    assert result.returncode == 1
    assert "expected `1`, found `2`" in result.stdout


def test_two_hundred_files_give_one_run_and_one_summary(tmp_path: Path, hooks: Path, home: str) -> None:
    project = repository(tmp_path / "project")
    for number in range(200):
        (project / f"shop-{number}.workload.yaml").write_text(WEBSHOP, encoding="utf-8")
    result = hook(project, hooks, home)
    assert result.returncode == 0, result.stdout + result.stderr
    assert result.stdout.count("200 files checked") == 1
