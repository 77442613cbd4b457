"""The outer form of a text, as it was before secrets were masked."""

from typing import NamedTuple


class Layout(NamedTuple):
    """How long each line of a text is, and what ends its lines."""

    widths: tuple[int, ...]
    newline: str
