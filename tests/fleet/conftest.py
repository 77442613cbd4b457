"""What the tests of fleets share: workloads, a Dask cluster and an object store on this machine."""

from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest
from moto.server import ThreadedMotoServer

from benchmarks.dask_cluster import Cluster
from benchmarks.workloads import write_workloads
from tests.fleet.runs import BROKEN


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache folder of the tests' own."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="session")
def teams(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the workloads of two teams, some of them unusable."""
    folder = write_workloads(tmp_path_factory.mktemp("fleet") / "teams", 150)
    for name, data in BROKEN.items():
        (folder / name).write_bytes(data)
    return folder


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    """A scheduler and two workers; a task that a worker died of is tried once more."""
    with Cluster(tmp_path, 2, {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1"}) as running:
        yield running


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    """The environment in which `s3://` is a server on this machine, with a bucket `fleet`."""
    server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    environment = {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "AWS_DEFAULT_REGION": "eu-west-1",
    }
    urlopen(f"http://{host}:{port}/moto-api/reset", b"").close()  # what earlier servers held is still there
    try:
        yield environment
    finally:
        server.stop()
