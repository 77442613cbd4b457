"""The commands beside `check`, run as programs."""

import json
from pathlib import Path

import pytest

from tests.cli.command import DAY, ROOT, run

WEBSHOP = str(ROOT / "samples" / "webshop" / "workload.yaml")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("compute/gpus-need-hosts", ["rules out fargate", "service.gpus is more than 0", "checked 2026", "fires"]),
        ("hosts", ["managed_instances", "(default)", "choice.compute is ec2 or external"]),
        ("service.ecs_fargate_size", ["derived from", "service.cpu"]),
        ("team.hosts", ["`never`", "unknown: asked for", "hosts/nobody-patches-hosts"]),
    ],
)
def test_explain_tells_what_a_name_is(tmp_path: Path, cache: Path, name: str, told: list[str]) -> None:
    ran = run("explain", name, cwd=tmp_path, cache=cache)
    assert ran.status == 0
    assert [words for words in told if words not in ran.out] == []


def test_an_unknown_name_gets_the_nearest_ones(tmp_path: Path, cache: Path) -> None:
    ran = run("explain", "compute/gpu-needs-host", cwd=tmp_path, cache=cache)
    assert ran.status == 2
    assert "did you mean `compute/gpus-need-hosts`" in ran.err
    assert ran.out == ""


def test_rules_can_be_listed_and_narrowed(tmp_path: Path, cache: Path) -> None:
    everything = run("rules", cwd=tmp_path, cache=cache)
    some = run("rules", "list", "--decision", "compute", "gpu", cwd=tmp_path, cache=cache)
    assert everything.out.count("\n") > some.out.count("\n") > 1
    assert "compute/gpus-need-hosts  rules out fargate" in some.out
    assert run("rules", "list", "no such rule", cwd=tmp_path, cache=cache).status == 3


@pytest.mark.parametrize("name", ["workload", "pack", "advice", "catalog"])
def test_a_schema_is_printed_as_published(tmp_path: Path, cache: Path, name: str) -> None:
    ran = run("schema", name, cwd=tmp_path, cache=cache)
    assert json.loads(ran.out) == json.loads((ROOT / "schema" / f"{name}.schema.json").read_text(encoding="utf-8"))


def test_a_report_goes_to_a_file_or_to_stdout_alike(tmp_path: Path, cache: Path) -> None:
    printed = run("report", WEBSHOP, "--as-of", DAY, cwd=tmp_path, cache=cache)
    saved = run("report", WEBSHOP, "--as-of", DAY, "-o", "design.md", cwd=tmp_path, cache=cache)
    assert (saved.status, saved.shown) == (0, "")
    assert (tmp_path / "design.md").read_text(encoding="utf-8") == printed.out
    assert [file.name for file in tmp_path.iterdir() if file.name.startswith(".design")] == []
    assert "```mermaid\nflowchart LR" in printed.out


@pytest.mark.parametrize("output", ["no/such/folder/design.md", "folder.md"])
def test_a_report_that_cannot_be_written_says_so(tmp_path: Path, cache: Path, output: str) -> None:
    (tmp_path / "folder.md").mkdir()
    ran = run("report", WEBSHOP, "-o", output, cwd=tmp_path, cache=cache)
    assert ran.status == 2
    assert "the file cannot be written" in ran.err


def test_a_day_that_is_none_is_refused(tmp_path: Path, cache: Path) -> None:
    ran = run("check", WEBSHOP, "--as-of", "2026-02-30", cwd=tmp_path, cache=cache)
    assert ran.status == 2
    assert "`2026-02-30` is no day" in ran.err


def test_the_day_rules_the_facts(tmp_path: Path, cache: Path) -> None:
    file = tmp_path / "workload.yaml"
    file.write_text(
        "version: 1\nname: big\nkubernetes: {required: false}\n"
        "services: {crunch: {kind: web, cpu: 20, memory: 100 GiB, traffic: spiky}}\n",
        encoding="utf-8",
    )
    options = {}
    for day in ("2024-06-01", "2026-09-01"):
        ran = run("check", "workload.yaml", "--format", "json", "--as-of", day, cwd=tmp_path, cache=cache)
        outcomes = json.loads(ran.out)["workloads"][0]["decisions"]
        options[day] = next(found["option"] for found in outcomes if found["decision"] == "compute")
    assert options == {"2024-06-01": "ec2", "2026-09-01": "fargate"}


def test_with_nothing_assumed_more_is_asked(tmp_path: Path, cache: Path) -> None:
    assumed = run("check", WEBSHOP, "--as-of", DAY, cwd=tmp_path, cache=cache)
    nothing = run("check", WEBSHOP, "--as-of", DAY, "--assume-nothing", cwd=tmp_path, cache=cache)
    assert "none provisional" in assumed.out.replace("\n", " ")
    assert "tell me" in nothing.out


def test_rules_are_not_exercised_by_nothing(folder: Path, cache: Path) -> None:
    ran = run("rules", "coverage", "empty", cwd=folder, cache=cache)
    assert (ran.status, ran.out, "there is no workload file in it" in ran.err) == (2, "", True), ran.shown
