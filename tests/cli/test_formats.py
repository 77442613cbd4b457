"""Formats, files and how much is told, through the real command."""

import json
import os
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.cli.command import DAY, Ran, run
from tests.cli.files import FAULTY, GOOD

FORMATS = ["text", "concise", "json", "sarif", "junit", "github", "gitlab", "markdown"]
STARTS = {"json": "{", "sarif": "{", "junit": "<?xml", "github": "::", "gitlab": "[", "markdown": "## archadvisor\n"}


def check(*arguments: str, cwd: Path, cache: Path, **environment: str) -> Ran:
    return run("check", "--as-of", DAY, *arguments, cwd=cwd, cache=cache, environment=environment)


@pytest.mark.parametrize("form", FORMATS)
def test_a_stream_holds_its_format_and_nothing_else(form: str, folder: Path, cache: Path) -> None:
    ran = check("mixed", "faulty.yaml", "--format", form, cwd=folder, cache=cache)
    assert (ran.status, ran.err) == (2, "")
    assert ran.out.startswith(STARTS.get(form, ""))
    assert "lint/plain-text-secret" in ran.out
    assert "mixed/b.workload.yaml" in ran.out
    if form in ("json", "sarif", "gitlab"):
        json.loads(ran.out)
    if form == "junit":
        assert ET.fromstring(ran.out).get("errors") == "2"


@pytest.mark.parametrize("form", FORMATS)
def test_a_format_goes_to_a_file_as_to_stdout(form: str, folder: Path, cache: Path, tmp_path: Path) -> None:
    printed = check("faulty.yaml", "--format", form, cwd=folder, cache=cache)
    named = check("faulty.yaml", "--format", f"{form}={tmp_path / 'a=b'}", cwd=folder, cache=cache)
    output = check("faulty.yaml", "--format", form, "--output", str(tmp_path / "c"), cwd=folder, cache=cache)
    assert [(ran.status, ran.shown) for ran in (named, output)] == [(1, "")] * 2
    assert (tmp_path / "a=b").read_text("utf-8") == (tmp_path / "c").read_text("utf-8") == printed.out
    assert len(list(tmp_path.iterdir())) == 2


def test_several_formats_come_from_one_run(folder: Path, cache: Path, tmp_path: Path) -> None:
    targets = [f"--format={form}={tmp_path / form}" for form in FORMATS]
    ran = check("faulty.yaml", *targets, "--format", "text", cwd=folder, cache=cache)
    assert ran == check("faulty.yaml", cwd=folder, cache=cache)
    for form in FORMATS:
        assert (tmp_path / form).read_text("utf-8") == check(
            "faulty.yaml", "--format", form, cwd=folder, cache=cache
        ).out


USAGE = [
    (["--format", "sarf"], "there is no format `sarf`; did you mean `sarif`?"),
    (["--format", "sarif="], "`sarif=` names no file; expected one such as `sarif=report.sarif`"),
    (["--format", "text", "--format", "json"], "two formats go to stdout"),
    (["--format", "text=x", "--format", "json=x"], "two formats go to `x`"),
    (["--format", "text=x", "--format", "json=./x"], "two formats go to `./x`"),
    (["--format", "text=x", "--output", "y"], "`--output` goes with a single `--format`"),
    (["--format", "text", "--format", "json=x", "--output", "y"], "`--output` goes with a single `--format`"),
]


@pytest.mark.parametrize(("arguments", "told"), USAGE, ids=str)
def test_formats_that_cannot_be_are_refused(
    folder: Path, cache: Path, tmp_path: Path, arguments: list[str], told: str
) -> None:
    file = tmp_path / "good.yaml"
    file.write_text(GOOD, encoding="utf-8")
    ran = check("good.yaml", *arguments, cwd=tmp_path, cache=cache)
    assert (ran.status, ran.out) == (2, "")
    assert told in " ".join(ran.err.split())
    assert list(tmp_path.iterdir()) == [file]


def test_a_file_that_cannot_be_written_is_told_and_stdout_stays_empty(folder: Path, cache: Path) -> None:
    ran = check("good.yaml", "--format", "sarif=gone/x.sarif", "--format", "text", cwd=folder, cache=cache)
    assert (ran.status, ran.out) == (2, "")
    assert "the file cannot be written: no such file or directory" in ran.err


