"""Runs archadvisor as a program."""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

DAY = "2026-11-23"
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Ran:
    """What came of a run."""

    status: int
    out: str
    err: str

    @property
    def shown(self) -> str:
        return self.out + self.err


def interruptible() -> None:
    """What runs in the background of a shell ignores interrupts, and so would what it starts."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


_OVERRIDES = "-dac_override,-dac_read_search"
_AS_OTHERS = ("setpriv", f"--inh-caps={_OVERRIDES}", f"--bounding-set={_OVERRIDES}")
"""Runs a command of root as one that may not read everything."""


def run(
    *args: str | bytes,
    cwd: Path,
    cache: Path,
    stdin: bytes = b"",
    environment: Mapping[str, str] | None = None,
    unprivileged: bool = False,
) -> Ran:
    """Runs `archadvisor` with arguments in a folder; what it prints must be UTF-8 and no traceback."""
    done = subprocess.run(
        [*(_AS_OTHERS if unprivileged and os.geteuid() == 0 else ()), sys.executable, "-m", "archadvisor", *args],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        check=False,
        timeout=60,
        env={"PATH": os.environ["PATH"], "XDG_CACHE_HOME": str(cache), **(environment or {})},
    )
    ran = Ran(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))
    assert "Traceback" not in ran.shown, ran.shown
    return ran
