"""The catalog's files to tables."""

from collections.abc import Sequence
from typing import Any

from archadvisor.errors import UnusablePack
from archadvisor.loading.check import Checker
from archadvisor.loading.document import parse
from archadvisor.loading.home import published
from archadvisor.loading.node import plain
from archadvisor.model.catalog import Catalog, Row, Table, Tie
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.quantity import SECONDS_OF_A_DAY, quantity


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
    sources = tuple(given["sources"])
    return Table(
        given["table"],
        given["about"],
        tuple(given["key"]),
        sources,
        given["checked"],
        _days(given["review_after"]),
        given.get("purpose"),
        tuple(_row(row, given["checked"], sources) for row in given["rows"]),
        tuple(_tie(tie) for tie in given.get("ties", ())),
    )


def _row(given: Any, checked: str, sources: tuple[str, ...]) -> Row:
    return Row(
        given["values"],
        given.get("valid_from"),
        given.get("valid_until"),
        given.get("unverified", False),
        given.get("checked", checked),
        tuple(given["sources"]) if "sources" in given else sources,
        given.get("from"),
    )


def _tie(given: Any) -> Tie:
    return Tie(given["rule"], given["row"], given["holds"], given.get("cell"), given.get("fact"))


def _days(written: str) -> int:
    seconds = quantity(written, "s")
    assert seconds is not None, "the schema asks for a duration"
    return int(seconds // SECONDS_OF_A_DAY)
