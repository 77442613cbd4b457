"""The exceptions of archadvisor; each carries every problem found, not only the first."""

from collections.abc import Mapping, Sequence

from archadvisor.model.diagnostic import Diagnostic


class ArchadvisorError(Exception):
    """The input cannot be used."""

    def __init__(self, diagnostics: Sequence[Diagnostic], lines: Mapping[str, Sequence[str]] | None = None) -> None:
        self.diagnostics = tuple(diagnostics)
        self.lines = lines or {}
        """The lines of the files it speaks of, by file, secrets masked; only where they may be shown."""
        super().__init__("; ".join(f"{found.file}: {found.message}" for found in self.diagnostics))


class UnreadableInput(ArchadvisorError):
    """A workload or another file a person gave could not be read."""


class UnknownKind(UnreadableInput):
    """A file is of no kind that can be read."""


class SaysNothing(UnreadableInput):
    """A file is of a known kind, and holds nothing of a workload."""


class UnusablePack(ArchadvisorError):
    """A rule pack or the catalog could not be loaded."""


class UnknownName(ArchadvisorError):
    """A rule, decision or fact was asked for that no pack has."""
