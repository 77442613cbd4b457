"""What checks of files came to, kept in the user's cache folder; never an error, never a doubtful answer."""

import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing, suppress
from hashlib import blake2b

from archadvisor.storage.cache import cache_folder

_NAME = "results-2.sqlite"
_TABLE = "CREATE TABLE IF NOT EXISTS results (key TEXT PRIMARY KEY, made TEXT, seal BLOB, value TEXT)"
_PATIENCE = 1.0
"""Seconds to wait for another process that writes."""


class Results:
    """The results that were kept; a process that is forked opens the database anew."""

    def __init__(self) -> None:
        self._process = 0
        self._open: sqlite3.Connection | None = None

    def find(self, key: str) -> str | None:
        """What was kept under a key; None where nothing was, or where it is not what was kept."""
        if self._process != os.getpid():
            self._process, self._open = os.getpid(), _existing()
        if self._open is None:
            return None
        try:
            found = self._open.execute("SELECT seal, value FROM results WHERE key = ?", (key,)).fetchone()
        except sqlite3.Error:
            self._open = None
            return None
        match found:
            case (bytes(seal), str(value)) if seal == _seal(key, value):
                return value
            case _:
                return None


def keep(results: Sequence[tuple[str, str]], made: str) -> None:
    """Keeps results, each under its key, with the ISO day on which they were made; those of earlier days are dropped.

    Where that cannot be done nothing is kept, and what is no database any more is begun anew.
    """
    folder = cache_folder()
    if folder is None:
        return
    try:
        _write(os.path.join(folder, _NAME), results, made)
    except sqlite3.OperationalError:  # it is read-only or locked, or the disk is full
        return
    except sqlite3.DatabaseError:
        with suppress(OSError):
            os.unlink(os.path.join(folder, _NAME))


def _write(file: str, results: Sequence[tuple[str, str]], made: str) -> None:
    with closing(sqlite3.connect(file, timeout=_PATIENCE)) as database:
        database.execute("PRAGMA synchronous = OFF")  # seals tell what was torn, and all of it can be made again
        database.execute(_TABLE)
        database.execute("DELETE FROM results WHERE made < ?", (made,))
        rows = [(key, made, _seal(key, value), value) for key, value in results]
        database.executemany("INSERT OR REPLACE INTO results VALUES (?, ?, ?, ?)", rows)
        database.commit()


def _existing() -> sqlite3.Connection | None:
    folder = cache_folder()
    file = os.path.join(folder, _NAME) if folder else ""
    if not os.path.isfile(file):
        return None
    try:
        return sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=_PATIENCE)
    except sqlite3.Error:
        return None


def _seal(key: str, value: str) -> bytes:
    """What tells whether a value is the one that was kept under a key."""
    return blake2b(f"{key}\0{value}".encode("utf-8", "surrogatepass"), digest_size=8).digest()
