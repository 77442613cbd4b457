"""A file that processes die of: a named pipe whose readers are killed."""

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def reaped(pipe: Path) -> Iterator[None]:
    """While it is open, each process that opens the pipe is killed."""
    ended = threading.Event()
    reaper = threading.Thread(target=_reap, args=(pipe, ended), daemon=True)
    reaper.start()
    try:
        yield
    finally:
        ended.set()
        end = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)  # the reaper may be waiting for a reader
        reaper.join()
        os.close(end)


def _reap(pipe: Path, ended: threading.Event) -> None:
    while not ended.is_set():
        writer = os.open(pipe, os.O_WRONLY)
        for process in _readers(pipe):
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        os.close(writer)


def _readers(pipe: Path) -> list[int]:
    """The other processes that have the pipe open."""
    found = []
    for link in Path("/proc").glob("[0-9]*/fd/*"):
        with suppress(OSError):
            process = int(link.parts[2])
            if process != os.getpid() and os.readlink(link) == str(pipe):
                found.append(process)
    return found
