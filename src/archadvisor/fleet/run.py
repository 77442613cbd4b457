"""A fleet run: what sources mean is listed, put in batches, and checked where no earlier run has done so."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from archadvisor.engine.program import Program
from archadvisor.errors import UnreadableInput
from archadvisor.fleet.addresses import shown
from archadvisor.fleet.batches import batches
from archadvisor.fleet.engine import Engine
from archadvisor.fleet.listing import Listing, listing
from archadvisor.fleet.manifests import finished, manifest, part
from archadvisor.fleet.packs import lay
from archadvisor.fleet.stores import Store
from archadvisor.fleet.tables import SCHEMA, TABLES
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.fleet import Batch, Order, Plan, Ran, Summary, Tally
from archadvisor.version import __version__

RUN = "run.json"
PACK = "pack.json"
_FLEET = SCHEMA.partition("/")[0] + "/"
Progress = Callable[[int, int], None]
"""Is told how many files are done, and of how many."""


def run(plan: Plan, program: Program, engine: Engine, progress: Progress) -> Ran:
    """Checks what the sources mean, but for what lies in `out` already; where they mean nothing, nothing is written.

    Raises:
        UnreadableInput: the results cannot be written, other things lie where they would, or nobody can work on them.
    """
    store = Store(plan.out)
    _check_free(store)
    found = listing(plan.sources, plan.team)
    if not found.items:
        return Ran(Summary(Tally(), 0, 0), found.diagnostics)
    own = {batch.id: batch for batch in batches(found.items, f"{__version__} {program.key}")}
    known = _known(store, own)
    _prepare(store, plan, program, found, own, known)
    tally = sum(known.values(), Tally())
    order = Order(store.address, PACK, program.key, program.day, __version__)
    for done in _done(engine, order, [batch for name, batch in own.items() if name not in known]):
        progress(tally.files, len(found.items))
        tally += done
    progress(len(found.items), len(found.items))
    return Ran(Summary(tally, len(own), len(known)), found.diagnostics)


def _check_free(store: Store) -> None:
    """Refuses a folder in which something else lies than what a run has written."""
    about = store.read_json([RUN]).get(RUN)
    if isinstance(about, dict) and str(about.get("schema")).startswith(_FLEET):
        return
    others = [name for name in store.names() if not name.startswith(".")]
    if others:
        told, hint = "it is no folder of a fleet, and nothing in it is overwritten", f"`{others[0]}` lies in it"
        raise UnreadableInput([Diagnostic(shown(store.url), told, None, hint)])


def _known(store: Store, own: dict[str, Batch]) -> dict[str, Tally]:
    """What an earlier run has done of this one; files that it did not get done, or that may have changed, are not."""
    settled = [name for name, batch in own.items() if all(item.mark for item in batch.items)]
    return {name: tally for name, tally in finished(store, settled).items() if not tally.again}


def _prepare(
    store: Store, plan: Plan, program: Program, found: Listing, own: dict[str, Batch], known: dict[str, Tally]
) -> None:
    """Removes what earlier runs left that is not of this one, and writes what this one is."""
    kept = {name for batch in known for name in (manifest(batch), *(part(table, batch) for table in TABLES))}
    there = [name for folder in ("manifests", *TABLES) for name in store.sizes(folder)]
    store.remove(name for name in there if name not in kept and _is_own(name))
    store.write_json(RUN, _about(plan, program, found, own))
    lay(store, PACK, program)


def _is_own(name: str) -> bool:
    """Whether a run has written a file of this name, or was about to when it was killed."""
    return re.search(r"(^|/)\.?(part-)?[0-9a-f]{24}\.(parquet|json)(\.\w+)?$", name) is not None


def _about(plan: Plan, program: Program, found: Listing, own: dict[str, Batch]) -> dict[str, object]:
    return {
        "schema": SCHEMA,
        "version": __version__,
        "as_of": program.day,
        "packs": [f"{pack.name} {pack.version}" for pack in program.rulebook.packs],
        "sources": [shown(source) for source in plan.sources],
        "unlisted": [{"source": each.file, "message": each.message} for each in found.diagnostics],
        "files": len(found.items),
        "batches": [*own],
    }


def _done(engine: Engine, order: Order, todo: Sequence[Batch]) -> Iterator[Tally]:
    """What comes of batches; what no process survives is looked at file by file when all else is done."""
    suspects = []
    for batch, tally in engine(order, todo, alone=False):
        if tally is None:
            suspects.append(batch)
        else:
            yield tally
    for batch in suspects:
        yield _isolated(engine, order, batch)


def _isolated(engine: Engine, order: Order, batch: Batch) -> Tally:
    """What comes of a batch without the files that processes die of, each tried with no other about.

    Where it ends processes all the same, none of its files is checked.
    """
    trials = [Batch(f"{batch.id}-{number}", (item,), trial=True) for number, item in enumerate(batch.items)]
    fatal = frozenset(trial.items[0].uri for trial, tally in engine(order, trials, alone=True) if tally is None)
    everything = frozenset(item.uri for item in batch.items)
    for left_out in (fatal, everything):
        for _, tally in engine(order, [replace(batch, fatal=left_out)], alone=True):
            if tally is not None:
                return tally
    raise AssertionError("a batch of which nothing is checked ends no process")
