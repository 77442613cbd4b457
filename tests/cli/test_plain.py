"""`check FILE...` says the same whether its words are read with click or without."""

import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import click
import pytest

from archadvisor.cli.check import check
from archadvisor.cli.checking import Options
from archadvisor.cli.plain import NO_CACHE, QUIET, is_plain
from tests.cli.command import Ran, run

GOOD = "version: 1\nname: shop\nservices:\n  web: {kind: web, cpu: 1, memory: 2 GiB}\n"
BAD = "version: 1\nname: shop\nservices:\n  web: {kind: wb}\n"
OPEN = f"{GOOD}secrets:\n  database: {{kind: database_credentials}}\n"
FILES = {"good.yaml": GOOD, "bad.yaml": BAD, "open.yaml": OPEN, "no.yaml": "a: [", "check": GOOD, "a file.yaml": GOOD}

# The words behind `check`, each with whether they are plain.
LINES: dict[tuple[str, ...], bool] = {
    ("good.yaml",): True,
    ("bad.yaml",): True,
    ("no.yaml",): True,
    ("check",): True,
    ("a file.yaml",): True,
    ("good.yaml", "open.yaml", "bad.yaml"): True,
    ("good.yaml", "good.yaml"): True,
    (".",): True,
    ("good.yaml", "--no-cache"): True,
    ("-q", "open.yaml"): True,
    ("--quiet", "good.yaml", "--no-cache", "--quiet"): True,
    (): False,
    ("-q",): False,
    ("",): False,
    ("-",): False,
    ("--", "good.yaml"): False,
    ("absent.yaml",): False,
    ("good.yaml", "absent.yaml"): False,
    ("good.yaml", "-v"): False,
    ("-qv", "good.yaml"): False,
    ("good.yaml", "--format=json"): False,
    ("good.yaml", "--formt", "json"): False,
    ("good.yaml", "--help"): False,
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with files to check."""
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def with_click(*words: str, cwd: Path, cache: Path) -> Ran:
    """What click makes of words."""
    code = "import sys; from archadvisor.cli.commands import archadvisor; archadvisor(prog_name='archadvisor')"
    environment = {"PATH": os.environ["PATH"], "XDG_CACHE_HOME": str(cache)}
    done = subprocess.run(
        [sys.executable, "-c", code, *words], cwd=cwd, env=environment, capture_output=True, check=False
    )
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.mark.parametrize("words", LINES)
def test_plain_words_are_told_from_others(
    words: tuple[str, ...], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    assert is_plain(["check", *words]) is LINES[words]


@pytest.mark.parametrize("words", LINES)
def test_the_same_is_said_either_way(words: tuple[str, ...], folder: Path, cache: Path) -> None:
    assert run("check", *words, cwd=folder, cache=cache) == with_click("check", *words, cwd=folder, cache=cache)


def test_other_commands_and_completions_are_for_click(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    assert not is_plain([])
    assert not is_plain(["cost", "good.yaml"])
    monkeypatch.setenv("_ARCHADVISOR_COMPLETE", "bash_complete")
    assert not is_plain(["check", "good.yaml"])


def test_what_is_not_asked_is_the_same_either_way() -> None:
    context = check.make_context("check", ["good.yaml"])
    assert {name: value for name, value in context.params.items() if name != "paths"} == asdict(Options())


@pytest.mark.parametrize(("words", "name"), [(NO_CACHE, "no_cache"), (QUIET, "quiet")])
def test_plain_options_mean_what_they_mean_to_click(words: frozenset[str], name: str) -> None:
    (option,) = [each for each in check.params if each.name == name]
    assert isinstance(option, click.Option)
    assert option.is_flag
    assert set(option.opts) == words


@pytest.mark.parametrize("way", ["archadvisor.cli", "archadvisor.cli.commands"])
def test_a_reader_that_goes_away_is_no_traceback(way: str, folder: Path, cache: Path) -> None:
    name = "main" if way == "archadvisor.cli" else "archadvisor"
    code = f"from {way} import {name}; {name}()"
    environment = {"PATH": os.environ["PATH"], "XDG_CACHE_HOME": str(cache)}
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, "-c", code, "check", "good.yaml"]
    done = subprocess.run(command, cwd=folder, env=environment, stdout=write, stderr=subprocess.PIPE, check=False)
    os.close(write)
    assert (done.returncode, done.stderr) == (1, b"")


def test_a_plain_check_ends_without_taking_apart_what_it_built(folder: Path, cache: Path) -> None:
    code = (
        "import atexit, sys; atexit.register(print, 'taken apart'); sys.argv = ['archadvisor', 'check', 'bad.yaml'];"
        "from archadvisor.cli import main; main()"
    )
    environment = {"PATH": os.environ["PATH"], "XDG_CACHE_HOME": str(cache)}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, env=environment, capture_output=True, check=False, text=True
    )
    plain = run("check", "bad.yaml", cwd=folder, cache=cache)
    assert (done.returncode, done.stdout, done.stderr) == (plain.status, plain.out, plain.err)
