"""Fixes: what to change in a file so that a finding goes away."""

from dataclasses import dataclass

from archadvisor.model.place import Place


@dataclass(frozen=True, slots=True)
class Edit:
    """One span of the file and the text to put there."""

    place: Place
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """Edits that belong together; a safe one leaves the meaning of everything else as it is."""

    title: str
    safe: bool
    edits: tuple[Edit, ...]
