"""Batches worked on by processes of this machine."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from archadvisor.fleet.checking import checked
from archadvisor.fleet.engine import Engine, Result
from archadvisor.fleet.packs import program_for
from archadvisor.model.fleet import Batch, Order, Tally
from archadvisor.storage.workers import results_in_order
from archadvisor.workflows.check import can_fork, cores


def on_processes(jobs: int | None) -> Engine:
    """An engine of so many processes; None: as many as there are cores to use."""
    return partial(_results, jobs or cores())


def _results(jobs: int, order: Order, batches: Iterable[Batch], alone: bool) -> Iterator[Result]:
    own = {str(number): batch for number, batch in enumerate(batches)}
    program_for(order)  # read before processes are forked, it is there in all of them

    def work(names: Sequence[str]) -> Tally | None:
        return checked(order, own[names[0]])

    one_by_one = [(name,) for name in own]
    if not can_fork():
        yield from zip(own.values(), map(work, one_by_one), strict=True)
        return
    found = results_in_order(one_by_one, work, lambda _: None, 1 if alone else jobs)
    yield from zip(own.values(), (tally for _, tally in found), strict=True)
