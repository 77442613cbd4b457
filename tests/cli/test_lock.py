"""The decision lock, through the real command."""

import json
from pathlib import Path

import pytest

from tests.cli.command import DAY, Ran, run

FILE = """\
version: 1
name: x
kubernetes: {required: false}
team: {hosts: avoid, kubernetes: none}
services:
  web: {kind: web, cpu: 0.5, memory: 1 GiB, traffic: spiky, trigger: http}
  job: {kind: batch, memory: 2 GiB, gpus: 1, duration: 20 min}
"""
BIG = """\
version: 1
name: big
kubernetes: {required: false}
services: {crunch: {kind: web, cpu: 20, memory: 100 GiB, traffic: spiky}}
"""


@pytest.fixture
def project(tmp_path: Path, cache: Path) -> Path:
    """A project whose decisions are locked."""
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "workload.yaml").write_text(FILE, encoding="utf-8")
    ran = run("lock", "--as-of", DAY, cwd=tmp_path, cache=cache)
    assert (ran.status, "about 1 file locked in archadvisor.lock" in ran.out, ran.err) == (0, True, "")
    return tmp_path


def edit(project: Path, old: str, new: str) -> None:
    file = project / "shop" / "workload.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def checked(folder: Path, cache: Path, *arguments: str, day: str = DAY) -> Ran:
    return run("check", *(arguments or (".",)), "--as-of", day, cwd=folder, cache=cache)


def flowing(ran: Ran) -> str:
    return " ".join(ran.shown.split())


# An edit -> the exit status, and what is shown.
EDITS = [
    ("version: 1", "# more\nversion: 1", 0, "locked 12 of 12 hold"),
    ("cpu: 0.5", "cpu: 1", 0, "locked 12 of 12 hold"),
    ("name: x", "name: x\npriorities: [cost]", 0, "for another reason: orchestrator"),
    ("gpus: 1", "gpus: 0", 1, "no longer: compute of job"),
    ("gpus: 1", "gpus: 0", 1, "[lock/no-longer-holds]: `compute` of `job` was locked as `ec2` and is `fargate` now"),
    ("gpus: 1", "gpus: 0", 1, "`services.job.gpus` was 1 and is 0"),
    ("name: x", "name: x\ndecisions: {compute: {web: ec2}}", 1, "and is `ec2` now: it is declared"),
    ("services:", "services:\n  api: {kind: web}", 0, "note[lock/out-of-date]"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "status", "shown"), EDITS)
def test_check_says_of_each_decision_whether_it_holds(
    project: Path, cache: Path, old: str, new: str, status: int, shown: str
) -> None:
    edit(project, old, new)
    ran = checked(project, cache)
    assert (ran.status, shown in flowing(ran)) == (status, True), ran


def test_the_json_lists_each_decision(project: Path, cache: Path) -> None:
    edit(project, "gpus: 1", "gpus: 0")
    (shown,) = json.loads(checked(project, cache, ".", "--format", "json").out)["workloads"]
    assert {"decision": "compute", "subject": "services.job", "holding": "broken"} in shown["locked"]
    assert {"decision": "compute", "subject": "services.web", "holding": "holds"} in shown["locked"]


def test_reasons_are_compared_where_many_files_are_checked(project: Path, cache: Path) -> None:
    (project / "other.workload.yaml").write_text(BIG, encoding="utf-8")
    assert "locked 12 of 12 hold" in flowing(checked(project, cache))


def test_a_decision_that_only_the_day_changed_is_told_with_the_value_and_the_day(tmp_path: Path, cache: Path) -> None:
    (tmp_path / "workload.yaml").write_text(BIG, encoding="utf-8")
    assert run("lock", "--as-of", "2024-06-01", cwd=tmp_path, cache=cache).status == 0
    assert "lock/" not in checked(tmp_path, cache, day="2026-08-19").out
    ran = checked(tmp_path, cache, day="2026-08-20")
    assert ran.status == 0
    told = (
        "warning[lock/lapsed]: `compute` of `crunch` was locked as `ec2` and is `fargate` since 2026-08-20, though no "
        "fact has changed: `valid_from: 2026-08-20` of `cpu: 32` in the catalog's `fargate_sizes`"
    )
    assert told in flowing(ran), ran
    assert "lock/no-longer-holds" not in ran.out


