"""A fleet on the processes of this machine: whole, resumed, and isolated from what kills processes."""

import os
import shutil
import signal
import time
from pathlib import Path

import pytest

from tests.cli.command import run
from tests.fleet.reaper import reaped
from tests.fleet.runs import BROKEN, SMALL, fleet, rows, said, started, write


@pytest.fixture(scope="module")
def undisturbed(teams: Path, cache: Path) -> Path:
    ran = fleet("teams", "--out", "out", "--quiet", cwd=teams.parent, cache=cache)
    assert (ran.status, ran.err) == (2, "")
    assert "153 files: 150 workloads" in ran.out
    return teams.parent / "out"


def test_every_workload_has_decisions_and_every_other_file_a_diagnostic(teams: Path, undisturbed: Path) -> None:
    found = rows(undisturbed)
    files = {f"teams/{file.relative_to(teams).as_posix()}" for file in teams.rglob("*.yaml")}
    broken = {f"teams/{name}" for name in BROKEN}
    assert {row["uri"] for row in found["decisions"]} == files - broken
    assert {row["uri"] for row in found["diagnostics"]} == broken
    assert {row["team"] for row in found["decisions"]} == {f"team-{number:04}" for number in range(2)}


def test_a_second_run_has_nothing_to_do_and_changes_nothing(teams: Path, undisturbed: Path, cache: Path) -> None:
    before = {file: file.stat().st_mtime_ns for file in undisturbed.rglob("*.parquet")}
    ran = fleet("teams", "--out", "out", cwd=teams.parent, cache=cache)
    assert "none of them done before" not in said(ran)
    assert {file: file.stat().st_mtime_ns for file in undisturbed.rglob("*.parquet")} == before


def test_what_is_killed_goes_on_without_loss_or_duplicates(teams: Path, undisturbed: Path, cache: Path) -> None:
    out = teams.parent / "killed"
    running = started("teams", "--out", "killed", "--jobs", "1", cwd=teams.parent, cache=cache)
    while not list(out.glob("manifests/*.json")):
        time.sleep(0.01)
    os.killpg(running.pid, signal.SIGKILL)
    running.communicate()
    done = len(list(out.glob("manifests/*.json")))
    assert done < len(list(undisturbed.glob("manifests/*.json")))
    (out / "decisions" / f".part-{'0' * 24}.parquet.half").write_bytes(b"half")
    ran = fleet("teams", "--out", "killed", cwd=teams.parent, cache=cache)
    assert f"{done} of them done before" in said(ran)
    assert rows(out) == rows(undisturbed)
    assert {file.name for file in out.rglob("*")} == {file.name for file in undisturbed.rglob("*")}


def test_nothing_but_a_fleet_is_overwritten(cache: Path, tmp_path: Path) -> None:
    write(tmp_path / "team" / "workload.yaml", SMALL)
    for folder, name in (("other", "run.json"), ("notes", "notes.txt")):
        write(tmp_path / folder / name, "{}")
        ran = fleet("team", "--out", folder, cwd=tmp_path, cache=cache)
        assert (ran.status, f"`{name}` lies in it" in ran.err) == (2, True), ran.shown
        assert {file.name: file.read_text() for file in (tmp_path / folder).iterdir()} == {name: "{}"}
    write(tmp_path / "empty" / ".gitkeep", "")
    for _ in range(2):
        assert fleet("team", "--out", "empty", cwd=tmp_path, cache=cache).status == 0


def test_of_several_sources_each_is_a_team_or_holds_some(teams: Path, cache: Path) -> None:
    sources = ("teams/team-0001", "teams/team-0001/../../teams")
    assert fleet(*sources, "--out", "several", cwd=teams.parent, cache=cache).status == 2
    assert {row["team"] for row in rows(teams.parent / "several")["decisions"]} == {"team-0000", "team-0001"}


def test_an_included_file_that_cannot_be_read_is_told_beside_the_advice(tmp_path: Path, cache: Path) -> None:
    text = "include: [gone.yaml]\nservices: {web: {image: x}}\n"
    (tmp_path / "compose.yaml").write_text(text, encoding="utf-8")
    assert fleet("compose.yaml", "--out", "out", cwd=tmp_path, cache=cache).status == 2
    found = rows(tmp_path / "out")
    assert {row["uri"] for row in found["decisions"]} == {"compose.yaml"}
    assert ["gone.yaml" in row["message"] for row in found["diagnostics"]] == [True]


