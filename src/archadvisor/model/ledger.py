"""What a pack carries of the field, and what it deliberately leaves out."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ledger:
    """Rows of the field's facts: those carried, with what carries them, and those deferred, with why."""

    carried: tuple[tuple[str, tuple[str, ...]], ...]
    deferred: tuple[tuple[str, str], ...]
