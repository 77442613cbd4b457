"""What the tables of a run answer, by DuckDB; the queries are files of their own."""

from collections.abc import Callable, Mapping
from importlib.resources import files
from typing import Any, TypeVar

import duckdb
import pyarrow.dataset as ds  # type: ignore[import-untyped]

from archadvisor.errors import UnreadableInput
from archadvisor.fleet.checking import manifest, part
from archadvisor.fleet.failures import refusing
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
    TeamCount,
    TeamRule,
)

Row = TypeVar("Row")


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
        said = store.read_json([RUN]).get(RUN)
        if not isinstance(said, dict) or said.get("schema") != SCHEMA:
            hint = f"`archadvisor fleet SOURCE... --out {out}` makes one"
            raise UnreadableInput([Diagnostic(out, "there are no results of a fleet here", None, hint)])
        done = store.read_json(map(manifest, said["batches"]))
        finished = [batch for batch in said["batches"] if manifest(batch) in done]
        for table in TABLES:
            self._register(store, table, prefix, finished)
        return _about(said, len(finished), sum(numbers["workloads"] for numbers in done.values()))

    def rows(self, query: str, kind: Callable[..., Row]) -> tuple[Row, ...]:
        """What a query answers, row by row."""
        text = (files("archadvisor.fleet") / "queries" / f"{query}.sql").read_text(encoding="utf-8")
        return tuple(kind(*row) for row in self.database.sql(text).fetchall())

    def _register(self, store: Store, table: str, prefix: str, finished: list[str]) -> None:
        own = schema(table)
        with refusing(store.url, "the results cannot be read"):
            paths = [store.path(part(table, batch)) for batch in finished]
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


def _about(said: Mapping[str, Any], finished: int, workloads: int) -> About:
    return About(
        said["version"],
        said["as_of"],
        tuple(said["packs"]),
        tuple(said["sources"]),
        said["files"],
        workloads,
        len(said["batches"]) - finished,
        tuple((each["source"], each["message"]) for each in said["unlisted"]),
    )