def test_the_lock_is_found_beside_or_above_a_file_and_can_be_named(project: Path, cache: Path) -> None:
    edit(project, "gpus: 1", "gpus: 0")
    assert checked(project / "shop", cache, "workload.yaml").status == 1
    (project / "archadvisor.lock").rename(project / "other.json")
    assert checked(project, cache).status == 0
    assert checked(project, cache, ".", "--lock", "other.json").status == 1
    (project / "shop" / "archadvisor.lock").write_bytes((project / "other.json").read_bytes())
    assert "locked" not in checked(project, cache).out, "the nearest lock knows no such file"


def test_the_lock_is_the_same_bytes_again_and_holds_what_decisions_rest_on(project: Path, cache: Path) -> None:
    first = (project / "archadvisor.lock").read_bytes()
    assert run("lock", "shop", ".", "--as-of", DAY, cwd=project, cache=cache).status == 0
    assert (project / "archadvisor.lock").read_bytes() == first
    shown = json.loads(first)
    assert (shown["as_of"], list(shown["packs"]), "fargate_sizes" in shown["catalog"]) == (DAY, ["aws"], True)
    (compute,) = [
        each
        for each in shown["files"]["shop/workload.yaml"]
        if (each["decision"], each["subject"]) == ("compute", "services.job")
    ]
    assert compute["facts"]["services.job.gpus"] == "1"
    assert "compute/gpus-need-hosts" in compute["rules"]
    assert sorted(path.name for path in project.iterdir()) == ["archadvisor.lock", "shop"]


BROKEN = [
    (b"{", "the file is not valid JSON"),
    (b"{}", "the key `schema` is missing"),
    (b'{"schema": "lock/2"}', "expected `lock/1`, found `lock/2`"),
    (b'{"schema": "lock/1", "as_of": "2026-02-30", "packs": {}, "catalog": {}, "files": {}}', "is no day"),
    (b"\xff", "the file is not UTF-8 text"),
]


@pytest.mark.parametrize(("content", "message"), BROKEN)
def test_a_broken_lock_is_told(project: Path, cache: Path, content: bytes, message: str) -> None:
    (project / "archadvisor.lock").write_bytes(content)
    for arguments in ((".",), (".", "--lock", "archadvisor.lock")):
        ran = checked(project, cache, *arguments)
        assert (ran.status, ran.out, message in ran.err, "archadvisor.lock" in ran.err) == (2, "", True, True), ran


def test_what_cannot_be_locked_is_told_and_changes_nothing(project: Path, cache: Path) -> None:
    before = (project / "archadvisor.lock").read_bytes()
    (project / "empty").mkdir()
    nothing = run("lock", "empty", cwd=project, cache=cache)
    assert (nothing.status, "nothing was locked" in nothing.err) == (3, True)
    assert run("lock", "--lock", "no/folder.lock", cwd=project, cache=cache).status == 2
    assert checked(project, cache, ".", "--lock", "gone.lock").status == 2
    edit(project, "version: 1", "version: 2")
    ran = run("lock", cwd=project, cache=cache)
    assert (ran.status, "expected `1`, found `2`" in ran.err) == (2, True)
    assert (project / "archadvisor.lock").read_bytes() == before


@pytest.mark.parametrize("name", ["no-longer-holds", "lapsed", "out-of-date"])
def test_the_rules_about_locks_are_explained(tmp_path: Path, cache: Path, name: str) -> None:
    assert run("explain", f"lock/{name}", cwd=tmp_path, cache=cache).status == 0
