"""Baselines, through the real command."""

import json
from pathlib import Path

import pytest

from tests.cli.command import DAY, Ran, run

SECRET = "lint/plain-text-secret"
FILE = """\
version: 1
name: x
services:
  web: {environment: {DB_PASSWORD: correct-horse-9}}
delivery: {builder: kaniko}
"""
DEFAULT = "archadvisor-baseline.json"


@pytest.fixture
def project(tmp_path: Path, cache: Path) -> Path:
    """A project with findings, all of them known."""
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "workload.yaml").write_text(FILE, encoding="utf-8")
    ran = run("baseline", "create", "--as-of", DAY, cwd=tmp_path, cache=cache)
    assert (ran.status, ran.shown) == (0, f"2 findings in 1 file written to {DEFAULT}\n")
    return tmp_path


def edit(project: Path, old: str, new: str) -> None:
    file = project / "shop" / "workload.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def checked(project: Path, cache: Path, *options: str, path: str = ".", baseline: str = DEFAULT) -> Ran:
    arguments = ("check", path, "--baseline", baseline, "--as-of", DAY, "--fail-on", "warning", *options)
    return run(*arguments, cwd=project, cache=cache)


def flowing(ran: Ran) -> str:
    return " ".join(ran.shown.split())


def test_known_findings_do_not_fail_and_are_counted(project: Path, cache: Path) -> None:
    ran = checked(project, cache)
    assert (ran.status, "0 errors, 0 warnings, 0 notes; 2 known to the baseline" in flowing(ran)) == (0, True), ran
    shown = json.loads(checked(project, cache, "--format", "json").out)
    assert shown["summary"]["baselined"] == 2


# An edit -> the exit status, and what is shown.
EDITS = [
    ("version: 1", "# a line\n\n# more\nversion: 1", 0, "2 known to the baseline"),
    ("DB_PASSWORD", "DB_TOKEN", 1, f"error[{SECRET}]: `DB_TOKEN`"),
    ("DB_PASSWORD", "DB_TOKEN", 1, "1 known to the baseline"),
    ("kaniko", "buildkit", 0, "note[baseline/stale]: `lint/kaniko-is-archived` about the workload"),
    ("kaniko}", "kaniko, registry: docker_hub}", 0, "2 known to the baseline"),
]


@pytest.mark.parametrize(("old", "new", "status", "shown"), EDITS)
def test_only_what_is_new_fails(project: Path, cache: Path, old: str, new: str, status: int, shown: str) -> None:
    edit(project, old, new)
    ran = checked(project, cache)
    assert (ran.status, shown in flowing(ran)) == (status, True), ran


def test_keys_may_change_their_order(project: Path, cache: Path) -> None:
    (project / "shop" / "workload.yaml").write_text(
        "delivery: {builder: kaniko}\nservices: {web: {environment: {DB_PASSWORD: correct-horse-9}}}\nname: x\n"
        "version: 1\n",
        encoding="utf-8",
    )
    assert "0 errors, 0 warnings, 0 notes; 2 known" in flowing(checked(project, cache))


def test_a_stale_entry_fails_only_where_notes_do(project: Path, cache: Path) -> None:
    edit(project, "kaniko", "buildkit")
    arguments = ("check", ".", "--baseline", DEFAULT, "--as-of", DAY, "--fail-on")
    assert [run(*arguments, level, cwd=project, cache=cache).status for level in ("warning", "note")] == [0, 1]


def test_an_update_drops_what_is_fixed_and_adds_nothing(project: Path, cache: Path) -> None:
    edit(project, "kaniko", "buildkit")
    edit(project, "DB_PASSWORD: correct-horse-9", "DB_PASSWORD: correct-horse-9, API_TOKEN: correct-horse-8")
    ran = run("baseline", "update", "--as-of", DAY, cwd=project, cache=cache)
    assert (ran.status, ran.out) == (0, "2 findings in 1 file before, 1 finding in 1 file now\n")
    after = checked(project, cache)
    assert ("API_TOKEN" in after.out, "stale" in after.out, after.status) == (True, False, 1)


