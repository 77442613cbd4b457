"""A Dask scheduler and its workers, each a process of its own on this machine."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Self

from distributed import Client

PATIENCE = 30


class Cluster:
    """A scheduler and workers that run while this is open."""

    def __init__(self, folder: Path, workers: int, environment: Mapping[str, str] | None = None) -> None:
        self.folder, self.environment = folder, {**os.environ, **(environment or {})}
        self.port = _free_port()
        self.url = f"tcp://127.0.0.1:{self.port}"
        self.scheduler = self._started("scheduler", "--host", "127.0.0.1", "--port", str(self.port))
        self._wait()
        self.workers = [self.hire() for _ in range(workers)]

    def hire(self) -> "subprocess.Popen[bytes]":
        """A worker more; a nanny that restarts it watches over it."""
        return self._started("worker", self.url, "--nthreads", "1", "--local-directory", str(self.folder))

    def kill(self, number: int) -> None:
        """Kills a worker and its nanny, as when a machine is lost."""
        os.killpg(self.workers[number].pid, signal.SIGKILL)

    def await_workers(self) -> None:
        """Until all workers are known to the scheduler."""
        with Client(self.url, set_as_default=False) as client:
            client.wait_for_workers(len(self.workers), timeout=PATIENCE)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for process in (*self.workers, self.scheduler):
            try:
                os.killpg(process.pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
            finally:
                process.wait()

    def _started(self, *command: str) -> "subprocess.Popen[bytes]":
        with (self.folder / f"{command[0]}.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "dask", *command, "--no-dashboard"],
                cwd=self.folder,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def _wait(self) -> None:
        """Until the scheduler listens."""
        end = time.monotonic() + PATIENCE
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
            except OSError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.05)
            else:
                return


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port
