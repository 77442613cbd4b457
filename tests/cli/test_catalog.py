"""`archadvisor catalog`, and answers of another day, through the real command."""

import json
from pathlib import Path

import pytest

from tests.cli.command import DAY, run


def test_the_tables_are_listed_with_what_rests_on_them(tmp_path: Path, cache: Path) -> None:
    ran = run("catalog", "list", "fargate_sizes", cwd=tmp_path, cache=cache)
    assert ran.status == 0
    assert "cpu 32, orchestrators ecs, systems linux, memory 60/120/244 (from 2026-08-20)" in " ".join(ran.out.split())
    assert "compute/beyond-ecs-fargate-sizes" in ran.out
    told = json.loads(run("catalog", "list", "--format", "json", cwd=tmp_path, cache=cache).out)
    assert told["schema"] == "catalog/1"
    assert {"fargate_sizes", "prices", "eks_versions"} <= {table["table"] for table in told["tables"]}
    assert all(value["checked"] and value["sources"] for table in told["tables"] for value in table["values"])


def test_a_table_that_is_not_there_is_refused_with_the_nearest_name(tmp_path: Path, cache: Path) -> None:
    ran = run("catalog", "list", "fargate_size", cwd=tmp_path, cache=cache)
    assert ran.status == 2
    assert "`fargate_sizes`" in ran.err


@pytest.mark.parametrize(("day", "status", "told"), [(DAY, 0, "no value is past review"), ("2028-01-01", 1, "was due")])
def test_values_past_their_review_are_listed(tmp_path: Path, cache: Path, day: str, status: int, told: str) -> None:
    ran = run("catalog", "stale", "--as-of", day, cwd=tmp_path, cache=cache)
    assert (ran.status, told in ran.out) == (status, True)
    due = json.loads(run("catalog", "stale", "--as-of", day, "--format", "json", cwd=tmp_path, cache=cache).out)["due"]
    assert bool(due) is bool(status)


def test_the_catalog_agrees_with_the_rules(tmp_path: Path, cache: Path) -> None:
    ran = run("catalog", "check", "--as-of", DAY, cwd=tmp_path, cache=cache)
    assert (ran.status, ran.out.endswith("no problems\n")) == (0, True), ran.shown


@pytest.mark.parametrize(("day", "size"), [("2024-06-01", "none"), ("2026-08-19", "none"), ("2026-08-20", "32 vCPU")])
def test_the_sizes_of_a_day_are_those_of_that_day(tmp_path: Path, cache: Path, day: str, size: str) -> None:
    text = "version: 1\nname: x\nservices: {big: {kind: worker, cpu: 20, memory: 60 GiB, gpus: 0}}\n"
    (tmp_path / "workload.yaml").write_text(text, encoding="utf-8")
    ran = run("check", "workload.yaml", "--as-of", day, "--format", "json", cwd=tmp_path, cache=cache)
    (advice,) = json.loads(ran.out)["workloads"]
    compute = next(found for found in advice["decisions"] if found["decision"] == "compute")
    assert (compute["option"] == "fargate") is (size != "none")


SOON = [
    ("existing: {eks_version: '1.34'}", "2026-09-02", None),
    ("existing: {eks_version: '1.34'}", "2026-09-03", "ends on 2026-12-02"),
    ("services: {w: {endpoints: {e: {own_certificate: true}}}}", "2026-12-14", None),
    ("services: {w: {endpoints: {e: {own_certificate: true}}}}", "2026-12-15", "issued from 2027-03-15 on"),
]


@pytest.mark.parametrize(("stated", "day", "told"), SOON)
def test_what_changes_within_ninety_days_is_said(
    tmp_path: Path, cache: Path, stated: str, day: str, told: str | None
) -> None:
    (tmp_path / "workload.yaml").write_text(f"version: 1\nname: x\n{stated}\n", encoding="utf-8")
    ran = run("check", "workload.yaml", "--as-of", day, "--format", "json", cwd=tmp_path, cache=cache)
    messages = [finding["message"] for finding in json.loads(ran.out)["workloads"][0]["findings"]]
    soon = [message for message in messages if " ends on " in message or "issued from" in message]
    assert soon == [] if told is None else any(told in message for message in soon)
