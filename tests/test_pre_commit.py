"""The hook as teams use it: the real pre-commit, in a real git repository."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.files import PACK, RULES, SOURCES

ROOT = Path(__file__).resolve().parent.parent
WEBSHOP = (ROOT / "samples" / "webshop" / "workload.yaml").read_text(encoding="utf-8")
WITH_PRE_COMMIT = f"{ROOT / '.venv' / 'bin'}{os.pathsep}{os.environ['PATH']}"
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


CONFIGURATION = """\
repos:
  - repo: {hooks}
    rev: {revision}
    hooks:
      - {{id: archadvisor-check}}
      - {{id: archadvisor-check-all}}
      - {{id: archadvisor-rules, args: [--pack, house]}}
      - {{id: archadvisor-report-fresh}}
"""


def hook(
    project: Path, hooks: Path, home: str, name: str = "archadvisor-check", *which: str
) -> subprocess.CompletedProcess[str]:
    """Runs a hook over files that are committed; over all of them if it is not said over `which`."""
    revision = run("git", "rev-parse", "HEAD", cwd=hooks).stdout.strip()
    configuration = CONFIGURATION.format(hooks=hooks, revision=revision)
    (project / ".pre-commit-config.yaml").write_text(configuration, encoding="utf-8")
    commit(project)
    return run(
        "pre-commit", "run", name, *(which or ["--all-files"]), "--verbose", cwd=project,
        PRE_COMMIT_HOME=home, PATH=WITH_PRE_COMMIT,
    )  # fmt: skip


def archadvisor(*arguments: str, cwd: Path, home: str) -> None:
    done = run(sys.executable, "-m", "archadvisor", *arguments, cwd=cwd, XDG_CACHE_HOME=home)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_hook_can_be_tried_without_a_configuration(tmp_path: Path, hooks: Path, home: str) -> None:
    project = repository(tmp_path / "project")
    (project / "workload.yaml").write_text(WEBSHOP, encoding="utf-8")
    commit(project)
    result = run(
        "pre-commit", "try-repo", str(hooks), "archadvisor-check", "--all-files", "--verbose", cwd=project,
        PRE_COMMIT_HOME=home, PATH=WITH_PRE_COMMIT,
    )  # fmt: skip
    assert result.returncode == 0, result.stdout + result.stderr
    assert "1 file checked" in result.stdout


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


# A file of a commit -> whether it makes `archadvisor-check-all` look at the workload, which is not in that commit.
TRIGGERS = [
    ("house/rules.yaml", True),
    ("archadvisor.lock", True),
    ("archadvisor.toml", True),
    ("pyproject.toml", True),
    ("archadvisor-baseline.json", True),
    ("src/app.py", False),
]


def test_all_tracked_files_are_checked_when_what_they_are_held_against_changes(
    tmp_path: Path, hooks: Path, home: str
) -> None:
    project = repository(tmp_path / "project")
    (project / "workload.yaml").write_text(WEBSHOP, encoding="utf-8")
    for name, triggers in TRIGGERS:
        (project / name).parent.mkdir(exist_ok=True)
        (project / name).write_text("" if name.endswith(".toml") else "{}", encoding="utf-8")
        if name == "archadvisor.lock":
            (project / name).unlink()
            archadvisor("lock", "workload.yaml", cwd=project, home=home)
        result = hook(project, hooks, home, "archadvisor-check-all", "--files", name)
        (project / name).unlink()
        assert ("1 file checked" in result.stdout, "Skipped" in result.stdout) == (triggers, not triggers), (
            name,
            result,
        )


def test_a_file_outside_the_commit_and_one_git_does_not_track(tmp_path: Path, hooks: Path, home: str) -> None:
    project = repository(tmp_path / "project")
    (project / "workload.yaml").write_text(BROKEN, encoding="utf-8")
    (project / "other.workload.yaml").write_text(WEBSHOP, encoding="utf-8")
    (project / ".gitignore").write_text("ignored.workload.yaml\n", encoding="utf-8")
    (project / "ignored.workload.yaml").write_text(BROKEN, encoding="utf-8")
    result = hook(project, hooks, home, "archadvisor-check-all", "--files", "other.workload.yaml")
    assert result.returncode == 1
    assert "workload.yaml:5:10" in result.stdout
    assert "1 file checked" in result.stdout
    assert "1 file could not be used" in result.stdout


def test_house_rules_are_run_by_their_examples(tmp_path: Path, hooks: Path, home: str) -> None:
    project = repository(tmp_path / "project")
    (project / "house").mkdir()
    for name, text in (("pack", PACK), ("sources", SOURCES), ("rules", RULES)):
        (project / "house" / f"{name}.yaml").write_text(text, encoding="utf-8")
    assert hook(project, hooks, home, "archadvisor-rules").returncode == 0
    (project / "house" / "rules.yaml").write_text(
        RULES.replace("one: {service.kind: batch}", "one: {service.kind: web}")
    )
    result = hook(project, hooks, home, "archadvisor-rules")
    assert (result.returncode, "house/no-batch" in result.stdout) == (1, True), result


def test_a_committed_report_must_be_fresh_whatever_the_day(tmp_path: Path, hooks: Path, home: str) -> None:
    project = repository(tmp_path / "project")
    (project / "workload.yaml").write_text(WEBSHOP, encoding="utf-8")
    archadvisor("report", "workload.yaml", "-o", "design.md", "--as-of", "2026-11-01", cwd=project, home=home)
    fresh = hook(project, hooks, home, "archadvisor-report-fresh")
    assert fresh.returncode == 0, fresh.stdout + fresh.stderr
    assert "1 report checked, none out of date" in fresh.stdout
    (project / "workload.yaml").write_text(WEBSHOP.replace("webshop", "bookshop"), encoding="utf-8")
    stale = hook(project, hooks, home, "archadvisor-report-fresh", "--files", "workload.yaml")
    assert stale.returncode == 1
    assert "write it again with `archadvisor report workload.yaml -o design.md`" in stale.stdout
