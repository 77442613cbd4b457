"""`check --jobs`: several processes say what one says, in the same bytes."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from archadvisor.rendering import FORMATS
from benchmarks.workloads import write_workloads
from tests.cli.command import DAY, ROOT, interruptible, run

BROKEN = {
    "team-0000/broken.workload.yaml": b"version: 1\nname: [\n",
    "team-0001/odd.workload.yaml": b"version: 1\nname: odd\nservices: {web: {kind: wob}}\n",
    "team-0001/bytes.workload.yaml": b"\xff\xfe",
}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write_workloads(tmp_path_factory.mktemp("fleet"), 48)
    (folder / "team-0001").mkdir()
    for name, data in BROKEN.items():
        (folder / name).write_bytes(data)
    return folder


@pytest.mark.parametrize(
    "options", [*(["--format", form] for form in FORMATS), ["--statistics"], ["-q"], ["--assume-nothing", "-q"]]
)
def test_two_processes_say_what_one_says(options: list[str], files: Path, tmp_path: Path) -> None:
    alone, together = (
        run("check", ".", "--as-of", DAY, "-j", jobs, *options, cwd=files, cache=tmp_path) for jobs in ("1", "3")
    )
    assert (together.status, together.out, together.err) == (alone.status, alone.out, alone.err)
    assert alone.status == 2


def test_a_file_gets_the_same_text_as_stdout(files: Path, tmp_path: Path) -> None:
    shown = run("check", ".", "--as-of", DAY, cwd=files, cache=tmp_path).out
    run("check", ".", "--as-of", DAY, "-o", str(tmp_path / "report.txt"), cwd=files, cache=tmp_path)
    assert (tmp_path / "report.txt").read_text(encoding="utf-8") == shown


def test_what_ends_a_run_ends_it_before_anything_is_said(tmp_path: Path) -> None:
    folder = write_workloads(tmp_path / "fleet", 200)
    (folder / "team-0001" / "archadvisor.toml").write_text("select = 3\n", encoding="utf-8")
    for jobs in ("1", "2"):
        ran = run("check", "fleet", "-j", jobs, cwd=tmp_path, cache=tmp_path)
        assert (ran.status, ran.out) == (2, "")
        assert "archadvisor.toml" in ran.err


def test_no_process_is_no_number_of_jobs(tmp_path: Path) -> None:
    ran = run("check", ".", "--jobs", "0", cwd=tmp_path, cache=tmp_path)
    assert ran.status == 2
    assert "--jobs" in ran.err


def test_ctrl_c_ends_all_processes_and_says_nothing_on_stdout(tmp_path: Path) -> None:
    write_workloads(tmp_path / "fleet", 1500)
    check = subprocess.Popen(
        [sys.executable, "-m", "archadvisor", "check", "fleet", "--jobs", "2"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        env={**os.environ, "XDG_CACHE_HOME": str(tmp_path), "PYTHONPATH": str(ROOT / "src")},
        preexec_fn=interruptible,
    )
    while len(_group(check.pid)) < 3:
        time.sleep(0.01)
    os.killpg(check.pid, signal.SIGINT)
    out, err = check.communicate(timeout=20)
    assert (check.returncode, out) == (130, b"")
    assert b"Traceback" not in err
    with pytest.raises(ProcessLookupError):
        os.killpg(check.pid, 0)


def _group(leader: int) -> list[str]:
    """The processes of a group: a process and its workers."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = stat.read_text(encoding="utf-8").rpartition(")")[2].split()
            found += [stat.parent.name] if fields[2] == str(leader) else []
    return found
