"""The contract with the outside: exit codes, where output goes, and what is never shown."""

import json
import os
import sys
import time
from pathlib import Path

import pytest

from tests.cli.command import DAY, Ran, run
from tests.cli.files import GOOD

STATUS = [
    ("good.yaml", 0, "1 file checked"),
    ("faulty.yaml", 1, "error[lint/plain-text-secret]"),
    ("--fail-on error warned.yaml", 0, "warning[lint/kaniko-is-archived]"),
    ("--fail-on warning warned.yaml", 1, "warning[lint/kaniko-is-archived]"),
    ("--fail-on note warned.yaml", 1, "warning["),
    ("--fail-on never faulty.yaml", 0, "error["),
    ("--fail-on error noted.yaml", 0, "note["),
    ("--fail-on warning noted.yaml", 0, "note["),
    ("--fail-on note noted.yaml", 1, "note["),
    ("--fail-on never noted.yaml", 0, "note["),
    ("--fail-on never key.yaml", 2, "unknown key"),
    ("gone.yaml", 2, "there is no such file or folder"),
    ("gone/", 2, "there is no such file or folder"),
    ("good.yaml gone.yaml", 2, "1 file checked against"),
    ("empty", 3, "nothing was checked: no workload file was found"),
    ("folder", 3, "nothing was checked: no workload file was found"),
    ("empty good.yaml", 0, "1 file checked"),
    ("empty gone.yaml", 2, "there is no such file or folder"),
    ("folder/notes.yaml", 2, "this is no Compose file"),
    ("empty.yaml", 2, "the file is empty"),
    ("comment.yaml", 2, "the file is empty"),
    ("binary.yaml", 2, "the file is not UTF-8 text"),
    ("zeros.yaml", 2, "the file is not YAML text"),
    ("utf16.yaml", 2, "the file is not UTF-8 text"),
    ("large.yaml", 2, "the file is larger than 2 MiB"),
    ("syntax.yaml", 2, "the file is not valid YAML"),
    ("tab.yaml", 2, "the file is not valid YAML"),
    ("duplicate.yaml", 2, "the key `name` appears twice"),
    ("key.yaml", 2, "did you mean `services`?"),
    ("type.yaml", 2, "expected a mapping, found a list"),
    ("unit.yaml", 2, "expected a quantity such as `512 MiB` or `2 GiB`, found `2 GHz`"),
    ("range.yaml", 2, "expected a number from 0 to 1, found `1.5`"),
    ("two.yaml", 2, "the file holds more than one document"),
    ("scalar.yaml", 2, "expected a mapping, found `hello`"),
    ("deep.yaml", 2, "the file is nested deeper than 64 levels"),
    ("-", 2, "the file is empty"),
    ("mixed", 2, "2 files checked against"),
    ("mixed faulty.yaml", 2, "error[lint/plain-text-secret]"),
    ("good.yaml --pack pack", 0, "1 file checked"),
    ("good.yaml --pack gone", 2, "no installed pack of this name"),
    ("good.yaml --pack good.yaml", 2, "the pack is not a folder"),
    ("good.yaml --pack empty", 2, "the pack has no `pack.yaml`"),
    ("good.yaml --pack no-pack", 2, "the pack has no `pack.yaml`"),
    ("good.yaml --pack broken-pack", 2, "the file is not valid YAML"),
    ("good.yaml --pack unknown-fact", 2, "unknown fact `service.knd`"),
    ("good.yaml --pack unknown-fact", 2, "did you mean `service.kind`?"),
    ("", 2, "PATH"),
    ("good.yaml --no-such-option", 2, "--no-such-option"),
    ("good.yaml --format xml", 2, "xml"),
    ("good.yaml --fail-on fatal", 2, "fatal"),
    ("good.yaml --as-of tomorrow", 2, "`tomorrow` is no day"),
    ("good.yaml --as-of 2026-02-30", 2, "`2026-02-30` is no day"),
]


@pytest.mark.parametrize(("arguments", "status", "shown"), STATUS)
def test_check_ends_with_the_status_of_what_it_found(
    folder: Path, cache: Path, arguments: str, status: int, shown: str
) -> None:
    day = [] if "--as-of" in arguments else ["--as-of", DAY]
    ran = run("check", *day, *arguments.split(), cwd=folder, cache=cache)
    assert (ran.status, shown in flowing(ran)) == (status, True), ran


def flowing(ran: Ran) -> str:
    """What was shown, without the breaks that the width of the page makes."""
    return " ".join(ran.shown.split())


OTHER_COMMANDS = [
    ("report good.yaml", 0, "good"),
    ("report faulty.yaml", 0, "faulty"),
    ("report key.yaml", 2, "unknown key `servics`"),
    ("report gone.yaml", 2, "the file cannot be read"),
    ("report empty", 2, "the file cannot be read"),
    ("report good.yaml -o gone/report.md", 2, "the file cannot be written"),
    ("report good.yaml --pack broken-pack", 2, "the file is not valid YAML"),
    ("explain compute", 0, "compute"),
    ("explain service.cpu", 0, "service.cpu"),
    ("explain lint/plain-text-secret", 0, "lint/plain-text-secret"),
    ("explain house/no-batch --pack pack", 0, "we do not want them"),
    ("explain computer", 2, "did you mean"),
    ("explain compute --pack broken-pack", 2, "the file is not valid YAML"),
    ("rules", 0, "lint/plain-text-secret"),
    ("rules list --decision compute", 0, "compute/"),
    ("rules test --pack pack", 0, "no problems"),
    ("rules test --pack broken-pack", 2, "the file is not valid YAML"),
    ("schema workload", 0, "$schema"),
    ("schema nothing", 2, "nothing"),
    ("nothing", 2, "nothing"),
    ("--version", 0, "archadvisor"),
    ("--help", 0, "check"),
]


