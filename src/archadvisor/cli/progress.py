"""How far a long work has come, as a line on a terminal that goes away at the end."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from archadvisor.cli.terminal import progress

_MANY = 50
_SECONDS_BETWEEN = 0.1
_CLEAR_LINE = "\r\x1b[K"


class Counter:
    """Counts files on stderr, where there are many, and not more often than eyes can follow."""

    def __init__(self) -> None:
        self.shown_at = 0.0

    def __call__(self, done: int, total: int) -> None:
        """Shows how many files are done if it is time to; once all are, takes the line away."""
        now = time.monotonic()
        if done == total and self.shown_at:
            self.show("")
        elif done < total >= _MANY and now - self.shown_at >= _SECONDS_BETWEEN:
            self.shown_at = now
            self.show(f"checked {done} of {total} files")

    def show(self, text: str) -> None:
        """Puts a text in the place of the line."""
        sys.stderr.write(_CLEAR_LINE + text)
        sys.stderr.flush()


@contextmanager
def steps() -> Iterator[Callable[[str], None]]:
    """What shows which step of a work is done now."""
    shown = progress(quiet=False)
    if not isinstance(shown, Counter):
        yield lambda _: None
        return
    try:
        yield shown.show
    finally:
        shown.show("")