def test_an_update_drops_files_that_are_gone(project: Path, cache: Path) -> None:
    (project / "shop" / "workload.yaml").unlink()
    ran = run("baseline", "update", "--as-of", DAY, cwd=project, cache=cache)
    assert (ran.status, "0 findings in 0 files now" in ran.out) == (0, True)


def test_files_are_named_from_the_folder_of_the_baseline(project: Path, cache: Path) -> None:
    shown = json.loads((project / DEFAULT).read_text(encoding="utf-8"))
    assert list(shown["files"]) == ["shop/workload.yaml"]
    for where, path in ((project / "shop", "workload.yaml"), (project / "shop", str(project)), (project, "shop")):
        baseline = str(project / DEFAULT) if where == project else f"../{DEFAULT}"
        assert "2 known" in flowing(checked(where, cache, path=path, baseline=baseline))


def test_it_is_the_same_bytes_again_and_never_written_over(project: Path, cache: Path) -> None:
    first = (project / DEFAULT).read_bytes()
    again = run("baseline", "create", "--as-of", DAY, cwd=project, cache=cache)
    assert (again.status, "there is a baseline already" in again.err) == (2, True)
    run("baseline", "create", "--baseline", "other.json", "shop", ".", "--as-of", DAY, cwd=project, cache=cache)
    run("baseline", "update", "--as-of", DAY, cwd=project, cache=cache)
    assert (project / "other.json").read_bytes() == first == (project / DEFAULT).read_bytes()
    assert sorted(path.name for path in project.iterdir()) == [DEFAULT, "other.json", "shop"]


def test_it_holds_no_secret_and_shows_what_it_knows(project: Path, cache: Path) -> None:
    assert "correct-horse" not in (project / DEFAULT).read_text(encoding="utf-8")
    ran = run("baseline", "show", cwd=project, cache=cache)
    assert ran.status == 0
    assert [
        words for words in ("shop/workload.yaml", SECRET, "kaniko", "2 findings in 1 file") if words not in ran.out
    ] == []


def test_suppressed_findings_are_not_in_it(project: Path, cache: Path) -> None:
    edit(project, "kaniko}", "kaniko}  # archadvisor: ignore[lint/kaniko-is-archived] because we move")
    run("baseline", "create", "--baseline", "other.json", "--as-of", DAY, cwd=project, cache=cache)
    assert "kaniko" not in (project / "other.json").read_text(encoding="utf-8")


BROKEN = [
    ("check . --baseline gone.json", "gone.json", "the file cannot be read"),
    ("check . --baseline broken.json", "broken.json:1:2", "the file is not valid JSON"),
    ("check . --baseline other.json", "other.json:1:12", "expected `baseline/1`, found `baseline/9`"),
    ("baseline show --baseline broken.json", "broken.json:1:2", "the file is not valid JSON"),
    ("baseline update --baseline broken.json", "broken.json:1:2", "the file is not valid JSON"),
    ("baseline update --baseline gone.json", "gone.json", "the file cannot be read"),
    ("baseline create --baseline no/folder.json", "no/folder.json", "the file cannot be written"),
    ("baseline create shop gone --baseline new.json", "gone", "there is no such file or folder"),
]


@pytest.mark.parametrize(("arguments", "where", "message"), BROKEN)
def test_what_cannot_be_used_is_told(project: Path, cache: Path, arguments: str, where: str, message: str) -> None:
    (project / "broken.json").write_text("{", encoding="utf-8")
    (project / "other.json").write_text('{"schema": "baseline/9", "files": {}}', encoding="utf-8")
    ran = run(*arguments.split(), cwd=project, cache=cache)
    assert (ran.status, ran.out, where in ran.err, message in ran.err) == (2, "", True, True), ran
    assert not (project / "new.json").exists()


def test_a_workload_that_cannot_be_used_leaves_the_baseline_as_it_was(project: Path, cache: Path) -> None:
    before = (project / DEFAULT).read_bytes()
    edit(project, "version: 1", "version: 2")
    assert run("baseline", "update", cwd=project, cache=cache).status == 2
    assert (project / DEFAULT).read_bytes() == before
