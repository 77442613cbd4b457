"""Suppressions, through the real command."""

import json
from pathlib import Path

import pytest

from tests.cli.command import DAY, Ran, run
from tests.cli.files import PACK, RULES, SOURCES

SECRET = "lint/plain-text-secret"
FILE = "version: 1\nname: x\nservices:\n  web: {{environment: {{DB_PASSWORD: correct-horse-9}}}} {comment}\n"
BECAUSE = f"# archadvisor: ignore[{SECRET}] because it is the demo password"
# A comment behind the secret -> the exit status under `--fail-on warning`, and what is shown.
STATUS = [
    ("", 1, f"error[{SECRET}]"),
    (BECAUSE, 0, "0 errors, 0 warnings, 0 notes; 1 suppressed"),
    (f"{BECAUSE} until {DAY}", 0, "1 suppressed"),
    (f"{BECAUSE} until 2026-11-22", 1, f"the suppression of `{SECRET}` ended on 2026-11-22"),
    (f"{BECAUSE} until 2026-11-22", 1, f"error[{SECRET}]"),
    (f"# archadvisor: ignore[{SECRET}]", 1, "a suppression cannot be read: it gives no reason"),
    ("# archadvisor: ignore[lint/plain-text-secrt] because x", 1, f"did you mean `{SECRET}`?"),
    ("# archadvisor: ignore[lint/kaniko-is-archived] because x", 1, "warning[suppressions/unused]"),
    ("# archadvisor: ignore[lint/plain-text-access-key] because x", 1, "warning[suppressions/unsuppressable]"),
    ("# archadvisor: ignore[suppressions/unused] because x", 1, "warning[suppressions/unsuppressable]"),
    (f"\n{BECAUSE}", 1, "warning[suppressions/misplaced]"),
]


def checked(folder: Path, cache: Path, comment: str, *options: str) -> Ran:
    (folder / "workload.yaml").write_text(FILE.format(comment=comment), encoding="utf-8")
    return run("check", ".", "--as-of", DAY, "--fail-on", "warning", *options, cwd=folder, cache=cache)


@pytest.mark.parametrize(("comment", "status", "shown"), STATUS)
def test_what_is_suppressed_is_counted_and_what_suppresses_nothing_is_found(
    tmp_path: Path, cache: Path, comment: str, status: int, shown: str
) -> None:
    ran = checked(tmp_path, cache, comment)
    assert (ran.status, shown in " ".join(ran.out.split())) == (status, True), ran


def test_the_numbers_are_in_the_json(tmp_path: Path, cache: Path) -> None:
    shown = json.loads(checked(tmp_path, cache, BECAUSE, "--format", "json").out)
    assert shown["summary"]["suppressed"] == 1
    assert shown["workloads"][0]["findings"] == []


def test_a_reason_shows_no_secret(tmp_path: Path, cache: Path) -> None:
    for comment in (f"{BECAUSE} AKIAIOSFODNN7EXAMPLE", "# archadvisor: AKIAIOSFODNN7EXAMPLE"):
        for form in ("text", "json"):
            assert "AKIA" not in checked(tmp_path, cache, comment, "--format", form).shown


@pytest.mark.parametrize("suppressible", [True, False])
def test_a_pack_may_say_that_a_rule_cannot_be_suppressed(tmp_path: Path, cache: Path, suppressible: bool) -> None:
    pack = tmp_path / "pack"
    pack.mkdir()
    (pack / "pack.yaml").write_text(PACK, encoding="utf-8")
    (pack / "sources.yaml").write_text(SOURCES, encoding="utf-8")
    flagged = "" if suppressible else "    suppressible: false\n"
    (pack / "rules.yaml").write_text(RULES.replace("    because", f"{flagged}    because"), encoding="utf-8")
    (tmp_path / "workload.yaml").write_text(
        "version: 1\nname: x\nservices: {job: {kind: batch}}\n"
        "suppressions: [{rule: house/no-batch, subject: job, because: it goes in spring}]\n",
        encoding="utf-8",
    )
    for _ in range(2):  # the second time from the cache
        ran = run("check", ".", "--pack", "pack", "--as-of", DAY, cwd=tmp_path, cache=cache)
        assert ("1 suppressed" in ran.out, "suppressions/unsuppressable" in ran.out) == (suppressible, not suppressible)


@pytest.mark.parametrize("name", ["unused", "expired", "unknown-rule", "malformed", "misplaced", "unsuppressable"])
def test_the_rules_about_suppressions_are_explained_and_listed(tmp_path: Path, cache: Path, name: str) -> None:
    explained = run("explain", f"suppressions/{name}", cwd=tmp_path, cache=cache)
    assert (explained.status, "flags a warning" in explained.out) == (0, True)
    assert f"suppressions/{name}" in run("rules", "list", "--decision", "findings", cwd=tmp_path, cache=cache).out


def test_the_report_tells_what_is_suppressed_apart_from_findings(tmp_path: Path, cache: Path) -> None:
    checked(tmp_path, cache, BECAUSE)
    report = run("report", "workload.yaml", "--as-of", DAY, cwd=tmp_path, cache=cache).out
    found, accepted = report.split("## Findings\n")[1].split("## Accepted findings\n")
    assert SECRET not in found
    assert SECRET in accepted
    assert "Accepted on line 4: it is the demo password" in accepted
