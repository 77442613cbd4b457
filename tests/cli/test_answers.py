"""`what-if`, `why-not` and what `check -v` adds, run as programs."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from archadvisor.workflows.schema import generated_schema
from tests.cli.command import DAY, ROOT, Ran, run

WEBSHOP = str(ROOT / "samples" / "webshop" / "workload.yaml")
INFERENCE = str(ROOT / "samples" / "gpu-inference" / "workload.yaml")
SECRET = "version: 1\nname: x\nservices: {web: {kind: web, environment: {DB_PASSWORD: correct-horse-9}}}\n"
CLASH = """\
version: 1
name: clash
kubernetes: {required: true}
team: {hosts: never}
services: {legacy: {kind: web, os: windows, cpu: 2, memory: 8 GiB}}
"""


def _json(name: str, ran: Ran) -> Any:
    assert (ran.status, ran.err) == (0, "")
    found = json.loads(ran.out)
    jsonschema.validate(found, json.loads(generated_schema(name)))
    return found


def test_what_if_shows_before_and_after_side_by_side(tmp_path: Path, cache: Path) -> None:
    ran = run("what-if", WEBSHOP, "--set", "services.storefront.gpus=1", "--as-of", DAY, cwd=tmp_path, cache=cache)
    assert ran.status == 0
    assert "  set  services.storefront.gpus: 0 (assumed), now 1" in ran.out
    assert "  compute       storefront          AWS Fargate, clear 6  Amazon EC2, forced" in ran.out
    assert "  hosts         storefront          not asked" in ran.out
    assert "[compute/gpus-need-hosts]" in ran.out
    assert "other decisions stay as they are" in ran.out
    assert all(len(line) <= 80 for line in ran.out.splitlines() if "/" not in line)


def test_what_if_as_json_fits_its_schema(tmp_path: Path, cache: Path) -> None:
    sets = ("--set", "services.storefront.gpus=1", "--set", "decisions.orchestrator=eks")
    ran = run("what-if", WEBSHOP, *sets, "--format", "json", "--as-of", DAY, cwd=tmp_path, cache=cache)
    found = _json("what-if", ran)
    assert [each["path"] for each in found["set"]] == ["services.storefront.gpus", "decisions.orchestrator"]
    assert found["set"][1]["after"] is None
    assert {shift["decision"] for shift in found["kept"]} >= {"orchestrator", "compute", "hosts"}
    assert [each["rule"] for each in found["findings"]["new"]] == ["decisions/contradicted"]


def test_what_if_tells_every_problem_of_its_settings_at_once(tmp_path: Path, cache: Path) -> None:
    wrong = ("services.storefrnt.gpus=1", "team.hosts=nver", "x", "decisions.orchestrator=ekz")
    ran = run("what-if", WEBSHOP, *(part for each in wrong for part in ("--set", each)), cwd=tmp_path, cache=cache)
    assert (ran.status, ran.out) == (2, "")
    assert [hint for hint in ("`storefront`", "`never`", "`path", "`eks`") if f"did you mean {hint}" in ran.err] == [
        "`storefront`",
        "`never`",
        "`eks`",
    ]
    assert ran.err.count("unusable:") == 4


def test_what_if_changes_no_file_and_reads_stdin(tmp_path: Path, cache: Path) -> None:
    ran = run("what-if", "-", "--set", "services.legacy.os=linux", cwd=tmp_path, cache=cache, stdin=CLASH.encode())
    assert ran.status == 0
    assert "no answer, conflict" in ran.out
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("form", ["text", "json"])
def test_what_if_shows_no_secret(tmp_path: Path, cache: Path, form: str) -> None:
    sets = (
        "--set",
        "services.web.environment.API_TOKEN=battery-staple-7",
        "--set",
        "services.web.environment.DB_PASSWORD=x9x9x9x9",
    )
    for extra in ((), ("--set", "services.web.cpu={API_TOKEN: battery-staple-7}")):
        ran = run("what-if", "-", *sets, *extra, "--format", form, cwd=tmp_path, cache=cache, stdin=SECRET.encode())
        assert ran.status == (2 if extra else 0)
        assert [secret for secret in ("battery-staple", "correct-horse", "x9x9x9") if secret in ran.shown] == []


def test_why_not_shows_what_would_make_an_option_win_and_how_to_try_it(tmp_path: Path, cache: Path) -> None:
    ran = run("why-not", WEBSHOP, "compute/storefront=ec2", "--as-of", DAY, cwd=tmp_path, cache=cache)
    assert ran.status == 0
    assert "Amazon EC2 would win with one change, each of these:" in ran.out
    assert "services.storefront.gpus: 0 (assumed), to 1 (more than 0)" in ran.out
    assert f"try it: archadvisor what-if {WEBSHOP} --set " in ran.out


def test_why_not_leaves_alone_what_is_fixed(tmp_path: Path, cache: Path) -> None:
    asked = (WEBSHOP, "orchestrator=eks", "--as-of", DAY, "--format", "json")
    free = _json("why-not", run("why-not", *asked, cwd=tmp_path, cache=cache))
    fixed = ("--fixed", "kubernetes,location", "--fixed", "services.*.needs")
    kept = _json("why-not", run("why-not", *asked, *fixed, cwd=tmp_path, cache=cache))
    changed = [
        {change["fact"] for answer in found["answers"] for change in answer["changes"]} for found in (free, kept)
    ]
    assert {"kubernetes.required"} <= changed[0]
    assert not {fact for fact in changed[1] if fact.startswith(("kubernetes", "location")) or fact.endswith(".needs")}
    assert "services.storefront.needs" in kept["fixed"]


def test_why_not_of_what_is_advised_says_so(tmp_path: Path, cache: Path) -> None:
    ran = run("why-not", WEBSHOP, "orchestrator=ecs", cwd=tmp_path, cache=cache)
    assert (ran.status, ran.out.splitlines()[-1]) == (0, "Amazon ECS is what is advised")


def test_why_not_says_where_no_set_of_changes_helps(tmp_path: Path, cache: Path) -> None:
    ran = run("why-not", INFERENCE, "packaging/inference=function", cwd=tmp_path, cache=cache)
    assert ran.status == 0
    assert "wins with none of up to 3 changes" in ran.out


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (["orchestrator=ek"], "did you mean `eks`?"),
        (["orchestratr=eks"], "did you mean `orchestrator`?"),
        (["orchestrator"], "such as `compute/web=ec2`"),
        (["orchestrator/web=eks"], "is made for the whole workload"),
        (["compute=ec2"], "say which, such as `compute/storefront`"),
        (["compute/storfront=ec2"], "did you mean `storefront`?"),
        (["compute/storefront=ec2", "--fixed", "region"], "did you mean `regions`?"),
    ],
)
def test_why_not_names_the_nearest_that_there_is(tmp_path: Path, cache: Path, asked: list[str], told: str) -> None:
    ran = run("why-not", WEBSHOP, *asked, cwd=tmp_path, cache=cache)
    assert (ran.status, ran.out) == (2, "")
    assert told in " ".join(ran.err.split())


def test_only_verbose_advice_says_what_would_change_it(tmp_path: Path, cache: Path) -> None:
    asked = ("check", WEBSHOP, "--format", "json", "--as-of", DAY)
    plain, verbose = (
        _json("advice", run(*asked, *extra, cwd=tmp_path, cache=cache))["workloads"][0]["decisions"]
        for extra in ((), ("-v",))
    )
    assert {outcome["sensitivity"] is None for outcome in plain} == {True}
    assert {outcome["sensitivity"] is None for outcome in verbose} == {False}
    assert [{**outcome, "sensitivity": None} for outcome in verbose] == plain


def test_a_conflict_is_told_with_the_lines_of_its_facts_and_the_ways_out(tmp_path: Path, cache: Path) -> None:
    (tmp_path / "clash.yaml").write_text(CLASH, encoding="utf-8")
    text = " ".join(run("check", "-v", "clash.yaml", cwd=tmp_path, cache=cache).out.split())
    assert "these 3 cannot all hold: kubernetes.required is yes (line 3)" in text
    assert "team.hosts: never, to avoid: then Amazon EC2, Amazon EKS managed node group, On-Demand" in text
    report = run("report", "clash.yaml", cwd=tmp_path, cache=cache).out
    assert "**Conflict.** legacy: these 3 cannot all hold" in report
    assert "What would change this, one stated fact at a time:" in report
