"""The catalog's files to tables."""

from collections.abc import Sequence
from typing import Any

from archadvisor.errors import UnusablePack
from archadvisor.loading.check import Checker
from archadvisor.loading.document import parse
from archadvisor.loading.home import published
from archadvisor.loading.node import plain
from archadvisor.model.catalog import Catalog, Row, Table
from archadvisor.model.diagnostic import Diagnostic


def read_catalog(files: Sequence[tuple[str, bytes]]) -> Catalog:
    """The tables of a catalog, by name.

    Raises:
        UnusablePack: with every problem of every file.
    """
    checker = Checker(published("catalog"))
    problems: list[Diagnostic] = []
    tables: list[Table] = []
    for name, data in files:
        root = parse(data.decode("utf-8"), name)
        found = checker.problems(root, name)
        problems += found
        if not found:
            tables.append(_table(plain(root)))
    if problems:
        raise UnusablePack(problems)
    return {table.name: table for table in sorted(tables, key=lambda table: table.name)}


def _table(given: Any) -> Table:
    rows = tuple(
        Row(row["values"], row.get("valid_from"), row.get("valid_until"), row.get("unverified", False))
        for row in given["rows"]
    )
    return Table(given["table"], given["about"], tuple(given["sources"]), given["checked"], rows)
