"""`report --adr` and `adr check`, through the real commands."""

import re
from pathlib import Path

import pytest
import yaml

from tests.cli.command import DAY, Ran, run

WORKLOAD = """version: 1
name: shop
regions: [eu-west-1]
services:
  web: {kind: web, cpu: 0.5, memory: 1 GiB, traffic: spiky}
"""
COMPUTE = "0003-compute.md"


@pytest.fixture
def project(tmp_path: Path, cache: Path) -> Path:
    """A workload with its records, all of them accepted."""
    (tmp_path / "workload.yaml").write_text(WORKLOAD, encoding="utf-8")
    ran = record(tmp_path, cache)
    assert (ran.status, ran.err) == (0, "")
    for file in (tmp_path / "adr").iterdir():
        edit(file, "status: proposed", "status: accepted")
    return tmp_path


def record(folder: Path, cache: Path, day: str = DAY) -> Ran:
    return run("report", "workload.yaml", "--adr", "adr", "--as-of", day, cwd=folder, cache=cache)


def checked(folder: Path, cache: Path) -> Ran:
    return run("adr", "check", "adr", "--as-of", DAY, cwd=folder, cache=cache)


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def texts(folder: Path) -> dict[str, str]:
    return {file.name: file.read_text(encoding="utf-8") for file in sorted((folder / "adr").iterdir())}


def test_each_decision_has_a_record_in_the_form_of_madr(project: Path) -> None:
    found = texts(project)
    assert [re.sub(r"\d+-|\.md", "", name) for name in found][:4] == [
        "packaging",
        "orchestrator",
        "compute",
        "capacity",
    ]
    text = found[COMPUTE]
    head = yaml.safe_load(text.split("---")[1])
    assert (head["status"], str(head["date"])) == ("accepted", DAY)
    titles = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    assert titles == [
        "compute: AWS Fargate",
        "Context and Problem Statement",
        "Considered Options",
        "Decision Outcome",
        "Consequences",
        "Facts",
        "More Information",
        "Notes",
    ]
    assert "- `services.web.traffic` is spiky (stated)" in text


# Services on EKS -> the options that there are for their hosts.
ON_EKS = "{version: 1, name: shop, kubernetes: {required: true}, team: {hosts: accept}, services: {%s}}\n"
NODES = "api: {kind: web, needs: [custom_ami]}"
SERVERS = "press: {kind: worker, location: {kind: on_premises}}"
OPTIONS = [
    (NODES, ["Amazon EKS Auto Mode", "Amazon EKS managed node group", "Self-managed EC2 instances"]),
    (SERVERS, ["Amazon EKS Hybrid Nodes", "Amazon EKS Anywhere"]),
    (
        f"{NODES}, {SERVERS}",
        [
            "Amazon EKS Auto Mode",
            "Amazon EKS managed node group",
            "Self-managed EC2 instances",
            "Amazon EKS Hybrid Nodes",
            "Amazon EKS Anywhere",
        ],
    ),
]


@pytest.mark.parametrize(("services", "options"), OPTIONS)
def test_options_that_are_none_here_were_not_considered(
    tmp_path: Path, cache: Path, services: str, options: list[str]
) -> None:
    (tmp_path / "workload.yaml").write_text(ON_EKS % services, encoding="utf-8")
    record(tmp_path, cache)
    (text,) = (text for name, text in texts(tmp_path).items() if name.endswith("-hosts.md"))
    considered = text.partition("## Considered Options\n")[2].partition("\n## ")[0]
    assert re.findall(r"^- ([^:]+): ", considered, re.MULTILINE) == options


def test_a_second_run_changes_nothing_on_any_day(project: Path, cache: Path) -> None:
    before = texts(project)
    ran = record(project, cache, "2026-11-24")
    assert (ran.status, ran.out) == (0, "no record has changed\n")
    assert texts(project) == before


def test_what_people_write_is_kept_when_reasons_change(project: Path, cache: Path) -> None:
    file = project / "adr" / COMPUTE
    edit(file, "date:", "decision-makers: [ana, bo]\ndate:")
    file.write_text(file.read_text(encoding="utf-8") + "We talked for an hour.\n", encoding="utf-8")
    edit(project / "workload.yaml", "traffic: spiky", "traffic: idle")
    ran = record(project, cache)
    assert f"updated: adr/{COMPUTE}" in ran.out
    text = texts(project)[COMPUTE]
    assert "decision-makers: [ana, bo]" in text
    assert text.endswith("We talked for an hour.\n")
    assert "`services.web.traffic` is idle" in text
    assert "status: accepted" in text


def test_a_changed_decision_supersedes_its_record(project: Path, cache: Path) -> None:
    file = project / "adr" / COMPUTE
    before = file.read_text(encoding="utf-8")
    edit(project / "workload.yaml", "cpu: 0.5", "cpu: 40")
    ran = record(project, cache)
    new = re.search(r"new: adr/(\d{4})-compute\.md", ran.out)
    assert new is not None
    assert f"superseded: adr/{COMPUTE}" in ran.out
    link = f"status: superseded by [{new[1]}]({new[1]}-compute.md)"
    assert file.read_text(encoding="utf-8") == before.replace("status: accepted", link)
    text = texts(project)[f"{new[1]}-compute.md"]
    assert "# compute: Amazon EC2" in text
    assert f"Supersedes [0003]({COMPUTE})." in text
    assert record(project, cache).out == "no record has changed\n"


