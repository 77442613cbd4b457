"""What one file adds to what is told of a run."""

from archadvisor.model.advice import Advice, Report
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.frozen import dataclass
from archadvisor.model.totals import Totals, totals_of
from archadvisor.rendering.flow import Flow
from archadvisor.workflows.check import Checking, lost

NO_NUMBERS = Totals()


@dataclass(frozen=True, slots=True)
class Entry:
    """What one file adds to the text and to the numbers, or why it could not be used."""

    text: str
    totals: Totals
    diagnostics: tuple[Diagnostic, ...] = ()
    lines: tuple[tuple[str, tuple[str, ...]], ...] = ()
    key: str | None = None
    """What to keep it under; None where that is done, or not to be done."""


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes the entries of a run."""

    checking: Checking
    flow: Flow
    empty: Report
    """A report with what is the same for all files."""
    several: bool

    def entry(self, file: str, data: bytes | None = None, key: str | None = None) -> Entry:
        """The entry of a file, or of `data` in its place."""
        found = self.checking.of(file, self.several, data)
        if isinstance(found, Advice):
            # A file of another tool may name others, whose content is in no key.
            kept = None if found.files else key
            lines = found.files if found.unread else ()
            return Entry(self.flow.file(self.empty, found), totals_of(found), found.unread, lines, kept)
        return Entry("", NO_NUMBERS, found.diagnostics, ((found.file, found.lines),))


def lost_entry(file: str) -> Entry:
    """What stands for a file whose check ended a process."""
    found = lost(file)
    return Entry("", NO_NUMBERS, found.diagnostics, ((found.file, found.lines),))
