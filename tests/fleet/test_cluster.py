"""A fleet on a Dask cluster: a scheduler and workers as processes of their own, some of which are lost."""

import os
import shutil
import threading
import time
from pathlib import Path

import pytest

from benchmarks.dask_cluster import Cluster
from tests.cli.files import PACK, RULES, SOURCES
from tests.fleet.reaper import reaped
from tests.fleet.runs import fleet, rows, said, write


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
    sources = ("few", "few/team-0000/poison.workload.yaml")  # a walk passes over what is no file
    with reaped(poison):
        ran = fleet(*sources, "--out", "few-out", "--scheduler", cluster.url, cwd=folder, cache=cache)
    found = rows(folder / "few-out")
    assert (ran.status, len({row["uri"] for row in found["decisions"]})) == (2, 2)
    (fatal,) = found["diagnostics"]
    assert fatal["uri"] == "few/team-0000/poison.workload.yaml"
    assert fatal["message"] == "the check of this file ended before it was done"


def test_workers_find_what_processes_here_find_by_the_rules_of_each_run(
    cache: Path, cluster: Cluster, tmp_path: Path
) -> None:
    here = tmp_path / "here"  # the workers are elsewhere
    for name, data in {"pack/pack.yaml": PACK, "pack/sources.yaml": SOURCES, "pack/rules.yaml": RULES}.items():
        write(here / name, data)
    write(here / "own/workload.yaml", "version: 1\nname: own\nservices: {nightly: {kind: batch}}\n")
    write(here / "comp/compose.yaml", "services: {web: {image: shop, privileged: '${PRIVILEGED:-false}'}}\n")
    write(here / "comp/.env", "PRIVILEGED=true\n")
    found = {}
    for packs in ((), ("--pack", "pack")):
        for out, options in (("local", ()), ("cluster", ("--scheduler", cluster.url))):
            ran = fleet("own", "comp/*.yaml", "--out", out, *packs, *options, cwd=here, cache=cache)
            assert (ran.status, "none of them done before" in said(ran)) == (0, True)
            found[out] = rows(here / out)
        assert found["cluster"] == found["local"]
        assert ("house/no-batch" in {row["rule"] for row in found["cluster"]["findings"]}) == bool(packs)
    computes = {row["workload"]: row["option"] for row in found["cluster"]["decisions"] if row["decision"] == "compute"}
    assert computes["comp"] == "ec2"
    assert str(here) not in repr(found)


@pytest.mark.parametrize(
    ("url", "told", "shown"),
    [
        ("tcp://127.0.0.1:9", "the scheduler cannot be reached", "tcp://127.0.0.1:9"),
        ("tcp://user:PW@127.0.0.1:9", "the scheduler cannot be reached", "tcp://****@127.0.0.1:9"),
        ("tls://127.0.0.1:9", "the scheduler asks for TLS, and there are no certificates for it", "tls://127.0.0.1:9"),
    ],
)
def test_a_scheduler_that_cannot_be_used_is_told(url: str, told: str, shown: str, teams: Path, cache: Path) -> None:
    environment = {"DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "1s"}
    ran = fleet("teams", "--out", "no", "--scheduler", url, cwd=teams.parent, cache=cache, environment=environment)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith(f"unusable: {told}\n  --> {shown}\n")