def test_ctrl_c_ends_all_processes_without_a_traceback(teams: Path, cache: Path) -> None:
    running = started("teams", "--out", "interrupted", "--jobs", "2", cwd=teams.parent, cache=cache)
    while not (teams.parent / "interrupted" / "pack.json").exists():
        time.sleep(0.01)
    os.killpg(running.pid, signal.SIGINT)
    out, err = running.communicate(timeout=20)
    assert (running.returncode, out) == (130, b"")
    assert b"Traceback" not in err
    with pytest.raises(ProcessLookupError):
        os.killpg(running.pid, 0)


def test_a_file_that_processes_die_of_costs_only_itself(teams: Path, undisturbed: Path, cache: Path) -> None:
    folder = teams.parent / "poisoned" / "teams"
    shutil.copytree(teams, folder)
    poison = folder / "team-0001" / "poison.workload.yaml"
    os.mkfifo(poison)
    sources = ("teams", "teams/team-0001/poison.workload.yaml")  # a walk passes over what is no file
    with reaped(poison):
        ran = fleet(*sources, "--out", "out", cwd=folder.parent, cache=cache)
    assert ran.status == 2
    found, usual = rows(folder.parent / "out"), rows(undisturbed)
    assert (found["decisions"], found["findings"]) == (usual["decisions"], usual["findings"])
    (fatal,) = [row for row in found["diagnostics"] if row not in usual["diagnostics"]]
    assert fatal["uri"] == "teams/team-0001/poison.workload.yaml"
    assert fatal["message"] == "the check of this file ended before it was done"
    (manifest,) = [file for file in folder.parent.glob("out/manifests/*") if '"again": 1' in file.read_text("utf-8")]
    with reaped(poison):
        again = fleet(*sources, "--out", "out", cwd=folder.parent, cache=cache)
    assert f"{len(list(manifest.parent.iterdir())) - 1} of them done before" in said(again)


def test_a_changed_file_changes_one_batch(teams: Path, undisturbed: Path, cache: Path) -> None:
    folder = teams.parent / "changing"
    shutil.copytree(teams, folder / "teams")
    first = fleet("teams", "--out", "out", cwd=folder, cache=cache)
    before = {file.name for file in (folder / "out").rglob("*.parquet")}
    (folder / "teams" / "team-0000" / "broken.workload.yaml").write_bytes(b"version: 1\nname: mended\n")
    second = fleet("teams", "--out", "out", cwd=folder, cache=cache)
    after = {file.name for file in (folder / "out").rglob("*.parquet")}
    assert len(before - after) == len(after - before) == 1
    assert ("151 workloads" in second.out, "150 workloads" in first.out) == (True, True)


@pytest.mark.parametrize(
    ("sources", "status", "said"),
    [
        (["nowhere"], 2, "there is no such file or folder"),
        (["empty"], 3, "no workload was found: of folders workload files are taken"),
        (["teams/*/none.yaml"], 2, "no file fits this pattern"),
        (["foo://bar"], 2, "protocol not known: foo"),
    ],
)
def test_what_is_not_there_is_told(sources: list[str], status: int, said: str, teams: Path, cache: Path) -> None:
    (teams.parent / "empty").mkdir(exist_ok=True)
    ran = fleet(*sources, "--out", "nothing", cwd=teams.parent, cache=cache)
    assert (ran.status, said in ran.shown) == (status, True)
    assert not (teams.parent / "nothing").exists()


@pytest.mark.parametrize(
    ("out", "said"),
    [("", "this is no name of a folder"), ("memory://x", "what is in memory is gone when this command ends")],
)
def test_results_that_would_be_nowhere_are_refused(out: str, said: str, teams: Path, cache: Path) -> None:
    before = set(teams.parent.iterdir())
    ran = fleet("teams", "--out", out, cwd=teams.parent, cache=cache)
    assert (ran.status, said in ran.err, set(teams.parent.iterdir())) == (2, True, before)


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        (["a/workload.yaml", "b/workload.yaml"], {"a", "b"}),
        ([".", "../other"], {"a", "b", "other"}),
        (["a/workload.yaml"], {None}),
    ],
)
def test_what_lies_in_a_source_itself_is_of_its_folder(
    sources: list[str], expected: set[str | None], tmp_path: Path, cache: Path
) -> None:
    for name in ("in/a", "in/b", "other"):
        write(tmp_path / name / "workload.yaml", SMALL)
    assert fleet(*sources, "--out", "out", cwd=tmp_path / "in", cache=cache).status == 0
    assert {row["team"] for row in rows(tmp_path / "in" / "out")["decisions"]} == expected


