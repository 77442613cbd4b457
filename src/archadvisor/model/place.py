"""Where something is written: a span of a file, 1-based, the end exclusive."""

from typing import NamedTuple


class Place(NamedTuple):
    """A span of text; columns count characters, and `end_column` is the one after the last."""

    line: int
    column: int
    end_line: int
    end_column: int
    file: str = ""
    """Where that is not the file that is spoken of anyway: a workload may be read from several."""

    @property
    def in_words(self) -> str:
        """`line 5`, or `web.yaml:5` in a file of its own."""
        return f"{self.file}:{self.line}" if self.file else f"line {self.line}"


START = Place(1, 1, 1, 1)
