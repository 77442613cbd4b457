"""`archadvisor diff`, through the real command in a git repository."""

import json
from pathlib import Path

import pytest

from tests.cli.command import DAY, ROOT, Ran, run
from tests.cli.repository import git, put, repository

WEBSHOP = (ROOT / "samples" / "webshop" / "workload.yaml").read_text(encoding="utf-8")
STOREFRONT = "  storefront:\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return repository(tmp_path / "project", {"workload.yaml": WEBSHOP})


def diff(folder: Path, cache: Path, *arguments: str) -> Ran:
    return run("diff", *arguments, "--as-of", DAY, cwd=folder, cache=cache)


def turns(folder: Path, cache: Path) -> dict[str, list[str]]:
    """The decisions that turned, each with the paths of the edits that did it."""
    (file,) = json.loads(diff(folder, cache, "HEAD", "--format", "json").out)["files"]
    return {
        f"{turn['decision']} {turn['subject']}": [edit["path"] for edit in turn["by"]] for turn in file["decisions"]
    }


def test_nothing_changed(project: Path, cache: Path) -> None:
    ran = diff(project, cache, "HEAD")
    assert (ran.status, ran.out) == (0, "no workload file has changed since `HEAD`\n")


def test_an_edit_that_turns_nothing_is_no_difference(project: Path, cache: Path) -> None:
    put(project, {"workload.yaml": WEBSHOP.replace("count: 1", "count: 2").replace("Pages and search", "Pages")})
    ran = diff(project, cache, "HEAD")
    assert ran.status == 0
    assert "1 file changed since `HEAD`, no decision with another option" in ran.out


def test_the_edit_that_did_it_is_named_with_its_line_and_the_others_are_not(project: Path, cache: Path) -> None:
    edited = WEBSHOP.replace(STOREFRONT, f"{STOREFRONT}    gpus: 1\n").replace("max: 40", "max: 41")
    put(project, {"workload.yaml": edited})
    ran = diff(project, cache, "HEAD")
    line = edited.splitlines().index("    gpus: 1") + 1
    assert ran.status == 1
    assert f"by `services.storefront.gpus`: not stated -> 1 (line {line})" in ran.out
    assert "replicas" not in ran.out


def test_two_edits_that_do_it_only_together_are_named_together(project: Path, cache: Path) -> None:
    edited = WEBSHOP.replace("traffic: daily", "traffic: steady").replace("utilisation: 0.5", "utilisation: 0.95")
    put(project, {"workload.yaml": edited.replace("priorities: [operations, cost]", "priorities: [cost]")})
    together = ["services.fulfilment.traffic", "services.fulfilment.utilisation"]
    assert turns(project, cache)["compute services.fulfilment"] == together


def test_a_service_that_came_brings_its_decisions(project: Path, cache: Path) -> None:
    put(project, {"workload.yaml": WEBSHOP.replace(STOREFRONT, "  mailer: {kind: worker}\n" + STOREFRONT)})
    found = turns(project, cache)
    assert found["compute services.mailer"] == ["services.mailer"]


def test_files_that_came_went_and_moved(project: Path, cache: Path) -> None:
    put(project, {"new.workload.yaml": WEBSHOP})
    git(project, "mv", "workload.yaml", "moved.workload.yaml")
    git(project, "add", "-A")
    files = json.loads(diff(project, cache, "HEAD", "--format", "json").out)["files"]
    assert sorted(file["status"] for file in files) in (["changed", "new"], ["gone", "new", "new"])
    git(project, "rm", "-qf", "moved.workload.yaml", "new.workload.yaml")
    assert "gone" in diff(project, cache, "HEAD").out


@pytest.mark.parametrize("ref", ["nowhere", "--output=written"])
def test_what_is_no_revision_is_refused(project: Path, cache: Path, ref: str) -> None:
    ran = run("diff", "--as-of", DAY, "--", ref, cwd=project, cache=cache)
    assert ran.status == 2
    assert "there is no such revision" in ran.err
    assert not (project / "written").exists()


COMPOSE = "services: {web: {image: nginx}}\n"


@pytest.mark.parametrize("path", [(), ("compose.yaml",)])
def test_a_file_of_another_tool_is_compared_as_the_workload_it_describes(
    path: tuple[str, ...], tmp_path: Path, cache: Path
) -> None:
    folder = repository(tmp_path / "composed", {"compose.yaml": COMPOSE})
    put(folder, {"compose.yaml": COMPOSE.replace("nginx", "nginx, cpus: 8")})
    ran = diff(folder, cache, "HEAD", *path)
    assert (ran.status, "compose.yaml" in ran.out) == (0, True)


def test_what_several_files_describe_is_told_and_not_passed_over(tmp_path: Path, cache: Path) -> None:
    folder = repository(tmp_path / "composed", {"compose.yaml": COMPOSE, "compose.override.yaml": COMPOSE})
    put(folder, {"compose.yaml": COMPOSE + "# more\n"})
    ran = diff(folder, cache, "HEAD")
    assert (ran.status, "is not compared" in ran.err) == (2, True)


@pytest.mark.parametrize("path", ["-", ".."])
def test_what_git_knows_nothing_of_is_refused(path: str, project: Path, cache: Path) -> None:
    assert diff(project, cache, "HEAD", path).status == 2
