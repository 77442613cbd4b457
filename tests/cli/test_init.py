"""`archadvisor init`: from a file of answers, and in a real pseudo-terminal."""

import os
import signal
import sys
from pathlib import Path

import pexpect
import pytest

from tests.cli.command import DAY, Ran, run

ANSWERS = """\
name: shop
regions: [eu-west-1]
services: [site]
services.site.endpoints: [front]
services.site.kind: web
services.site.cpu: 0.5
team.kubernetes: none
"""


def init(folder: Path, cache: Path, *arguments: str, answers: str = ANSWERS) -> Ran:
    (folder / "answers.yaml").write_text(answers, encoding="utf-8")
    return run("init", "--answers", "answers.yaml", "--as-of", DAY, *arguments, cwd=folder, cache=cache)


def test_answers_become_a_file_that_check_takes(tmp_path: Path, cache: Path) -> None:
    ran = init(tmp_path, cache)
    assert ran.status == 0, ran.shown
    assert "still open: services.site.memory" in ran.out
    text = (tmp_path / "workload.yaml").read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=")
    assert "    cpu: 0.5  # vCPU that one replica needs\n" in text
    checked = run("check", "workload.yaml", "--as-of", DAY, cwd=tmp_path, cache=cache)
    assert checked.status == 0, checked.shown


def test_a_file_that_is_there_is_replaced_by_force_only(tmp_path: Path, cache: Path) -> None:
    (tmp_path / "workload.yaml").write_text("mine", encoding="utf-8")
    refused = init(tmp_path, cache)
    assert (refused.status, "it is there already" in refused.err) == (2, True)
    assert (tmp_path / "workload.yaml").read_text(encoding="utf-8") == "mine"
    assert init(tmp_path, cache, "--force").status == 0


NAMES = "expected a name of letters, digits, `_` and `-` that starts with a letter"
# Answers -> what is said of them, and where.
MISTAKES = [
    (ANSWERS.replace("name: shop\n", ""), "the key `name` is missing", "answers.yaml:1"),
    (ANSWERS + "services.site.cpus: 1\n", "unknown key `cpus`", "answers.yaml:8:1"),
    (ANSWERS + "services.sit.cpu: 1\n", "did you mean `site`", "answers.yaml:8:1"),
    (ANSWERS + "team.hosts: perhaps\n", "found `perhaps`", "answers.yaml:8:1"),
    (ANSWERS + "team: {hosts: avoid}\n", "found a mapping", "answers.yaml:8:1"),
    (ANSWERS.replace("[site]", "site"), "expected a list of names", "answers.yaml:3:11"),
    (ANSWERS.replace("[site]", "[my site]"), f"{NAMES}, found `my site`", "answers.yaml:3:12"),
    (
        ANSWERS.replace("[site]", '["a: {kind: web}\\n  evil"]'),
        f"{NAMES}, found `a: {{kind: web}}",
        "answers.yaml:3:12",
    ),
    (ANSWERS.replace("[site]", "[{a: {}}]"), f"{NAMES}, found a mapping", "answers.yaml:3:12"),
    (ANSWERS.replace("name: shop", 'name: "shop\\nx: y"'), f"{NAMES}, found `shop", "answers.yaml:1:7"),
    (ANSWERS + "secrets: [a b, c d]\n", f"{NAMES}, found `c d`", "answers.yaml:8:16"),
    (ANSWERS.replace("[front]", "[front, a.b]"), f"{NAMES}, found `a.b`", "answers.yaml:4:34"),
    (ANSWERS.replace("[eu-west-1]", "[EU]"), "an AWS Region such as `eu-west-1`, found `EU`", "answers.yaml:2:11"),
    ("[", "not valid YAML", "answers.yaml:"),
]


@pytest.mark.parametrize(("answers", "message", "place"), MISTAKES)
def test_a_mistake_in_the_answers_is_told_and_nothing_written(
    tmp_path: Path, cache: Path, answers: str, message: str, place: str
) -> None:
    ran = init(tmp_path, cache, answers=answers)
    assert (ran.status, ran.out) == (2, ""), ran.shown
    assert message in " ".join(ran.err.split()), ran.err
    assert place in ran.err
    assert not (tmp_path / "workload.yaml").exists()


def test_without_a_terminal_answers_are_needed(tmp_path: Path, cache: Path) -> None:
    ran = run("init", cwd=tmp_path, cache=cache)
    assert (ran.status, "--answers" in ran.err) == (2, True)


def heeding_ctrl_c() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def terminal(folder: Path, cache: Path) -> "pexpect.spawn[str]":
    environment = {
        **os.environ,
        "XDG_CACHE_HOME": str(cache),
        "TERM": "xterm",
        "NO_COLOR": "1",
        "PROMPT_TOOLKIT_NO_CPR": "1",
    }
    return pexpect.spawn(
        sys.executable, ["-m", "archadvisor", "init", "--as-of", DAY],
        cwd=str(folder), env=environment, encoding="utf-8", timeout=30, dimensions=(40, 120),
        # Whoever runs the tests may ignore Ctrl-C, and programs inherit that.
        preexec_fn=heeding_ctrl_c,
    )  # fmt: skip


def describe(child: "pexpect.spawn[str]") -> None:
    """Says that there is one service with an endpoint, and nothing else."""
    child.expect("Name of the workload")
    child.send("\x15shop\r")
    for title, answer in (
        ("Regions", "eu-west-1"),
        ("Services", "site"),
        ("Endpoints of site", "front"),
        ("Secrets", ""),
    ):
        child.expect(title)
        child.send(f"{answer}\r")
    child.expect("Callers")
    child.send("\r")


def test_a_person_answers_goes_back_does_not_know_and_stops(tmp_path: Path, cache: Path) -> None:
    child = terminal(tmp_path, cache)
    describe(child)
    child.expect("what stands in front of the service; it can still change")
    child.send("\r")  # the first of the choices: alb
    child.expect("decided: certificate of site.front: ACM public certificate")
    child.expect("it must run on Kubernetes")
    child.send("\x1b[A\x1b[A\r")  # from the top upwards: stop here, go back
    child.expect("what stands in front of the service")
    child.send("\r")
    child.expect("it must run on Kubernetes")
    child.send("\x1b[B\r")  # no
    child.expect("cpu of site")
    child.send("2 GHz\r")
    child.expect("expected")
    child.send("\x15\r")  # don't know
    child.expect("duration of site")
    child.send("!\r")
    child.expect("wrote workload.yaml")
    child.expect(pexpect.EOF)
    text = (tmp_path / "workload.yaml").read_text(encoding="utf-8")
    assert "through: alb" in text
    assert "required: false" in text
    assert "cpu: unknown  # open: vCPU" in text
    assert "duration" not in text


def test_ctrl_c_writes_nothing(tmp_path: Path, cache: Path) -> None:
    child = terminal(tmp_path, cache)
    describe(child)
    child.expect("through of site.front")
    child.sendcontrol("c")
    child.expect("nothing was written")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 130
    assert list(tmp_path.glob("workload*")) == []


def test_a_file_that_is_there_is_replaced_only_if_the_person_says_so(tmp_path: Path, cache: Path) -> None:
    (tmp_path / "workload.yaml").write_text("mine", encoding="utf-8")
    child = terminal(tmp_path, cache)
    child.expect("replace it at the end")
    child.send("n")
    child.expect("nothing was written")
    child.expect(pexpect.EOF)
    assert (tmp_path / "workload.yaml").read_text(encoding="utf-8") == "mine"
