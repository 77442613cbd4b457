"""Which batches are done: what a manifest says, held against the parts that are there."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields

from archadvisor.fleet.stores import Store
from archadvisor.fleet.tables import TABLES
from archadvisor.model.fleet import Tally

_NUMBERS = frozenset(field.name for field in fields(Tally))


def part(table: str, batch: str) -> str:
    """The name of the file with a batch's rows of a table."""
    return f"{table}/part-{batch}.parquet"


def manifest(batch: str) -> str:
    """The name of the file that says that a batch is done."""
    return f"manifests/{batch}.json"


def manifested(tally: Tally, sizes: Mapping[str, int]) -> dict[str, object]:
    """What a manifest says: what came of a batch, and how large its part of each table is."""
    return {**asdict(tally), "sizes": sizes}


def finished(store: Store, batches: Iterable[str]) -> dict[str, Tally]:
    """What came of those batches that are done: with a manifest that can be read, and all their parts whole.

    Raises:
        UnreadableInput: the folder cannot be read.
    """
    there = store.sizes("manifests")
    names = {manifest(batch): batch for batch in batches}
    said = store.read_json(name for name in names if name in there)
    sizes = {name: size for table in TABLES for name, size in store.sizes(table).items()}
    found = {names[name]: _tally(names[name], value, sizes) for name, value in said.items()}
    return {batch: tally for batch, tally in found.items() if tally is not None}


def _tally(batch: str, said: object, sizes: Mapping[str, int | None]) -> Tally | None:
    """What a manifest tells; None where it is damaged, or a part is not as large as it says."""
    if not isinstance(said, dict) or not isinstance(own := said.pop("sizes", None), dict):
        return None
    whole = all((name := part(table, batch)) in sizes and sizes[name] in (None, own.get(table)) for table in TABLES)
    valid = said.keys() == _NUMBERS and all(isinstance(number, int) for number in said.values())
    return Tally(**said) if whole and valid else None
