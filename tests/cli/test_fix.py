"""`check --fix`, `--diff` and `--unsafe-fixes` through the real command."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from archadvisor.editing.spans import applied
from archadvisor.model.fix import Edit
from archadvisor.model.place import Place
from tests.cli.command import DAY, Ran, run
from tests.cli.files import FAULTY, GOOD, WARNED

Check = Callable[..., Ran]
MENDED = WARNED.replace("kaniko", "buildkit")
BOTH = WARNED + "services:\n  web:\n    environment:\n      DB_PASSWORD: correct-horse-9   # ours\n"
REFERRED = """\
services:
  web:
    environment:
      DB_PASSWORD: "${db_password}"   # ours
    uses: {secrets: [db_password]}
secrets:
  db_password: {kind: unknown}
"""
FILES = {"good.yaml": GOOD, "warned.yaml": WARNED, "faulty.yaml": FAULTY, "both.yaml": BOTH, "broken.yaml": "x: [1\n"}


@pytest.fixture
def check(tmp_path: Path, cache: Path) -> Check:
    """Runs `check` in a folder with some files."""
    for name, content in FILES.items():
        (tmp_path / name).write_text(content, encoding="utf-8")

    def checked(arguments: str, stdin: bytes = b"") -> Ran:
        return run("check", *arguments.split(), "--as-of", DAY, cwd=tmp_path, cache=cache, stdin=stdin)

    return checked


def test_fix_writes_what_is_safe_and_tells_what_is_left(check: Check, tmp_path: Path) -> None:
    (tmp_path / "both.yaml").chmod(0o640)
    ran = check("--fix both.yaml")
    assert (tmp_path / "both.yaml").read_text() == BOTH.replace("kaniko", "buildkit")
    assert (tmp_path / "both.yaml").stat().st_mode & 0o777 == 0o640
    assert sorted(os.listdir(tmp_path)) == sorted(FILES)
    assert (ran.status, ran.err) == (1, "fixed both.yaml: build with BuildKit [lint/kaniko-is-archived]\n")
    shown = " ".join(ran.out.split())
    assert "1 fixed, 1 left; 1 fixable with --fix --unsafe-fixes;" in shown
    assert "= fix: move `DB_PASSWORD` to a secret reference (--fix --unsafe-fixes)" in shown


def test_unsafe_fixes_move_a_secret_and_say_that_it_is_to_be_changed(check: Check, tmp_path: Path) -> None:
    ran = check("--fix --unsafe-fixes both.yaml")
    assert (tmp_path / "both.yaml").read_text() == MENDED + REFERRED
    assert ran.status == 0
    assert "1 warning" not in ran.out
    assert "now: the value of `DB_PASSWORD` is no longer in the file, but still in its history: change it" in ran.err
    assert "correct" not in ran.shown
    again = check("--fix --unsafe-fixes both.yaml")
    assert ("0 fixed" in again.out, again.err, again.status) == (True, "", 0)
    assert (tmp_path / "both.yaml").read_text() == MENDED + REFERRED


def test_diff_shows_what_would_be_written_and_writes_nothing(check: Check, tmp_path: Path) -> None:
    ran = check("--diff --unsafe-fixes both.yaml warned.yaml good.yaml")
    assert {name: (tmp_path / name).read_text() for name in FILES} == FILES
    assert ran.out.startswith(
        "--- both.yaml\n+++ both.yaml\n@@ -1,7 +1,10 @@\n version: 1\n name: warned\n-delivery: {bu"
    )
    assert "-      DB_PASSWORD: ****              # ours\n" in ran.out
    assert '+      DB_PASSWORD: "${db_password}"   # ours\n' in ran.out
    assert "correct" not in ran.shown
    assert (ran.status, ran.err) == (1, "3 findings would be fixed in 2 files\n")


@pytest.mark.parametrize(
    ("arguments", "status", "out", "err"),
    [
        ("--diff good.yaml", 0, "", "0 findings would be fixed"),
        ("--diff faulty.yaml", 0, "", "0 findings would be fixed"),
        ("--diff warned.yaml broken.yaml", 2, "+delivery: {builder: buildkit}", "unusable: the file is not valid YAML"),
        ("--diff gone.yaml", 2, "", "there is no such file or folder"),
        ("--diff .", 3, "", ""),
        ("--diff --fix warned.yaml", 1, "+delivery: {builder: buildkit}", "1 finding would be fixed in 1 file"),
        ("--fix warned.yaml broken.yaml", 2, "1 fixed, 0 left", "fixed warned.yaml: build with BuildKit"),
        ("--fix .", 3, "nothing was checked", ""),
        ("--unsafe-fixes warned.yaml", 2, "", "`--unsafe-fixes` needs `--fix` or `--diff`"),
        ("--fix warned.yaml --fail-on warning", 0, "1 fixed, 0 left", ""),
        ("warned.yaml --fail-on warning", 1, "= fix: build with BuildKit (--fix)", ""),
        ("warned.yaml faulty.yaml", 1, "1 fixable with --fix, 1 more with --unsafe-fixes", ""),
    ],
)
def test_the_status_tells_what_came_of_it(check: Check, arguments: str, status: int, out: str, err: str) -> None:
    ran = check(arguments)
    assert (ran.status, out in " ".join(ran.out.split()) if out else not ran.out, err in ran.err) == (
        status,
        True,
        True,
    ), ran


def test_only_diff_leaves_a_file_as_it_is_where_both_are_asked_for(check: Check, tmp_path: Path) -> None:
    check("--diff --fix warned.yaml")
    assert (tmp_path / "warned.yaml").read_text() == WARNED


def test_stdin_comes_out_fixed_and_its_report_goes_to_stderr(check: Check) -> None:
    text = b"\xef\xbb\xbf" + WARNED.replace("\n", "\r\n").encode() + b"# \xe6\xbc\xa2"
    ran = check("--fix - --stdin-filename a.yaml", stdin=text)
    assert ran.out.encode() == text.replace(b"kaniko", b"buildkit")
    assert "fixed a.yaml: build with BuildKit" in ran.err
    assert "1 fixed, 0 left" in " ".join(ran.err.split())
    unusable = check("--fix -", stdin=b"x: [1\n")
    assert (unusable.status, unusable.out, "unusable" in unusable.err) == (2, "x: [1\n", True)


def test_a_link_stays_and_the_file_it_leads_to_is_fixed(check: Check, tmp_path: Path) -> None:
    (tmp_path / "link.yaml").symlink_to("warned.yaml")
    assert check("--fix link.yaml").status == 0
    assert (tmp_path / "link.yaml").is_symlink()
    assert (tmp_path / "warned.yaml").read_text() == MENDED


@pytest.mark.skipif(os.geteuid() == 0, reason="everything can be written by this user")
def test_a_file_that_cannot_be_written_is_told(check: Check, tmp_path: Path) -> None:
    (tmp_path / "warned.yaml").chmod(0o400)
    ran = check("--fix warned.yaml")
    assert (ran.status, "the file cannot be written: permission denied" in ran.out) == (2, True)
    assert (tmp_path / "warned.yaml").read_text() == WARNED


def test_json_carries_the_edits_that_fix_makes(check: Check, tmp_path: Path) -> None:
    shown = json.loads(check("both.yaml --format json").out)
    fixes = [found["fix"] for found in shown["workloads"][0]["findings"]]
    places = ("line", "column", "end_line", "end_column")
    edits = [Edit(Place(*(edit[key] for key in places)), edit["text"]) for fix in fixes for edit in fix["edits"]]
    assert applied(BOTH, edits) == MENDED + REFERRED
    assert [(fix["safe"], bool(fix["afterwards"])) for fix in fixes] == [(True, False), (False, True)]
    assert (shown["summary"]["fixable"], shown["summary"]["fixed"]) == (2, None)
    assert json.loads(check("--fix both.yaml --format json").out)["summary"]["fixed"] == 1


def test_explain_tells_how_a_rule_is_fixed(tmp_path: Path, cache: Path) -> None:
    ran = run("explain", "lint/kaniko-is-archived", cwd=tmp_path, cache=cache)
    assert "build with BuildKit (--fix)" in " ".join(ran.out.split())
