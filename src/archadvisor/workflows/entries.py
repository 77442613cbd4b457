"""What files add to what is told of a run."""

from collections.abc import Sequence

from archadvisor.model.advice import Advice, Report
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.frozen import dataclass
from archadvisor.model.totals import Sum, Totals, totals_of
from archadvisor.rendering.flow import Flow
from archadvisor.workflows.check import Checking, lost

NO_NUMBERS = Totals()


@dataclass(frozen=True, slots=True)
class Entry:
    """What some files add to the text and to the numbers, and why others could not be used."""

    text: bytes
    """In UTF-8; what is no text shows as `?`."""
    totals: Totals
    diagnostics: tuple[Diagnostic, ...] = ()
    lines: tuple[tuple[str, tuple[str, ...]], ...] = ()
    new: tuple[tuple[str, bytes], ...] = ()
    """What to keep, by its key."""
    lasting: bool = False
    """Whether the bytes of its one file tell all that it depends on in other files."""


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes the entries of a run."""

    checking: Checking
    flow: Flow
    empty: Report
    """A report with what is the same for all files."""
    several: bool

    def entry(self, files: Sequence[str]) -> Entry:
        """The entry of some files."""
        return self.joined([self.single(file) for file in files])

    def single(self, file: str, data: bytes | None = None) -> Entry:
        """The entry of a file, or of `data` in its place."""
        found = self.checking.of(file, self.several, data)
        if isinstance(found, Advice):
            text, lines = in_utf8(self.flow.file(self.empty, found)), found.files if found.unread else ()
            # A file of another tool may name others.
            return Entry(text, totals_of(found), found.unread, lines, lasting=not found.files)
        return Entry(b"", NO_NUMBERS, found.diagnostics, ((found.file, found.lines),))

    def joined(self, entries: Sequence[Entry]) -> Entry:
        """Several entries as one."""
        numbers = Sum()
        for entry in entries:
            numbers.add(entry.totals)
        return Entry(
            in_utf8(self.flow.between).join(entry.text for entry in entries if entry.text),
            numbers.totals,
            tuple(found for entry in entries for found in entry.diagnostics),
            tuple(found for entry in entries for found in entry.lines),
            tuple(found for entry in entries for found in entry.new),
        )


def lost_entry(file: str) -> Entry:
    """What stands for a file whose check ended a process."""
    found = lost(file)
    return Entry(b"", NO_NUMBERS, found.diagnostics, ((found.file, found.lines),))


def in_utf8(text: str) -> bytes:
    """A text as it is written."""
    return text.encode("utf-8", "replace")
