"""How a run ends that cannot read or write, or is not wanted any more: in a line, never with a traceback."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.command import ROOT

WEBSHOP = ROOT / "samples" / "webshop" / "workload.yaml"
CHECK = f"{sys.executable} -m archadvisor check"
# A command, its exit status, and what it says on stderr.
ENDS = [
    (f"{CHECK} {WEBSHOP} >/dev/full", 2, "archadvisor: stdout cannot be used: no space left on device\n"),
    (f"{CHECK} -v {WEBSHOP} >/dev/full", 2, "archadvisor: stdout cannot be used: no space left on device\n"),
    (f"{CHECK} {WEBSHOP} >&-", 2, "archadvisor: stdout is closed, so there is nowhere to write to\n"),
    (f"{CHECK} - <&- >/dev/null", 2, ""),
    (f"{CHECK} {WEBSHOP} 2>&- >/dev/null", 0, ""),
    (
        f"mkdir gone; cd gone; rmdir ../gone; {CHECK} {WEBSHOP}",
        2,
        "archadvisor: the current folder cannot be used: no such file or directory\n",
    ),
    (f"{CHECK} {WEBSHOP} | true", 0, ""),
]


@pytest.mark.parametrize(("command", "status", "said"), ENDS)
def test_what_cannot_be_written_or_read_is_told_in_a_line(
    command: str, status: int, said: str, tmp_path: Path, cache: Path
) -> None:
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache)}
    ran = subprocess.run(
        command, shell=True, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stderr) == (status, said)


def wait_until_asleep(process: int) -> None:
    """Waits until a process has done nothing for some time, however long it took to begin."""
    asleep = 0
    while asleep < 10:
        time.sleep(0.05)
        state = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
        asleep = asleep + 1 if state == "S" else 0


def test_ctrl_c_is_told_in_a_line(tmp_path: Path, cache: Path) -> None:
    os.mkfifo(tmp_path / "workload.yaml")
    command = [sys.executable, "-m", "archadvisor", "check", "workload.yaml"]
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache)}
    run = subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    wait_until_asleep(run.pid)  # it waits for somebody to write to the pipe
    run.send_signal(signal.SIGINT)
    assert (run.communicate(timeout=20), run.returncode) == ((b"", b"\nAborted!\n"), 130)
