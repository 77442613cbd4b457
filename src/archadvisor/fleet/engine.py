"""What runs batches: processes of this machine, or those of a cluster."""

from collections.abc import Iterable, Iterator
from typing import Protocol

from archadvisor.model.fleet import Batch, Order, Tally

Result = tuple[Batch, Tally | None]
"""A batch with what came of it; None where every process that took it died."""


class Engine(Protocol):
    """Runs batches in any order; with `alone` one at a time, so that what a process dies of is known."""

    def __call__(self, order: Order, batches: Iterable[Batch], alone: bool) -> Iterator[Result]:
        """What came of each batch."""
        ...
