"""Where something is written: a span of a file, 1-based, the end exclusive."""

from typing import NamedTuple


class Place(NamedTuple):
    """A span of text; columns count characters, and `end_column` is the one after the last."""

    line: int
    column: int
    end_line: int
    end_column: int


START = Place(1, 1, 1, 1)
