"""Runs of fleets, and what they wrote."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow.dataset as ds  # type: ignore[import-untyped]

from tests.cli.command import DAY, Ran, interruptible, run

TABLES = ("decisions", "findings", "diagnostics")
BROKEN = {
    "team-0000/broken.workload.yaml": b"version: 1\nname: [\n",
    "team-0001/odd.workload.yaml": b"version: 1\nname: odd\nservices: {web: {kind: wob}}\n",
    "team-0001/bytes.workload.yaml": b"\xff\xfe",
}
SMALL = "version: 1\nname: small\nservices: {web: {kind: web}}\n"
Rows = dict[str, list[dict[str, Any]]]


def fleet(*args: str, cwd: Path, cache: Path, environment: Mapping[str, str] | None = None, day: str = DAY) -> Ran:
    """Runs `archadvisor fleet` for a day."""
    return run("fleet", *args, "--as-of", day, cwd=cwd, cache=cache, environment=environment)


def said(ran: Ran) -> str:
    """What a run printed as one line."""
    return " ".join(ran.out.split())


def write(file: Path, text: str) -> None:
    """Writes a file, in a folder that need not be there yet."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def started(*args: str, cwd: Path, cache: Path) -> subprocess.Popen[bytes]:
    """A run of `archadvisor fleet` that goes on."""
    return subprocess.Popen(
        [sys.executable, "-m", "archadvisor", "fleet", *args, "--as-of", DAY],
        cwd=cwd,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={"PATH": "/usr/bin:/bin", "XDG_CACHE_HOME": str(cache)},
        start_new_session=True,
        preexec_fn=interruptible,
    )


def rows(out: Path, start: str = "") -> Rows:
    """The rows of each table in order, whatever the parts they lie in; without a `start` of their URIs."""
    found = {name: ds.dataset(out / name, format="parquet").to_table().to_pylist() for name in TABLES}
    for own in found.values():
        for row in own:
            row["uri"] = row["uri"].removeprefix(start)
        own.sort(key=repr)
    return found
