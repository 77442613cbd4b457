"""What a terminal gets: colours, links and progress, and what is kept from anything else."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.cli.command import DAY, run
from tests.cli.files import FAULTY, GOOD

pty = pytest.importorskip("pty")

COLOUR, LINK, PROGRESS = "\x1b[31", "\x1b]8;;", " of 60 files"
LINKING = {"TERM": "xterm-256color", "TERM_PROGRAM": "WezTerm"}


def on_terminal(*arguments: str, cwd: Path, cache: Path, environment: Mapping[str, str]) -> str:
    """What a terminal gets of a run, from stdout and stderr together."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "archadvisor", *arguments],
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs,
        env={"PATH": os.environ["PATH"], "XDG_CACHE_HOME": str(cache), **environment},
    )
    os.close(theirs)
    shown = b""
    while chunk := _read(ours):
        shown += chunk
    process.wait(timeout=60)
    os.close(ours)
    return shown.decode("utf-8")


def _read(terminal: int) -> bytes:
    """The next bytes of a terminal; none once nobody writes to it any more."""
    try:
        return os.read(terminal, 65536)
    except OSError:
        return b""


ABILITIES = [
    ({"TERM": "xterm-256color"}, True, False),
    (LINKING, True, True),
    ({"TERM": "xterm-kitty"}, True, True),
    ({"TERM": "xterm", "VTE_VERSION": "7600"}, True, True),
    ({"TERM": "xterm", "VTE_VERSION": "4900"}, True, False),
    ({"TERM": "xterm", "VTE_VERSION": "new"}, True, False),
    ({"TERM": "xterm", "WT_SESSION": "1"}, True, True),
    ({"TERM": "dumb", "TERM_PROGRAM": "WezTerm"}, False, False),
    ({**LINKING, "NO_COLOR": "1"}, False, False),
    ({**LINKING, "NO_COLOR": ""}, True, True),
    ({**LINKING, "NO_COLOR": "1", "FORCE_COLOR": "1"}, False, False),
    ({"TERM": "dumb", "FORCE_COLOR": "1"}, True, False),
]


@pytest.mark.parametrize(("environment", "colours", "links"), ABILITIES, ids=str)
@pytest.mark.parametrize("form", ["text", "concise"])
def test_a_terminal_gets_what_it_can_show(
    folder: Path, cache: Path, form: str, environment: dict[str, str], colours: bool, links: bool
) -> None:
    arguments = ("check", "faulty.yaml", "--format", form, "--as-of", DAY)
    shown = on_terminal(*arguments, cwd=folder, cache=cache, environment=environment)
    assert "lint/plain-text-secret" in shown
    assert (COLOUR in shown, LINK in shown) == (colours, links)


def test_a_link_leads_to_the_file(folder: Path, cache: Path) -> None:
    shown = on_terminal("check", "faulty.yaml", "--format", "concise", cwd=folder, cache=cache, environment=LINKING)
    assert f"\x1b]8;;file://{folder}/faulty.yaml\x1b\\faulty.yaml:3:45\x1b]8;;\x1b\\" in shown


@pytest.mark.parametrize("form", ["json", "sarif", "junit", "github", "gitlab", "markdown"])
def test_formats_for_machines_have_no_colours_on_a_terminal_either(folder: Path, cache: Path, form: str) -> None:
    arguments = ("check", "faulty.yaml", "--format", form)
    assert "\x1b" not in on_terminal(*arguments, cwd=folder, cache=cache, environment=LINKING)


def test_what_is_no_terminal_gets_colours_only_by_force_and_links_never(folder: Path, cache: Path) -> None:
    plain = run("check", "faulty.yaml", cwd=folder, cache=cache, environment=LINKING)
    forced = run("check", "faulty.yaml", cwd=folder, cache=cache, environment={**LINKING, "FORCE_COLOR": "1"})
    assert "\x1b" not in plain.shown
    assert (COLOUR in forced.out, LINK in forced.out) == (True, False)


def test_a_file_gets_neither_colours_nor_links(tmp_path: Path, cache: Path) -> None:
    (tmp_path / "x.yaml").write_text(FAULTY, encoding="utf-8")
    environment = {**LINKING, "FORCE_COLOR": "1"}
    on_terminal("check", "x.yaml", "-o", "out.txt", cwd=tmp_path, cache=cache, environment=environment)
    assert "\x1b" not in (tmp_path / "out.txt").read_text("utf-8")


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with sixty workload files."""
    folder = tmp_path_factory.mktemp("many")
    for number in range(60):
        (folder / f"{number}.workload.yaml").write_text(GOOD, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("arguments", "environment", "shown"),
    [
        ((".",), {"TERM": "xterm"}, True),
        ((".", "--quiet"), {"TERM": "xterm"}, False),
        (("1.workload.yaml",), {"TERM": "xterm"}, False),
        ((".",), {"TERM": "dumb"}, False),
    ],
)
def test_progress_shows_for_many_files_on_a_terminal(
    many: Path, cache: Path, arguments: tuple[str, ...], environment: dict[str, str], shown: bool
) -> None:
    out = on_terminal("check", *arguments, "--format", "concise", cwd=many, cache=cache, environment=environment)
    assert (PROGRESS in out) is shown
    if shown:
        before, _, after = out.rpartition(PROGRESS)
        assert after.startswith("\r\x1b[K")
        assert before.startswith("\r\x1b[K")


def test_progress_is_shown_to_nobody_else(many: Path, cache: Path) -> None:
    assert run("check", ".", cwd=many, cache=cache, environment={"TERM": "xterm"}).err == ""
