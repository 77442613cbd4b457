"""What checks of files came to, kept in the user's cache folder; never an error, never a doubtful answer."""

import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, suppress
from hashlib import sha256

from archadvisor.storage.cache import cache_folder

_FORMAT = 3
_NAME, *_EARLIER = [f"results-{number}.sqlite" for number in range(_FORMAT, 0, -1)]
"""The name of the database, and those of earlier formats."""
_TABLE = "CREATE TABLE IF NOT EXISTS results (key TEXT PRIMARY KEY, made TEXT, seal BLOB, value BLOB)"
_PAGE = 16 * 1024
"""Bytes of the database that are read at a time; most values fit in."""
_AT_A_TIME = 64
_ASKED = f"SELECT key, seal, value FROM results WHERE key IN ({', '.join('?' * _AT_A_TIME)})"
_PATIENCE = 1.0
"""Seconds to wait for another process that writes."""


class Results:
    """The results that were kept; a process that is forked opens the database anew."""

    def __init__(self) -> None:
        self._process = 0
        self._open: sqlite3.Connection | None = None

    def find(self, keys: Sequence[str]) -> Mapping[str, bytes]:
        """What was kept under some keys, without what is not there or not what was kept."""
        if self._process != os.getpid():
            self._process, self._open = os.getpid(), _existing()
        return {
            key: value
            for key, seal, value in self._rows(keys)
            if isinstance(value, bytes) and seal == _seal(key, value)
        }

    def _rows(self, keys: Sequence[str]) -> Iterator[tuple[str, object, object]]:
        if self._open is None:
            return
        try:
            for start in range(0, len(keys), _AT_A_TIME):
                asked = keys[start : start + _AT_A_TIME]
                yield from self._open.execute(_ASKED, (*asked, *[None] * (_AT_A_TIME - len(asked))))
        except sqlite3.Error:
            self._open = None


def keep(results: Sequence[tuple[str, bytes]], made: str) -> None:
    """Keeps results, each under its key, with the ISO day on which they were made; those of earlier days are dropped.

    Where that cannot be done nothing is kept, and what is no database any more is begun anew.
    """
    folder = cache_folder()
    if folder is None:
        return
    if not os.path.exists(os.path.join(folder, _NAME)):
        _remove_earlier(folder)
    try:
        _write(os.path.join(folder, _NAME), results, made)
    except sqlite3.OperationalError:  # it is read-only or locked, or the disk is full
        return
    except sqlite3.DatabaseError:
        with suppress(OSError):
            os.unlink(os.path.join(folder, _NAME))


def _remove_earlier(folder: str) -> None:
    """Removes the databases of earlier formats, which nothing reads any more."""
    for name in _EARLIER:
        with suppress(OSError):
            os.unlink(os.path.join(folder, name))


def _write(file: str, results: Sequence[tuple[str, bytes]], made: str) -> None:
    with closing(sqlite3.connect(file, timeout=_PATIENCE)) as database:
        database.execute(f"PRAGMA page_size = {_PAGE}")
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
        return sqlite3.connect(file, timeout=_PATIENCE)
    except sqlite3.Error:
        return None


def _seal(key: str, value: bytes) -> bytes:
    """What tells whether a value is the one that was kept under a key."""
    digest = sha256(key.encode("utf-8", "surrogatepass"))
    digest.update(value)
    return digest.digest()[:8]