@pytest.mark.parametrize("out", ["res[1]", "res*"])
def test_the_name_of_a_folder_is_no_pattern(out: str, tmp_path: Path, cache: Path) -> None:
    write(tmp_path / "teams[1]" / "workload.yaml", SMALL)
    for name in (out, "res1"):
        assert fleet("teams[1]", "--out", name, cwd=tmp_path, cache=cache).status == 0
    other = rows(tmp_path / "res1")
    assert "1 of them done before" in said(fleet("teams[1]", "--out", out, cwd=tmp_path, cache=cache))
    assert fleet("teams[1]", "--out", out, cwd=tmp_path, cache=cache, day="2026-11-24").status == 0
    assert len(list((tmp_path / out).rglob("*.parquet"))) == 3
    assert rows(tmp_path / "res1") == other
    assert run("fleet", "report", out, cwd=tmp_path, cache=cache).out.startswith("1 workload in 1 file")


def test_names_that_are_no_text_stay_different(tmp_path: Path, cache: Path) -> None:
    for name in (b"\xfe", b"\xff"):
        with open(os.path.join(os.fsencode(tmp_path), name + b".workload.yaml"), "w", encoding="utf-8") as file:
            file.write(SMALL)
    assert fleet(".", "--out", "out", cwd=tmp_path, cache=cache).status == 0
    assert len({row["uri"] for row in rows(tmp_path / "out")["decisions"]}) == 2


def test_a_damaged_batch_is_not_done(tmp_path: Path, cache: Path) -> None:
    write(tmp_path / "teams" / "workload.yaml", SMALL)
    assert fleet("teams", "--out", "out", cwd=tmp_path, cache=cache).status == 0
    whole = rows(tmp_path / "out")
    for name, data in (("manifests", "[]"), ("manifests", "{}"), ("manifests", '{"files": 1'), ("decisions", "PAR1")):
        (file,) = (tmp_path / "out" / name).iterdir()
        file.write_text(data, encoding="utf-8")
        assert "none of them done before" in said(fleet("teams", "--out", "out", cwd=tmp_path, cache=cache))
        assert rows(tmp_path / "out") == whole
    next((tmp_path / "out" / "findings").iterdir()).unlink()
    assert "not finished: 1 batch" in said(run("fleet", "report", "out", cwd=tmp_path, cache=cache))
    assert "none of them done before" in said(fleet("teams", "--out", "out", cwd=tmp_path, cache=cache))


def test_a_file_of_another_tool_is_checked_again_as_its_neighbours_may_have_changed(
    tmp_path: Path, cache: Path
) -> None:
    write(tmp_path / "c/compose.yaml", "services: {web: {image: shop, privileged: '${PRIVILEGED:-false}'}}\n")
    found = []
    for variables in ("PRIVILEGED=true\n", "PRIVILEGED=false\n"):
        write(tmp_path / "c/.env", variables)
        assert "none of them done before" in said(fleet("c/*.yaml", "--out", "out", cwd=tmp_path, cache=cache))
        found += [row["option"] for row in rows(tmp_path / "out")["decisions"] if row["decision"] == "compute"]
    assert found == ["ec2", "fargate"]


def test_teams_are_found_in_the_uri(teams: Path, cache: Path) -> None:
    ran = fleet("teams/*/app-00000*.yaml", "--out", "g", "--team-from", r"app-0*(\d+)\.", cwd=teams.parent, cache=cache)
    assert ran.status == 0
    assert {row["team"] for row in rows(teams.parent / "g")["decisions"]} == {str(number) for number in range(10)}


def test_a_secret_is_nowhere_in_the_results(tmp_path: Path, cache: Path) -> None:
    secret = "hunter2hunter2-0xCAFE"
    text = f"services: {{web: {{image: shop, environment: {{DATABASE_PASSWORD: {secret}}}}}}}\n"
    (tmp_path / "compose.yaml").write_text(text, encoding="utf-8")
    assert fleet("compose.yaml", "--out", "out", cwd=tmp_path, cache=cache).status == 0
    found = sorted(row["rule"] for row in rows(tmp_path / "out")["findings"])
    assert found == ["lint/plain-text-secret", "registry/images-of-docker-hub-pull-through-a-cache"]
    report = fleet_report(tmp_path, cache)
    assert secret not in report
    assert not [row for table in rows(tmp_path / "out").values() for row in table if secret in repr(row)]


def fleet_report(folder: Path, cache: Path) -> str:
    return run("fleet", "report", "out", "--format", "json", cwd=folder, cache=cache).out
