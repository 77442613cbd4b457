"""A fleet on a Dask cluster: a scheduler and workers as processes of their own, some of which are lost."""

import os
import shutil
import threading
import time
from pathlib import Path

from benchmarks.dask_cluster import Cluster
from tests.fleet.reaper import reaped
from tests.fleet.runs import fleet, rows


def killed_later(cluster: Cluster, out: Path) -> threading.Thread:
    """Kills a worker for good once the first batch is done."""

    def kill() -> None:
        while not list(out.glob("manifests/*.json")):
            time.sleep(0.01)
        cluster.kill(0)

    thread = threading.Thread(target=kill, daemon=True)
    thread.start()
    return thread


def test_a_lost_worker_costs_nothing_and_a_poisonous_file_only_itself(
    teams: Path, cache: Path, cluster: Cluster, tmp_path: Path
) -> None:
    shutil.copytree(teams, tmp_path / "teams")
    fleet("teams", "--out", "local", cwd=tmp_path, cache=cache)
    killing = killed_later(cluster, tmp_path / "out")
    ran = fleet("teams", "--out", "out", "--scheduler", cluster.url, cwd=tmp_path, cache=cache)
    killing.join(timeout=1)
    assert (ran.status, "150 workloads" in ran.out) == (2, True)
    assert rows(tmp_path / "out") == rows(tmp_path / "local")
    assert {file.name for file in (tmp_path / "out").rglob("*")} == {
        file.name for file in (tmp_path / "local").rglob("*")
    }
    _poison(tmp_path, cache, cluster)


def _poison(folder: Path, cache: Path, cluster: Cluster) -> None:
    """One file ends every worker that reads it."""
    poison = folder / "few" / "team-0000" / "poison.workload.yaml"
    poison.parent.mkdir(parents=True)
    for name in ("app-000001.workload.yaml", "app-000002.workload.yaml"):
        shutil.copy(folder / "teams" / "team-0000" / name, poison.parent)
    os.mkfifo(poison)
    with reaped(poison):
        ran = fleet("few", "--out", "few-out", "--scheduler", cluster.url, cwd=folder, cache=cache)
    found = rows(folder / "few-out")
    assert (ran.status, len({row["uri"] for row in found["decisions"]})) == (2, 2)
    (fatal,) = found["diagnostics"]
    assert fatal["uri"] == "few/team-0000/poison.workload.yaml"
    assert fatal["message"] == "the check of this file ended before it was done"


def test_a_scheduler_that_is_not_there_is_told(teams: Path, cache: Path) -> None:
    environment = {"DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "1s"}
    url = "tcp://127.0.0.1:9"
    ran = fleet("teams", "--out", "no", "--scheduler", url, cwd=teams.parent, cache=cache, environment=environment)
    assert (ran.status, ran.out) == (2, "")
    assert "the scheduler cannot be reached" in ran.err
