"""A baseline: the findings that were there when a team began to look."""

from collections.abc import Mapping
from dataclasses import dataclass

SCHEMA = "baseline/1"


@dataclass(frozen=True, slots=True)
class Entry:
    """Findings of one file that are alike in all that makes them what they are."""

    rule: str
    subject: str | None
    message: str
    """As it was when it was found: for people, never compared."""
    fingerprint: str
    count: int


Baseline = Mapping[str, tuple[Entry, ...]]
"""Entries by file, as seen from the baseline."""
