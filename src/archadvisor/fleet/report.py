"""What the tables of a run answer, by DuckDB; the queries are files of their own."""

from collections.abc import Callable, Mapping
from importlib.resources import files
from typing import Any, TypeVar

import duckdb
import pyarrow.dataset as ds  # type: ignore[import-untyped]

from archadvisor.errors import UnreadableInput
from archadvisor.fleet.addresses import shown
from archadvisor.fleet.failures import refusing
from archadvisor.fleet.manifests import finished, part
from archadvisor.fleet.run import RUN
from archadvisor.fleet.stores import Store
from archadvisor.fleet.tables import SCHEMA, TABLES, schema
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.fleet import (
    About,
    Comparison,
    Complaint,
    FleetReport,
    Flip,
    RuleChange,
    RuleCount,
    Share,
    Tally,
    TeamCount,
    TeamRule,
)

Row = TypeVar("Row")
_TOLD = {"version": str, "as_of": str, "packs": list, "sources": list, "unlisted": list, "files": int, "batches": list}


class Tables:
    """The tables of a run, ready to be asked; those of another are beside them as `other_…`."""

    def __init__(self) -> None:
        self.database = duckdb.connect()

    def add(self, out: str, prefix: str = "") -> About:
        """What a run was, after its tables were added; only parts of batches that are done count.

        Raises:
            UnreadableInput: there is no run, or its files cannot be read.
        """
        store = Store(out)
        said = _said(store)
        done = finished(store, said["batches"])
        for table in TABLES:
            self._register(store, table, prefix, sorted(done))
        return _about(said, done)

    def rows(self, query: str, kind: Callable[..., Row]) -> tuple[Row, ...]:
        """What a query answers, row by row."""
        text = (files("archadvisor.fleet") / "queries" / f"{query}.sql").read_text(encoding="utf-8")
        return tuple(kind(*row) for row in self.database.sql(text).fetchall())

    def _register(self, store: Store, table: str, prefix: str, batches: list[str]) -> None:
        own = schema(table)
        with refusing(store.url, "the results cannot be read"):
            paths = [store.path(part(table, batch)) for batch in batches]
            found = ds.dataset(paths, own, "parquet", store.files) if paths else own.empty_table()
            self.database.register(f"{prefix}{table}", found)


def fleet_report(out: str, other: str | None) -> FleetReport:
    """The answers over the results of a run, compared with those of another where one is given.

    Raises:
        UnreadableInput: there is no run, or its files cannot be read.
    """
    tables = Tables()
    about = tables.add(out)
    with refusing(out, "the results cannot be read"):
        return FleetReport(
            about,
            tables.rows("shares", Share),
            tables.rows("rules", RuleCount),
            tables.rows("teams", TeamCount),
            tables.rows("team_rules", TeamRule),
            tables.rows("complaints", Complaint),
            None if other is None else _comparison(tables, tables.add(other, "other_")),
        )


def _comparison(tables: Tables, other: About) -> Comparison:
    ((shared, here, there),) = tables.rows("overlap", lambda *numbers: numbers)
    flips = tables.rows("flips", Flip)
    return Comparison(other, shared, here, there, flips, tables.rows("rule_changes", RuleChange))


def _said(store: Store) -> dict[str, Any]:
    """What a run has told of itself."""
    said = store.read_json([RUN]).get(RUN)
    if not isinstance(said, dict) or said.get("schema") != SCHEMA:
        hint = f"`archadvisor fleet SOURCE... --out {shown(store.url)}` makes one"
        raise UnreadableInput([Diagnostic(shown(store.url), "there are no results of a fleet here", None, hint)])
    if not all(isinstance(said.get(name), kind) for name, kind in _TOLD.items()):
        hint = "the run, called again, writes it anew"
        raise UnreadableInput([Diagnostic(shown(f"{store.url}/{RUN}"), "the file is damaged", None, hint)])
    return said


def _about(said: Mapping[str, Any], done: Mapping[str, Tally]) -> About:
    return About(
        said["version"],
        said["as_of"],
        tuple(said["packs"]),
        tuple(said["sources"]),
        said["files"],
        sum(tally.workloads for tally in done.values()),
        len(said["batches"]) - len(done),
        tuple((each["source"], each["message"]) for each in said["unlisted"]),
    )