def test_a_file_is_replaced_whole(folder: Path, cache: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    target.write_text("x" * 1_000_000, encoding="utf-8")
    check("good.yaml", "--format", "json", "-o", str(target), cwd=folder, cache=cache)
    assert json.loads(target.read_text("utf-8"))["summary"]["files"] == 1


def test_a_name_that_is_no_text_can_be_told_in_a_file(tmp_path: Path, cache: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.workload.yaml")).write_text(FAULTY, encoding="utf-8")
    targets = [f"--format={form}={form}.out" for form in FORMATS]
    assert check(".", *targets, cwd=tmp_path, cache=cache).shown == ""
    assert all((tmp_path / f"{form}.out").read_text("utf-8") for form in FORMATS)
    sarif = json.loads((tmp_path / "sarif.out").read_text("utf-8"))
    assert sarif["runs"][0]["artifacts"][0]["location"]["uri"] == "%FF.workload.yaml"


@pytest.mark.parametrize("form", ["sarif", "github", "gitlab"])
def test_a_file_is_named_from_the_folder_of_the_run_however_it_was_given(form: str, folder: Path, cache: Path) -> None:
    names = ("faulty.yaml", "./mixed/../faulty.yaml", str(folder / "faulty.yaml"))
    outputs = {check(name, "--format", form, cwd=folder, cache=cache).out for name in names}
    assert len(outputs) == 1
    assert str(folder) not in outputs.pop()


def test_junit_fails_where_the_check_does(folder: Path, cache: Path) -> None:
    for fail_on, status in (("error", 0), ("warning", 1), ("never", 0)):
        ran = check("warned.yaml", "--format", "junit", "--fail-on", fail_on, cwd=folder, cache=cache)
        assert (ran.status, ET.fromstring(ran.out).get("failures")) == (status, str(status))


@pytest.mark.parametrize("form", ["text", "concise", "markdown"])
def test_quiet_tells_findings_alone_and_nothing_where_there_are_none(form: str, folder: Path, cache: Path) -> None:
    assert check("good.yaml", "-q", "--format", form, cwd=folder, cache=cache) == Ran(0, "", "")
    ran = check("faulty.yaml", "--quiet", "--format", form, cwd=folder, cache=cache)
    assert (ran.status, "lint/plain-text-secret" in ran.out, "checked against" in ran.out) == (1, True, False)


def test_statistics_tell_how_often_each_rule_spoke(tmp_path: Path, cache: Path) -> None:
    for number in range(3):
        (tmp_path / f"{number}.workload.yaml").write_text(FAULTY, encoding="utf-8")
    ran = check(".", "--statistics", cwd=tmp_path, cache=cache)
    assert ran.status == 1
    assert ran.out.startswith("    3  error    lint/plain-text-secret\n\n3 files checked against")
    (found,) = json.loads(check(".", "--format", "json", cwd=tmp_path, cache=cache).out)["summary"]["statistics"]
    assert (found["rule"], found["findings"]) == ("lint/plain-text-secret", 3)


def test_everything_is_explained_as_markdown(tmp_path: Path, cache: Path) -> None:
    ran = run("explain", "--all", "--format", "markdown", cwd=tmp_path, cache=cache)
    names = ["compute", "compute/gpus-need-hosts", "lint/plain-text-secret", "service.gpus", "service.ecs_fargate_size"]
    headings = [line for line in ran.out.splitlines() if line.startswith("## `")]
    assert (ran.status, ran.err) == (0, "")
    assert [name for name in names if not any(line.startswith(f"## `{name}`") for line in headings)] == []
    assert len(headings) == len(set(headings)) > 400


def test_one_name_is_explained_alike_alone_and_among_all(tmp_path: Path, cache: Path) -> None:
    for form in ("text", "markdown"):
        everything = run("explain", "--all", "--format", form, cwd=tmp_path, cache=cache).out
        for name in ("compute", "compute/gpus-need-hosts", "service.cpu"):
            assert run("explain", name, "--format", form, cwd=tmp_path, cache=cache).out in everything


@pytest.mark.parametrize("arguments", [(), ("compute", "--all")])
def test_explain_wants_a_name_or_all(arguments: tuple[str, ...], tmp_path: Path, cache: Path) -> None:
    ran = run("explain", *arguments, cwd=tmp_path, cache=cache)
    assert (ran.status, "or else `--all`" in ran.err) == (2, True)


@pytest.mark.parametrize("other", [(), ("syntax.yaml",), ("warned.yaml",), ("gone.yaml",)])
def test_a_second_format_changes_nothing_of_the_first(
    folder: Path, cache: Path, tmp_path: Path, other: tuple[str, ...]
) -> None:
    second = ("--format", "text", "--format", f"sarif={tmp_path / 'x'}")
    alone = check("good.yaml", *other, cwd=folder, cache=cache)
    assert check("good.yaml", *other, *second, cwd=folder, cache=cache) == alone