@pytest.mark.parametrize(("arguments", "status", "shown"), OTHER_COMMANDS)
def test_the_other_commands_end_with_0_or_2(folder: Path, cache: Path, arguments: str, status: int, shown: str) -> None:
    ran = run(*arguments.split(), cwd=folder, cache=cache)
    assert (ran.status, shown in flowing(ran)) == (status, True), ran


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="everything is readable for this user")
def test_an_unreadable_file_is_told(tmp_path: Path, cache: Path) -> None:
    (tmp_path / "shut.yaml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "shut.yaml").chmod(0)
    ran = run("check", "shut.yaml", cwd=tmp_path, cache=cache)
    assert (ran.status, "the file cannot be read: permission denied" in ran.out) == (2, True)


def test_a_link_to_nothing_is_told(tmp_path: Path, cache: Path) -> None:
    (tmp_path / "a.workload.yaml").symlink_to("nowhere")
    ran = run("check", ".", cwd=tmp_path, cache=cache)
    assert (ran.status, "the file cannot be read: no such file or directory" in ran.out) == (2, True)


def test_one_broken_file_does_not_stop_the_others(folder: Path, cache: Path) -> None:
    ran = run("check", "mixed", "--format", "json", "--as-of", DAY, cwd=folder, cache=cache)
    shown = json.loads(ran.out)
    assert ran.status == 2
    assert [workload["file"] for workload in shown["workloads"]] == ["mixed/a.workload.yaml", "mixed/c.workload.yaml"]
    assert [found["file"] for found in shown["diagnostics"]] == ["mixed/b.workload.yaml", "mixed/d.workload.yaml"]
    assert (shown["summary"]["files"], shown["summary"]["unusable"]) == (2, 2)


def test_stdin_has_the_name_it_is_given(folder: Path, cache: Path) -> None:
    ran = run("check", "-", "--stdin-filename", "a/b.yaml", cwd=folder, cache=cache, stdin=b"name: 1\n")
    assert (ran.status, "--> a/b.yaml:1:" in ran.out) == (2, True)
    piped = run("check", "-", "--as-of", DAY, cwd=folder, cache=cache, stdin=GOOD.encode())
    assert (piped.status, "good  stdin" in piped.out) == (0, True)


def test_the_result_goes_to_stdout_and_complaints_about_packs_to_stderr(folder: Path, cache: Path) -> None:
    assert run("check", "mixed", cwd=folder, cache=cache).err == ""
    ran = run("check", "good.yaml", "--pack", "broken-pack", "--format", "json", cwd=folder, cache=cache)
    assert (ran.out, bool(ran.err)) == ("", True)


def test_a_declared_decision_or_option_that_nobody_knows_is_told(tmp_path: Path, cache: Path) -> None:
    (tmp_path / "x.yaml").write_text(GOOD + "decisions: {compute: fargat, computer: x}\n", encoding="utf-8")
    ran = run("check", "x.yaml", "--as-of", DAY, cwd=tmp_path, cache=cache)
    assert ran.status in (1, 2)
    assert "fargat`" in ran.out
    assert "computer`" in ran.out


def test_many_services_of_which_nothing_is_known_are_checked_at_once(tmp_path: Path, cache: Path) -> None:
    services = "".join(f"  s{number}: {{}}\n" for number in range(30))
    (tmp_path / "x.yaml").write_text(f"version: 1\nname: x\nservices:\n{services}", encoding="utf-8")
    started = time.perf_counter()
    assert run("check", "x.yaml", "--as-of", DAY, cwd=tmp_path, cache=cache).status == 0
    assert time.perf_counter() - started < 20


@pytest.mark.parametrize("name", ["text", "concise", "json", "sarif", "junit", "github", "gitlab", "markdown"])
def test_no_control_characters_reach_the_terminal(tmp_path: Path, cache: Path, name: str) -> None:
    (tmp_path / "x\x1b[31m.yaml").write_text(
        'version: 1\nname: x\n"\\e[31mred": 1\nteam: {hosts: "a\\e]0;title\\a"}\n', encoding="utf-8"
    )
    ran = run("check", "x\x1b[31m.yaml", "--format", name, cwd=tmp_path, cache=cache)
    assert ran.status == 2
    assert "\x1b" not in ran.shown
    assert "\a" not in ran.shown


def test_a_name_that_is_no_text_is_checked(tmp_path: Path, cache: Path) -> None:
    name = b"\xff.workload.yaml"
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_text(GOOD, encoding="utf-8")
    for form in ("text", "json"):
        assert run("check", name, "--format", form, "--as-of", DAY, cwd=tmp_path, cache=cache).status == 0
    assert run("check", ".", "--as-of", DAY, cwd=tmp_path, cache=cache).status == 0


def test_bounds_that_do_not_fit_are_told_with_both_places(tmp_path: Path, cache: Path) -> None:
    text = "version: 1\nname: x\nservices:\n  web:\n    replicas:\n      min: 5\n      max: 2\n"
    (tmp_path / "x.yaml").write_text(text, encoding="utf-8")
    ran = run("check", "x.yaml", cwd=tmp_path, cache=cache)
    assert ran.status == 2
    assert "at least 5 replicas cannot be at most 2\n  --> x.yaml:6:12" in ran.out
    assert "line 7: at most" in ran.out
