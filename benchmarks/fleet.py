"""Checks many generated workloads as a fleet: on this machine, on Dask, and on Dask while a worker is killed.

`make bench-fleet` runs it with 100 000. It fails where a run lost or doubled anything, and prints what Dask took beside
what the processes of this machine took.
"""

import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import click
import duckdb

from benchmarks.dask_cluster import Cluster
from benchmarks.workloads import write_workloads

WORKERS = 2
DAY = "2026-11-23"
_KILLED_AFTER = 0.3
"""The share of the batches after which a worker is killed."""


def measured(folder: Path, out: str, *options: str) -> float:
    """The seconds that a fleet run took."""
    start = time.perf_counter()
    command = [sys.executable, "-m", "archadvisor", "fleet", "teams", "--out", out, "--as-of", DAY, *options]
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def counted(out: Path) -> tuple[int, int, int, int]:
    """Files with decisions, decisions, different decisions, and findings."""
    asked = f"""
        SELECT count(DISTINCT uri), count(*), count(DISTINCT (uri, decision, subject)),
               (SELECT count(*) FROM '{out}/findings/*.parquet')
        FROM '{out}/decisions/*.parquet'
    """
    ((files, decisions, different, findings),) = duckdb.execute(asked).fetchall()
    return files, decisions, different, findings


def kill_midway(cluster: Cluster, out: Path, batches: int) -> threading.Thread:
    """Kills the first worker once some of the batches are done, and starts another."""

    def kill() -> None:
        while len(list(out.glob("manifests/*.json"))) < _KILLED_AFTER * batches:
            time.sleep(0.05)
        cluster.kill(0)
        cluster.workers.append(cluster.hire())

    thread = threading.Thread(target=kill, daemon=True)
    thread.start()
    return thread


def compared(folder: Path, count: int, killed: bool = True) -> str:
    """What the runs took, after they were found to have done the same.

    Raises:
        SystemExit: a run lost or doubled something.
    """
    write_workloads(folder / "teams", count)
    here = measured(folder, "here", "--jobs", str(WORKERS))
    expected = counted(folder / "here")
    with Cluster(folder, WORKERS) as cluster:
        cluster.await_workers()
        there = measured(folder, "there", "--scheduler", cluster.url)
        with_a_kill = ""
        if killed:
            kill_midway(cluster, folder / "lost", len(list((folder / "here").glob("manifests/*.json"))))
            with_a_kill = f", one killed {measured(folder, 'lost', '--scheduler', cluster.url):.1f} s"
    for out in ("there", *(["lost"] if killed else [])):
        if counted(folder / out) != expected or expected[0] != count or expected[1] != expected[2]:
            raise SystemExit(f"`{out}` is not what it should be: {counted(folder / out)}, expected {expected}")
    told = f"{count} workloads, {expected[1]} decisions, {expected[3]} findings; {WORKERS} processes here {here:.1f} s"
    return f"{told}, {WORKERS} workers of Dask {there:.1f} s ({there / here - 1:+.1%}){with_a_kill}"


@click.command()
@click.argument("count", type=int, default=100_000)
@click.option("--no-kill", is_flag=True, help="Leave out the run in which a worker is killed.")
def main(count: int, no_kill: bool) -> None:
    """Prints what COUNT workloads took."""
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as scratch:
        print(compared(Path(scratch), count, not no_kill))


if __name__ == "__main__":
    main()
