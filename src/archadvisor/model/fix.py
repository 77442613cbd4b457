"""Fixes: what to change in a file so that a finding goes away."""

from collections.abc import Callable, Sequence

from archadvisor.model.frozen import dataclass
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
    afterwards: str | None = None
    """What is left for a person to do."""


@dataclass(frozen=True, slots=True)
class Rewrite:
    """The value at a place, or one word of the list there, becomes another."""

    place: Place
    text: str
    word: str | None = None


@dataclass(frozen=True, slots=True)
class Split:
    """The option at a place, which holds for several subjects, becomes one option for each."""

    place: Place
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Refer:
    """The secret at a place becomes a reference to one that is named under `secrets`."""

    place: Place


@dataclass(frozen=True, slots=True)
class Remove:
    """The list entry that a place is in is taken out; or the rule that a comment names there, with all of the comment
    if that names no other."""

    place: Place


Step = Rewrite | Split | Refer | Remove
Editor = Callable[[Sequence[Step]], tuple[Edit, ...] | None]
"""The edits of one file that steps come to; None where they cannot be made without touching something else."""


def uneditable(steps: Sequence[Step]) -> None:
    """The editor of what is in no file."""
