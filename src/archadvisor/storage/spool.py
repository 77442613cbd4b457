"""A text that is put together piece by piece: in memory, and where it gets long in a file that is never seen."""

from collections.abc import Iterator
from typing import IO

_MOST_IN_MEMORY = 8 * 1024 * 1024
_PIECE = 1024 * 1024


class Spool:
    """Takes pieces of a text and gives them back once, in order."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self._size = 0
        self._file: IO[bytes] | None = None

    def take(self, piece: bytes) -> None:
        """Adds a piece."""
        self._pieces.append(piece)
        self._size += len(piece)
        if self._size > _MOST_IN_MEMORY:
            self._lay_down()

    def pieces(self) -> Iterator[bytes]:
        """The whole text."""
        if self._file is not None:
            self._file.seek(0)
            yield from iter(lambda: self._file.read(_PIECE) if self._file else b"", b"")
            self._file.close()
        yield from self._pieces

    def _lay_down(self) -> None:
        """Puts what is in memory into the file."""
        if self._file is None:
            from tempfile import TemporaryFile

            self._file = TemporaryFile()  # noqa: SIM115
        self._file.writelines(self._pieces)
        self._pieces, self._size = [], 0
