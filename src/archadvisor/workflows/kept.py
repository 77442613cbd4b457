"""Entries kept from one run to the next, and taken from there where nothing has changed that they depend on."""

import datetime
import hashlib
import json
from dataclasses import astuple

from archadvisor.loading.discovery import read_bytes
from archadvisor.loading.home import stamp
from archadvisor.model.totals import Totals
from archadvisor.storage.results import Results, keep
from archadvisor.workflows.entries import Entry, Maker

_BATCH = 500


class Kept:
    """The entries of runs that asked the same of the same code, packs, catalog, configuration and day."""

    def __init__(self, maker: Maker, form: str) -> None:
        asked = (form, maker.several, maker.checking.explained, maker.checking.deep)
        self._maker = maker
        self._base = hashlib.sha256(f"{stamp()} {maker.checking.program.key} {asked}".encode())
        self._results = Results()
        self._fresh: list[tuple[str, str]] = []

    def entry(self, file: str) -> Entry:
        """The entry of a file; made only where it is not kept."""
        data = read_bytes(file) if file != "-" and file not in self._maker.checking.readers else None
        if not isinstance(data, bytes):
            return self._maker.entry(file)
        key = self._key(file, data)
        text = self._results.find(key)
        return (_restored(text) if text else None) or self._maker.entry(file, data, key)

    def take(self, entry: Entry) -> None:
        """Keeps an entry that is new; some at a time."""
        if entry.key is not None:
            self._fresh.append((entry.key, _compiled(entry)))
        if len(self._fresh) >= _BATCH:
            self.close()

    def close(self) -> None:
        """Keeps what was taken."""
        if self._fresh:
            keep(self._fresh, datetime.date.today().isoformat())
        self._fresh = []

    def _key(self, file: str, data: bytes) -> str:
        """What the entry of a file depends on, as a digest."""
        checking = self._maker.checking
        marks = [step.mark(file) for step in checking.steps]
        digest = self._base.copy()
        digest.update(f"{(file, checking.program.choice(file), marks)!r}\0".encode("utf-8", "surrogatepass"))
        digest.update(data)
        return digest.hexdigest()


def _compiled(entry: Entry) -> str:
    """The numbers of an entry in a line, then its text, which need not be read to be told; `?` for what is no text."""
    numbers = json.dumps(astuple(entry.totals), separators=(",", ":"))
    return f"{numbers}\n{entry.text}".encode("utf-8", "replace").decode()


def _restored(text: str) -> Entry | None:
    """The entry in what was kept; None where that is of another shape."""
    try:
        numbers, _, said = text.partition("\n")
        *plain, shown, suppressed, baselined, oldest_fact = json.loads(numbers)
        counts = [tuple(map(tuple, each)) for each in (shown, suppressed, baselined)]
        return Entry(said, Totals(*[*plain, *counts, oldest_fact]))
    except (ValueError, TypeError):
        return None
