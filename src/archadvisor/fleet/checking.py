"""What a process does with a batch: checks its files, and writes what came of them."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from archadvisor.engine.advise import advise
from archadvisor.engine.program import Program
from archadvisor.fleet.addresses import shown
from archadvisor.fleet.contents import Content, contents
from archadvisor.fleet.manifests import manifest, manifested, part
from archadvisor.fleet.packs import program_for
from archadvisor.fleet.rows import Rows
from archadvisor.fleet.stores import Store
from archadvisor.fleet.tables import TABLES, parquet
from archadvisor.model.advice import Advice
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.fleet import Batch, Item, Order, Tally
from archadvisor.policy.suppressions import accepted
from archadvisor.workflows.reading import reading_of_any

FATAL = "the check of this file ended before it was done"
_HINT = "`archadvisor check` of this file alone may show more; please report it with the file"
_ONE_AT_A_TIME = Lock()
"""Threads of a process share what the engine remembers, and would gain nothing by working at once."""


def checked(order: Order, batch: Batch) -> Tally:
    """Checks the files of a batch and writes its parts, then its manifest, by which it counts as done.

    Raises:
        UnreadableInput: something cannot be written.
        UnusablePack: this process cannot work by the order.
    """
    rows = Rows()
    with _ONE_AT_A_TIME, _uncollected():
        program = program_for(order)
        for item in batch.items:
            if item.uri in batch.fatal:
                rows.refuse(item, (Diagnostic(item.uri, FATAL, None, _HINT),), again=True)
        for item, content in contents([item for item in batch.items if item.uri not in batch.fatal]):
            _check(item, content, program, rows)
        tally = rows.tally(len(batch.items))
        if not batch.trial:
            _write(Store(order.out), batch, rows, tally)
    return tally


def _check(item: Item, content: Content, program: Program, rows: Rows) -> None:
    if isinstance(content, Diagnostic):
        rows.refuse(item, (content,), again=True)
        return
    found = advice_on(item, content, program)
    if isinstance(found, Advice):
        rows.take(item, found)
    else:
        rows.refuse(item, found)


def advice_on(item: Item, data: bytes, program: Program) -> Advice | tuple[Diagnostic, ...]:
    """The advice on a file, with the rules that spoke, or what is wrong with it."""
    reading = reading_of_any(_name(item), program.rulebook, data)
    if reading.workload is None:
        return reading.diagnostics
    return accepted(advise(reading.workload, program), reading.workload, program.day)


def _name(item: Item) -> str:
    """What a file is read as, by which its neighbours are found: elsewhere than on this machine it has none."""
    return f"elsewhere://{shown(item.path)}" if item.system else item.path


def _write(store: Store, batch: Batch, rows: Rows, tally: Tally) -> None:
    sizes = {}
    for table in TABLES:
        data = parquet(table, getattr(rows, table))
        store.write(part(table, batch.id), data)
        sizes[table] = len(data)
    store.write_json(manifest(batch.id), manifested(tally, sizes))


@contextmanager
def _uncollected() -> Iterator[None]:
    """Values are trees without cycles: looking for some finds nothing, and costs a tenth of the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