def test_records_of_people_keep_their_numbers_and_their_text(tmp_path: Path, cache: Path) -> None:
    (tmp_path / "workload.yaml").write_text(WORKLOAD, encoding="utf-8")
    (tmp_path / "adr").mkdir()
    (tmp_path / "adr" / "0041-use-postgres.md").write_text("# Use Postgres\n", encoding="utf-8")
    record(tmp_path, cache)
    found = texts(tmp_path)
    assert found["0041-use-postgres.md"] == "# Use Postgres\n"
    assert "0042-packaging.md" in found


def test_a_rejected_record_stays_as_it_is(project: Path, cache: Path) -> None:
    file = project / "adr" / COMPUTE
    edit(file, "status: accepted", "status: rejected")
    before = file.read_text(encoding="utf-8")
    edit(project / "workload.yaml", "traffic: spiky", "traffic: idle")
    assert COMPUTE not in record(project, cache).out
    edit(project / "workload.yaml", "cpu: 0.5", "cpu: 40")
    assert re.search(r"new: adr/\d{4}-compute\.md", record(project, cache).out)
    assert file.read_text(encoding="utf-8") == before


def test_records_that_hold_are_counted(project: Path, cache: Path) -> None:
    ran = checked(project, cache)
    assert ran.status == 0
    assert re.fullmatch(r"\d accepted records checked, none contradicted\n", ran.out)


# An edit of the workload -> what is said of the record.
CONTRADICTIONS = [
    ("cpu: 0.5", "cpu: 40", f"{COMPUTE}: `compute` of `web` was accepted as AWS Fargate, and the advice is Amazon EC2"),
    ("cpu: 0.5", "cpu: 40", "`services.web.cpu` is 40 vCPU"),
    ("kind: web", "kind: batch", "0005-runner.md: `runner` of `web` was accepted as Service"),
    ("kind: web", "kind: batch", "`services.web.kind` is batch"),
]


@pytest.mark.parametrize(("old", "new", "said"), CONTRADICTIONS)
def test_a_contradiction_names_the_fact_that_changed(project: Path, cache: Path, old: str, new: str, said: str) -> None:
    edit(project / "workload.yaml", old, new)
    ran = checked(project, cache)
    assert ran.status == 1
    assert said in ran.out


def test_proposals_are_not_held_against_anything(project: Path, cache: Path) -> None:
    for file in (project / "adr").iterdir():
        edit(file, "status: accepted", "status: proposed")
    ran = checked(project, cache)
    assert ran.status == 3
    assert ran.err == "nothing was checked: no record in adr is accepted\n"


def test_what_cannot_be_used_is_told(project: Path, cache: Path) -> None:
    file = project / "adr" / COMPUTE
    edit(file, '{"workload"', '{"work')
    ran = checked(project, cache)
    assert ran.status == 2
    assert "what archadvisor wrote here was changed and cannot be read" in ran.err
    assert record(project, cache).status == 2
    file.unlink()
    (project / "workload.yaml").unlink()
    ran = checked(project, cache)
    assert ran.status == 2
    assert "workload.yaml" in ran.err
    assert run("adr", "check", "nowhere", cwd=project, cache=cache).status == 2


SPELLINGS = ["status: accepted # agreed", 'status: "accepted"', "status:\n  accepted", "status: accepted  "]


@pytest.mark.parametrize("spelled", SPELLINGS)
def test_a_status_is_read_as_yaml(project: Path, cache: Path, spelled: str) -> None:
    for file in (project / "adr").iterdir():
        edit(file, "status: accepted", spelled if file.name == COMPUTE else "status: proposed")
    ran = checked(project, cache)
    assert (ran.status, ran.out) == (0, "1 accepted record checked, none contradicted\n"), ran


# An edit of a record, as bytes -> what is said of it.
UNREADABLE = [
    (b"status: accepted", b"status: [", "the file is not valid YAML"),
    (b"status: accepted", b"status: x\nstatus: y", f"{COMPUTE}:3:1"),
    (b"## Notes", b"## Notes\n\nZo\xe9 agreed.", "the file is not UTF-8 text"),
]


@pytest.mark.parametrize(("old", "new", "said"), UNREADABLE)
def test_a_record_that_cannot_be_read_is_told_and_kept(
    project: Path, cache: Path, old: bytes, new: bytes, said: str
) -> None:
    file = project / "adr" / COMPUTE
    file.write_bytes(file.read_bytes().replace(old, new))
    before = file.read_bytes()
    edit(project / "workload.yaml", "traffic: spiky", "traffic: idle")
    for ran in (checked(project, cache), record(project, cache)):
        assert (ran.status, said in ran.err) == (2, True), ran
    assert file.read_bytes() == before


def test_a_record_keeps_its_line_ends(project: Path, cache: Path) -> None:
    file = project / "adr" / COMPUTE
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    assert re.match(r"\d accepted records checked, none", checked(project, cache).out)
    edit(project / "workload.yaml", "traffic: spiky", "traffic: idle")
    assert f"updated: adr/{COMPUTE}" in record(project, cache).out
    assert file.read_bytes().startswith(b"\xef\xbb\xbf---\r\n")
    assert file.read_bytes().count(b"\n") == file.read_bytes().count(b"\r\n")
    assert record(project, cache).out == "no record has changed\n"


def test_records_of_people_may_say_what_they_like(project: Path, cache: Path) -> None:
    (project / "adr" / "0041-use-postgres.md").write_bytes(b"---\nstatus: [\n---\n\nZo\xe9\n")
    assert checked(project, cache).status == 0
