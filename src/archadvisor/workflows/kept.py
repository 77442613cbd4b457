"""Entries kept from one run to the next, and taken from there where nothing has changed that they depend on."""

import datetime
import hashlib
import json
from collections.abc import Sequence
from functools import cache
from operator import attrgetter

from archadvisor.loading.discovery import read_bytes
from archadvisor.loading.home import stamp
from archadvisor.model.frozen import replace
from archadvisor.model.totals import Totals
from archadvisor.storage.results import Results, keep
from archadvisor.workflows.entries import Entry, Maker

_BATCH = 500
_numbers_of = attrgetter(*Totals.__match_args__)


class Kept:
    """The entries of runs that asked the same of the same code, packs, catalog, configuration and day."""

    def __init__(self, maker: Maker, form: str) -> None:
        asked = (form, maker.several, maker.checking.explained, maker.checking.deep)
        self._maker = maker
        self._base = hashlib.sha256(f"{stamp()} {maker.checking.program.key} {asked}".encode())
        self._written = cache(repr)
        self._results = Results()
        self._new: list[tuple[str, bytes]] = []

    def entry(self, files: Sequence[str]) -> Entry:
        """The entry of some files; made only where it is not kept."""
        keys = [self._key(file, self._data(file)) for file in files]
        found = self._results.find(keys)
        known = [_restored(found[key]) if key in found else None for key in keys]
        return self._maker.joined([entry or self._made(file) for file, entry in zip(files, known, strict=True)])

    def take(self, entry: Entry) -> None:
        """Keeps what is new in an entry; some at a time."""
        self._new += entry.new
        if len(self._new) >= _BATCH:
            self.close()

    def close(self) -> None:
        """Keeps what was taken."""
        if self._new:
            keep(self._new, datetime.date.today().isoformat())
        self._new = []

    def _made(self, file: str) -> Entry:
        """The entry of a file that is not kept; its key is that of the bytes it is made of."""
        data = self._data(file)
        entry, key = self._maker.single(file, data), self._key(file, data)
        return replace(entry, new=((key, _compiled(entry)),)) if entry.lasting and key else entry

    def _data(self, file: str) -> bytes | None:
        """The content of a file; None for what is not one file that can be read."""
        data = None if file == "-" or file in self._maker.checking.readers else read_bytes(file)
        return data if isinstance(data, bytes) else None

    def _key(self, file: str, data: bytes | None) -> str:
        """What the entry of a file depends on, as a digest; empty where that is not known."""
        if data is None:
            return ""
        checking = self._maker.checking
        marks = [step.mark(file) for step in checking.steps]
        digest = self._base.copy()
        choice = self._written(checking.program.choice(file))
        digest.update(f"{file!r} {choice} {marks!r}\0".encode("utf-8", "surrogatepass"))
        digest.update(data)
        return digest.hexdigest()


def _compiled(entry: Entry) -> bytes:
    """The numbers of an entry in a line, then its text."""
    numbers = json.dumps(_numbers_of(entry.totals), separators=(",", ":"))
    return b"%b\n%b" % (numbers.encode(), entry.text)


def _restored(kept: bytes) -> Entry | None:
    """The entry in what was kept; None where that is of another shape."""
    try:
        numbers, _, text = kept.partition(b"\n")
        return Entry(text, Totals(*json.loads(numbers.decode())))
    except (ValueError, TypeError):
        return None
