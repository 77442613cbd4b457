"""`check --changed` and `check --tracked`, through the real command in a git repository."""

import json
from pathlib import Path

import pytest

from tests.cli.command import DAY, Ran, run
from tests.cli.files import FAULTY, GOOD
from tests.cli.repository import commit, git, put, repository

FILES = {"a.workload.yaml": GOOD, "folder/b.workload.yaml": GOOD, "folder/other.yaml": GOOD}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return repository(tmp_path / "project", FILES)


def checked(folder: Path, cache: Path, *arguments: str) -> Ran:
    return run("check", *arguments, "--as-of", DAY, cwd=folder, cache=cache)


def names(folder: Path, cache: Path, *arguments: str) -> list[str]:
    """The files that a check took."""
    shown = json.loads(checked(folder, cache, *arguments, "--format", "json").out)
    return [workload["file"] for workload in shown["workloads"]]


def test_nothing_changed_is_fine_and_said(project: Path, cache: Path) -> None:
    ran = checked(project, cache, "--changed")
    assert (ran.status, ran.out, ran.err) == (0, "no workload file has changed since `HEAD`\n", "")


def test_without_changed_nothing_to_check_is_another_status(tmp_path: Path, cache: Path) -> None:
    assert checked(repository(tmp_path / "empty", {"notes.md": "x"}), cache, ".").status == 3


def test_machine_formats_are_written_where_nothing_changed(project: Path, cache: Path) -> None:
    ran = checked(project, cache, "--changed", "--format", "sarif=out.sarif")
    assert ran.status == 0
    assert json.loads((project / "out.sarif").read_text(encoding="utf-8"))["runs"][0]["results"] == []


def test_staged_unstaged_and_new_files_count_and_others_do_not(project: Path, cache: Path) -> None:
    put(
        project, {"staged.workload.yaml": GOOD, "a.workload.yaml": GOOD + "# more\n", "folder/other.yaml": "changed: 1"}
    )
    git(project, "add", "staged.workload.yaml")
    put(project, {"new.workload.yaml": GOOD})
    assert names(project, cache, "--changed") == [
        "./a.workload.yaml", "./new.workload.yaml", "./staged.workload.yaml",
    ]  # fmt: skip


def test_a_file_named_by_hand_counts_if_it_changed(project: Path, cache: Path) -> None:
    put(project, {"folder/other.yaml": GOOD + "# more\n"})
    assert names(project, cache, "folder/other.yaml", "a.workload.yaml", "--changed") == ["folder/other.yaml"]


def test_paths_narrow_what_changed_and_a_folder_below_the_top_is_itself(project: Path, cache: Path) -> None:
    put(project, {"a.workload.yaml": GOOD + "# more\n", "folder/b.workload.yaml": GOOD + "# more\n"})
    assert names(project, cache, "folder", "--changed") == ["folder/b.workload.yaml"]
    assert names(project / "folder", cache, "--changed") == ["./b.workload.yaml"]


def test_a_revision_may_be_named(project: Path, cache: Path) -> None:
    put(project, {"a.workload.yaml": GOOD + "# more\n"})
    commit(project)
    assert names(project, cache, "--changed") == []
    assert names(project, cache, "--changed", "HEAD~1") == ["./a.workload.yaml"]


def test_a_renamed_file_counts_and_a_deleted_one_does_not(project: Path, cache: Path) -> None:
    git(project, "mv", "a.workload.yaml", "z.workload.yaml")
    git(project, "rm", "-q", "folder/b.workload.yaml")
    assert names(project, cache, "--changed") == ["./z.workload.yaml"]


def test_everything_is_new_before_the_first_commit(tmp_path: Path, cache: Path) -> None:
    git(tmp_path, "init", "-q")
    put(tmp_path, FILES)
    git(tmp_path, "add", "a.workload.yaml")
    assert names(tmp_path, cache, "--changed") == ["./a.workload.yaml", "./folder/b.workload.yaml"]


def test_a_name_that_is_no_plain_word_is_found(project: Path, cache: Path) -> None:
    put(project, {"ü 'x'/shop.workload.yaml": GOOD})
    assert names(project, cache, "--changed") == ["./ü 'x'/shop.workload.yaml"]


def test_a_link_to_the_repository_leads_to_the_same_files(project: Path, cache: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(project)
    put(project, {"a.workload.yaml": GOOD + "# more\n"})
    assert names(project, cache, str(tmp_path / "link"), "--changed") == [f"{tmp_path}/link/a.workload.yaml"]


def test_findings_in_a_changed_file_fail(project: Path, cache: Path) -> None:
    put(project, {"a.workload.yaml": FAULTY})
    assert checked(project, cache, "--changed").status == 1


def test_only_tracked_files_are_taken(project: Path, cache: Path) -> None:
    put(project, {"new.workload.yaml": FAULTY})
    assert names(project, cache, "--tracked") == ["./a.workload.yaml", "./folder/b.workload.yaml"]
    assert names(project, cache, "--tracked", "--changed") == []


# The arguments -> what is said on stderr, with status 2.
REFUSED = [
    (("--changed", "nowhere"), "there is no such revision in this git repository"),
    (("gone.yaml", "--changed"), "there is no such file or folder"),
    (("-", "--changed"), "git knows nothing of `-`"),
    ((), "Missing argument 'PATH...'"),
]


@pytest.mark.parametrize(("arguments", "said"), REFUSED)
def test_what_git_cannot_tell_is_refused(project: Path, cache: Path, arguments: tuple[str, ...], said: str) -> None:
    ran = checked(project, cache, *arguments)
    assert (ran.status, said in ran.shown) == (2, True), ran
    assert sorted(file.name for file in project.iterdir()) == [".git", "a.workload.yaml", "folder"]


@pytest.mark.parametrize("option", ["--changed", "--tracked"])
def test_outside_a_repository_that_is_said(tmp_path: Path, cache: Path, option: str) -> None:
    put(tmp_path, FILES)
    ran = checked(tmp_path, cache, option)
    assert (ran.status, "this folder is in no git repository" in ran.err) == (2, True), ran


def test_without_git_that_is_said(project: Path, cache: Path) -> None:
    ran = run("check", "--changed", cwd=project, cache=cache, environment={"PATH": "/nowhere"})
    assert (ran.status, "the program cannot be run: no such file" in ran.err) == (2, True), ran


COMPOSE = "services: {web: {image: nginx, environment: {DB_PASSWORD: correct-horse-9}}}\n"


@pytest.mark.parametrize("option", ["--changed", "--tracked"])
def test_files_of_other_tools_are_taken_as_check_does(option: str, tmp_path: Path, cache: Path) -> None:
    folder = repository(tmp_path / "composed", {"a/compose.yaml": COMPOSE, "b/compose.yaml": COMPOSE})
    put(folder, {"a/compose.yaml": COMPOSE + "# more\n"})
    expected = ["./a/compose.yaml"] if option == "--changed" else ["./a/compose.yaml", "./b/compose.yaml"]
    assert names(folder, cache, option) == [path.removeprefix("./") for path in expected]
    assert checked(folder, cache, ".", option).status == 1


def test_a_path_outside_the_repository_is_told(project: Path, tmp_path: Path, cache: Path) -> None:
    put(tmp_path, {"beside/x.workload.yaml": "version: ["})
    ran = checked(project, cache, "--changed", "HEAD", "../beside/x.workload.yaml")
    assert (ran.status, "not within the git repository" in ran.err) == (2, True)
