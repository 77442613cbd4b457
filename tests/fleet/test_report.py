"""`fleet report`: its numbers are those of a plain count, and two runs are compared row by row."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.cli.command import run
from tests.fleet.runs import SMALL, fleet, rows, said, write


@pytest.fixture(scope="module")
def runs(teams: Path, cache: Path) -> Path:
    """A folder with the results of a day and of another."""
    for out, day in (("now", "2026-11-23"), ("then", "2025-01-01")):
        assert fleet("teams", "--out", out, cwd=teams.parent, cache=cache, day=day).status == 2
    return teams.parent


def told(folder: Path, cache: Path, *options: str) -> dict[str, Any]:
    ran = run("fleet", "report", "now", "--format", "json", *options, cwd=folder, cache=cache)
    assert (ran.status, ran.err) == (0, "")
    report: dict[str, Any] = json.loads(ran.out)
    return report


def test_shares_and_findings_are_those_of_a_plain_count(runs: Path, cache: Path) -> None:
    report, found = told(runs, cache), rows(runs / "now")
    options = Counter((row["decision"], row["option"]) for row in found["decisions"])
    decisions = Counter(row["decision"] for row in found["decisions"])
    assert {(each["decision"], each["option"]): each["outcomes"] for each in report["shares"]} == options
    assert {each["decision"]: each["of_all"] for each in report["shares"]} == decisions
    rules = Counter(row["rule"] for row in found["findings"] if not row["accepted"])
    assert sum(rules.values()) == sum(each["findings"] for each in report["rules"])
    own = Counter((row["team"], row["rule"], row["severity"]) for row in found["findings"] if not row["accepted"])
    assert {(each["team"], each["rule"], each["severity"]): each["findings"] for each in report["team_rules"]} == own
    for each in report["teams"]:
        theirs = [row for row in found["findings"] if row["team"] == each["team"] and not row["accepted"]]
        severities = Counter(row["severity"] for row in theirs)
        assert (each["errors"], each["warnings"], each["notes"]) == tuple(
            severities[name] for name in ("error", "warning", "note")
        )
    assert {each["uri"] for each in report["complaints"]} == {row["uri"] for row in found["diagnostics"]}


def test_flips_are_those_of_a_plain_comparison(runs: Path, cache: Path) -> None:
    compared = told(runs, cache, "--pack-from", "then")["comparison"]
    now, then = (
        {
            (row["uri"], row["decision"], row["subject"]): row["option"] or "no answer"
            for row in rows(runs / name)["decisions"]
        }
        for name in ("now", "then")
    )
    expected = {
        (*key, now.get(key, "not asked"), then.get(key, "not asked"))
        for key in {*now, *then}
        if now.get(key, "not asked") != then.get(key, "not asked")
    }
    got = [(each["uri"], each["decision"], each["subject"], each["was"], each["becomes"]) for each in compared["flips"]]
    assert (len(got), set(got)) == (len(expected), expected)
    assert expected
    assert (compared["shared"], compared["only_here"], compared["only_there"]) == (150, 0, 0)


def test_a_run_flips_nothing_of_itself(runs: Path, cache: Path) -> None:
    compared = told(runs, cache, "--pack-from", "now")["comparison"]
    assert (compared["flips"], compared["rules"]) == ([], [])


def test_text_fits_a_terminal_and_a_page_asks_for_nothing(runs: Path, cache: Path) -> None:
    ran = run("fleet", "report", "now", "--pack-from", "then", cwd=runs, cache=cache)
    assert max(map(len, ran.out.splitlines())) <= 80
    assert "what would flip" in ran.out
    run("fleet", "report", "now", "--pack-from", "then", "-o", "page.html", cwd=runs, cache=cache)
    page = (runs / "page.html").read_text(encoding="utf-8")
    assert page.count("<svg") == 2
    assert "default-src &#39;none&#39;" in page
    assert "http://" not in page.replace("http://www.w3.org", "")
    assert " style=" not in page


@pytest.mark.parametrize(("file", "begins"), [("r.TXT", "150 workloads"), ("r.Json", "{"), ("r.HTML", "<!doctype")])
def test_the_ending_of_a_file_says_the_format(runs: Path, cache: Path, file: str, begins: str) -> None:
    assert run("fleet", "report", "now", "-o", file, cwd=runs, cache=cache).status == 0
    assert (runs / file).read_text(encoding="utf-8").lower().startswith(begins)


@pytest.mark.parametrize("file", ["r.pdf", "r"])
def test_an_unknown_ending_is_refused(runs: Path, cache: Path, file: str) -> None:
    ran = run("fleet", "report", "now", "-o", file, cwd=runs, cache=cache)
    assert (ran.status, f"`{file}` ends with none of `.txt`" in ran.err) == (2, True), ran.shown
    assert not (runs / file).exists()


def test_a_run_that_is_not_finished_says_so(runs: Path, cache: Path) -> None:
    manifest = min((runs / "then" / "manifests").glob("*.json"))
    manifest.unlink()
    ran = run("fleet", "report", "then", cwd=runs, cache=cache)
    assert "the run is not finished: 1 batch" in ran.out
    fleet("teams", "--out", "then", cwd=runs, cache=cache, day="2025-01-01")
    assert manifest.exists()


def test_a_folder_without_results_is_told(tmp_path: Path, cache: Path) -> None:
    ran = run("fleet", "report", ".", cwd=tmp_path, cache=cache)
    assert (ran.status, ran.out) == (2, "")
    assert "there are no results of a fleet here" in ran.err


def test_a_team_may_have_any_name(tmp_path: Path, cache: Path) -> None:
    for team in ("te\x1bam", "te\x08am", "te\ufffeam", "<b>$x$"):
        write(tmp_path / "teams" / team / "workload.yaml", SMALL)
    assert fleet("teams", "--out", "out", cwd=tmp_path, cache=cache).status == 0
    assert run("fleet", "report", "out", "-o", "page.html", cwd=tmp_path, cache=cache).status == 0
    assert "te�am" in (tmp_path / "page.html").read_text(encoding="utf-8")


def test_runs_whose_sources_are_written_differently_are_told(tmp_path: Path, cache: Path) -> None:
    write(tmp_path / "teams" / "workload.yaml", SMALL)
    for source, out in (("teams", "one"), ("./teams", "two")):
        assert fleet(source, "--out", out, cwd=tmp_path, cache=cache).status == 0
    ran = run("fleet", "report", "one", "--pack-from", "two", cwd=tmp_path, cache=cache)
    assert "write the sources of both runs in the same way" in said(ran)
    assert "provisional unusable" in said(ran)


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("run.json", b"[]", "there are no results of a fleet here"),
        ("run.json", b'{"schema": "fleet/1"}', "the file is damaged"),
        ("decisions", None, "the results cannot be read"),
    ],
)
def test_damaged_results_are_told(name: str, data: bytes | None, message: str, tmp_path: Path, cache: Path) -> None:
    write(tmp_path / "workload.yaml", SMALL)
    assert fleet("workload.yaml", "--out", "out", cwd=tmp_path, cache=cache).status == 0
    file = tmp_path / "out" / name
    file = next(file.iterdir()) if data is None else file
    file.write_bytes(b"?" * file.stat().st_size if data is None else data)
    ran = run("fleet", "report", "out", cwd=tmp_path, cache=cache)
    assert (ran.status, ran.out, message in ran.err) == (2, "", True)
    assert data in (b"[]", None) or file.name in ran.err
