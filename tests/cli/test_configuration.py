"""Configuration through the real command: where it is found, what it does, and how its mistakes are told."""

import json
import os
from pathlib import Path

import pytest

from tests.cli.command import DAY, Ran, run
from tests.cli.files import GOOD, PACK, RULES, SOURCES

KANIKO, DOCKER = "lint/kaniko-is-archived", "registry/docker-hub"
WARNED = "version: 1\nname: warned\ndelivery: {builder: kaniko}\n"
BATCH = "version: 1\nname: batch\nservices: {job: {kind: batch}}\n"


def put(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def check(folder: Path, cache: Path, *arguments: str) -> Ran:
    return run("check", *arguments, "--as-of", DAY, cwd=folder, cache=cache)


def rules(folder: Path, cache: Path, *arguments: str) -> list[tuple[str, str]]:
    """The rules found, each with its severity."""
    ran = check(folder, cache, *(arguments or ("workload.yaml",)), "--format", "json")
    workloads = json.loads(ran.out)["workloads"]
    return [(each["rule"], each["severity"]) for workload in workloads for each in workload["findings"]]


def house(folder: str) -> dict[str, str]:
    return {f"{folder}/pack.yaml": PACK, f"{folder}/sources.yaml": SOURCES, f"{folder}/rules.yaml": RULES}


def test_a_rule_is_ignored_and_that_is_said(tmp_path: Path, cache: Path) -> None:
    put(tmp_path, {"workload.yaml": WARNED})
    assert (KANIKO, "warning") in rules(tmp_path, cache)
    put(tmp_path, {"archadvisor.toml": f'ignore = ["{KANIKO}"]\n'})
    assert rules(tmp_path, cache) == []
    assert "1 ignored by configuration" in " ".join(check(tmp_path, cache, "workload.yaml").out.split())


def test_pyproject_is_found_above_and_a_nearer_file_takes_its_place(tmp_path: Path, cache: Path) -> None:
    put(tmp_path, {
        "pyproject.toml": f'[tool.archadvisor]\nseverity = {{ "{KANIKO}" = "error" }}\n',
        "a/workload.yaml": WARNED,
        "b/pyproject.toml": "[tool.other]\nx = 1\n",
        "b/workload.yaml": WARNED,
        "c/archadvisor.toml": 'fail-on = "never"\n',
        "c/workload.yaml": WARNED,
    })  # fmt: skip
    assert rules(tmp_path, cache, ".") == [(KANIKO, "error"), (KANIKO, "error"), (KANIKO, "warning")]


IGNORED = f'["{KANIKO}"]'
# A pyproject.toml -> whether settings in it count.
SHARED = [
    (f"[tool.archadvisor]\nignore = {IGNORED}\n", True),
    (f"[ tool . 'archadvisor' ]\nignore = {IGNORED}\n", True),
    (f"[tool]\narchadvisor = {{ignore = {IGNORED}}}\n", True),
    (f"[tool]\narchadvisor.ignore = {IGNORED}\n", True),
    (f"tool.archadvisor.ignore = {IGNORED}\n", True),
    (f"tool = {{archadvisor = {{ignore = {IGNORED}}}}}\n", True),
    ("# settings would be in [tool.archadvisor]\n", False),
    (f"[tool.archadvisor-extra]\nignore = {IGNORED}\n", False),
    (f"[tool.other]\narchadvisor = {{ignore = {IGNORED}}}\n", False),
    ("[project.scripts]\narchadvisor = 'x:y'\n[tool]\nx = 1\n", False),
]


@pytest.mark.parametrize(("text", "counts"), SHARED)
def test_a_shared_file_counts_where_it_has_the_section(tmp_path: Path, cache: Path, text: str, counts: bool) -> None:
    put(tmp_path, {"workload.yaml": WARNED, "pyproject.toml": text})
    assert rules(tmp_path, cache) == ([] if counts else [(KANIKO, "warning")])


# A pyproject.toml that cannot be used -> what is said.
UNUSABLE = [("[tool.archadvisor\n", "this is no TOML"), ("[tool]\narchadvisor = 1\n", "there are no settings in it")]


@pytest.mark.parametrize(("text", "message"), UNUSABLE)
def test_a_shared_file_that_cannot_be_used_is_told(tmp_path: Path, cache: Path, text: str, message: str) -> None:
    put(tmp_path, {"workload.yaml": WARNED, "pyproject.toml": text})
    ran = check(tmp_path, cache, "workload.yaml")
    assert (ran.status, message in ran.err) == (2, True), ran.shown


def test_overrides_are_for_the_files_they_name(tmp_path: Path, cache: Path) -> None:
    put(tmp_path, {
        "archadvisor.toml": f"""\
severity = {{ "lint/*" = "error" }}
[[overrides]]
files = ["old/*"]
ignore = ["{KANIKO}"]
[[overrides]]
files = ["*/side.workload.yaml"]
severity = {{ "{KANIKO}" = "note" }}
""",
        "new/workload.yaml": WARNED,
        "new/side.workload.yaml": WARNED,
        "old/deep/workload.yaml": WARNED,
    })  # fmt: skip
    assert rules(tmp_path, cache, "new/workload.yaml") == [(KANIKO, "error")]
    assert rules(tmp_path, cache, "new/side.workload.yaml") == [(KANIKO, "note")]
    assert rules(tmp_path, cache, "old") == []


def test_a_file_extends_another_and_its_own_settings_count_first(tmp_path: Path, cache: Path) -> None:
    put(tmp_path, {
        "shared/base.toml": f'ignore = ["{KANIKO}"]\npacks = ["../house"]\nfail-on = "note"\n',
        "archadvisor.toml": 'extends = "shared/base.toml"\nfail-on = "never"\n',
        "workload.yaml": WARNED + "services: {job: {kind: batch}}\n",
        **house("house"),
    })  # fmt: skip
    assert rules(tmp_path, cache) == [("house/no-batch", "warning")]
    assert check(tmp_path, cache, "workload.yaml").status == 0


@pytest.mark.parametrize(
    ("settings", "arguments", "status"),
    [
        ("", (), 0),
        ('fail-on = "warning"\n', (), 1),
        ('fail-on = "warning"\n', ("--fail-on", "error"), 0),
        (f'fail-on = "warning"\nignore = ["{KANIKO}"]\n', (), 0),
        (f'ignore = ["{KANIKO}"]\n', ("--ignore", "lint/plain-text-secret", "--fail-on", "warning"), 1),
        ("", ("--select", "lint/plain-text-secret", "--fail-on", "note"), 0),
    ],
)
def test_the_command_line_counts_over_the_file(
    tmp_path: Path, cache: Path, settings: str, arguments: tuple[str, ...], status: int
) -> None:
    put(tmp_path, {"workload.yaml": WARNED, "archadvisor.toml": settings})
    assert check(tmp_path, cache, "workload.yaml", *arguments).status == status


def test_stdin_has_the_configuration_of_its_name(tmp_path: Path, cache: Path) -> None:
    put(tmp_path, {"a/archadvisor.toml": f'severity = {{ "{KANIKO}" = "error" }}\n'})
    arguments = ("check", "-", "--as-of", DAY, "--stdin-filename")
    assert run(*arguments, "a/x.yaml", cwd=tmp_path, cache=cache, stdin=WARNED.encode()).status == 1
    assert run(*arguments, "x.yaml", cwd=tmp_path, cache=cache, stdin=WARNED.encode()).status == 0


def test_other_commands_use_the_packs_of_the_configuration(tmp_path: Path, cache: Path) -> None:
    put(tmp_path, {"archadvisor.toml": 'packs = ["house"]\n', "workload.yaml": BATCH, **house("house")})
    assert "house/no-batch" in run("rules", "list", "batch", cwd=tmp_path, cache=cache).out
    explained = run("explain", "house/no-batch", cwd=tmp_path, cache=cache)
    assert (explained.status, "fires   one:" in explained.out) == (0, True), explained.out
    words = {"_ARCHADVISOR_COMPLETE": "bash_complete", "COMP_WORDS": "archadvisor explain house/", "COMP_CWORD": "2"}
    assert "house/no-batch" in run(cwd=tmp_path, cache=cache, environment=words).out
    assert "is a batch job" in run("report", "workload.yaml", "--as-of", DAY, cwd=tmp_path, cache=cache).out


@pytest.mark.parametrize("command", [("catalog", "check"), ("explain", "compute"), ("rules", "list")])
def test_other_commands_tell_packs_of_the_configuration_that_cannot_be(
    tmp_path: Path, cache: Path, command: tuple[str, ...]
) -> None:
    put(tmp_path, {"archadvisor.toml": 'packs = ["house"]\n', "house/notes.yaml": "x: 1\n"})
    ran = run(*command, cwd=tmp_path, cache=cache)
    assert (ran.status, "the pack has no `pack.yaml`" in ran.err) == (2, True), ran.shown


def test_files_with_different_packs_are_not_checked_in_one_run(tmp_path: Path, cache: Path) -> None:
    put(tmp_path, {"a/archadvisor.toml": 'packs = ["house"]\n', "a/workload.yaml": BATCH, "b/workload.yaml": GOOD})
    put(tmp_path / "a", house("house"))
    for paths in (("a", "b"), (".",)):
        ran = check(tmp_path, cache, *paths)
        assert (ran.status, "a run has one set of packs" in ran.err) == (2, True), ran.shown
    assert "house/no-batch" in check(tmp_path, cache, "a").out


# A configuration -> what is said of it, and where.
MISTAKES = [
    ("selec = []\n", "unknown key `selec`", "archadvisor.toml:1:1"),
    ("\n[[overrides]]\nfiles = ['x']\nignor = []\n", "unknown key `ignor`", "archadvisor.toml:4:1"),
    ("[[overrides]]\nignore = []\n", "the key `files` is missing", "archadvisor.toml:1:3"),
    ("fail-on = 'errors'\n", "did you mean `error`?", "archadvisor.toml:1:11"),
    ("ignore = 'lint/x'\n", "expected a list", "archadvisor.toml:1:10"),
    ("ignore = [\n  'lint/kaniko-is-archive',\n]\n", f"did you mean `{KANIKO}`", "archadvisor.toml:2:3"),
    ("ignore = ['kaniko']\n", "found `kaniko`", "archadvisor.toml:1:11"),
    ("[severity]\n'kaniko' = 'note'\n", "`kaniko` is no rule", "archadvisor.toml:2:1"),
    ("[severity]\n'lint/*' = 'high'\n", "found `high`", "archadvisor.toml:2:12"),
    ("ignore = ['suppressions/unused']\n", "its pack says that it is always shown", "archadvisor.toml:1:11"),
    (
        "[severity]\n'suppressions/unused' = 'note'\n",
        "`suppressions/unused` keeps its severity",
        "archadvisor.toml:2:1",
    ),
    (
        "[[overrides]]\nfiles = ['*']\nseverity = {'suppressions/unused' = 'note'}\n",
        "`suppressions/unused` keeps its severity",
        "archadvisor.toml:3:13",
    ),
    ("extends = 'none.toml'\n", "there is no file `none.toml` to extend", "archadvisor.toml:1:11"),
    ("extends = 'archadvisor.toml'\n", "extends this file again", "archadvisor.toml:1:11"),
    ("packs = ['none']\n", "no installed pack of this name", "none"),
    ("packs = ['./none']\n", "the pack is not a folder", "none"),
    ("a = [1\n", "this is no TOML", "archadvisor.toml:"),
    (f"a = 1\nb = {'9' * 5000}\n", "a number has too many digits", "archadvisor.toml:2:5"),
    (f"b = [1, 0x{'f' * 5000}]\n", "a number has too many digits", "archadvisor.toml:1:9"),
    ("select = 1\nignore = 2\n", "archadvisor.toml:2:1", "archadvisor.toml:1:1"),
]


@pytest.mark.parametrize(("text", "message", "place"), MISTAKES)
def test_a_mistake_is_told_with_its_place(tmp_path: Path, cache: Path, text: str, message: str, place: str) -> None:
    put(tmp_path, {"workload.yaml": GOOD, "archadvisor.toml": text})
    ran = check(tmp_path, cache, "workload.yaml")
    assert (ran.status, ran.out) == (2, ""), ran.shown
    assert message in " ".join(ran.err.split()), ran.err
    assert place in ran.err
    shown = run("config", "show", "workload.yaml", cwd=tmp_path, cache=cache)
    assert (shown.status, shown.out, shown.err) == (2, "", ran.err)


def test_the_settings_of_what_is_not_there_are_not_shown(tmp_path: Path, cache: Path) -> None:
    ran = run("config", "show", "none/x.yaml", cwd=tmp_path, cache=cache)
    assert (ran.status, ran.out, "there is no such file or folder" in ran.err) == (2, "", True), ran.shown


def test_a_selector_on_the_command_line_that_means_nothing_is_refused(tmp_path: Path, cache: Path) -> None:
    put(tmp_path, {"workload.yaml": GOOD})
    ran = check(tmp_path, cache, "workload.yaml", "--ignore", "lint/kaniko")
    assert (ran.status, KANIKO in ran.err) == (2, True)
    ran = check(tmp_path, cache, "workload.yaml", "--ignore", "suppressions/unused")
    assert (ran.status, "`suppressions/unused` cannot be ignored" in ran.err) == (2, True)


def test_every_setting_is_shown_with_the_line_it_comes_from(tmp_path: Path, cache: Path) -> None:
    put(tmp_path, {
        "base.toml": '\nfail-on = "note"\nignore = ["lint/*"]\n',
        "archadvisor.toml": f'extends = "base.toml"\nseverity = {{ "{KANIKO}" = "error" }}\n',
    })  # fmt: skip
    ran = run("config", "show", cwd=tmp_path, cache=cache)
    lines = {line.split(" = ")[0].strip(): line for line in ran.out.splitlines()[1:]}
    assert 'fail-on = "note"' in lines["fail-on"]
    assert lines["fail-on"].endswith("base.toml:2")
    assert lines["ignore"].endswith("base.toml:3")
    assert lines["severity"].endswith("archadvisor.toml:2")
    assert lines["select"].endswith("# default")
    told = json.loads(run("config", "show", "--format", "json", cwd=tmp_path, cache=cache).out)
    assert told["settings"]["fail-on"] == "note"
    assert told["origins"]["fail-on"][0]["line"] == 2


@pytest.mark.parametrize("made", ["link", "folder", "pipe"])
def test_a_configuration_that_is_no_file_is_told(made: str, tmp_path: Path, cache: Path) -> None:
    file = tmp_path / "archadvisor.toml"
    if made == "link":
        file.symlink_to("nowhere")
    elif made == "folder":
        file.mkdir()
    else:
        os.mkfifo(file)
    (tmp_path / "x.yaml").write_text("version: 1\nname: x\n", encoding="utf-8")
    ran = run("check", "x.yaml", cwd=tmp_path, cache=cache)
    assert (ran.status, "archadvisor.toml" in ran.err) == (2, True)
