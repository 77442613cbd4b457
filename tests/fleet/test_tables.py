"""The page on fleets tells the columns that are written."""

import pyarrow as pa  # type: ignore[import-untyped]

from archadvisor.fleet.tables import TABLES, parquet, schema
from tests.cli.command import ROOT

PAGE = (ROOT / "docs" / "fleet.md").read_text(encoding="utf-8")
NAMES = {"list<item: string>": "list of string"}


def test_the_page_has_every_column_with_its_type() -> None:
    for table, columns in TABLES.items():
        told = PAGE.partition(f"`{table}`:\n")[2].partition("\n\n`")[0]
        for name, (kind, what) in columns.items():
            assert f"| `{name}` | {NAMES.get(str(kind), kind)} | {what} |" in told


def test_a_table_without_rows_has_its_columns() -> None:
    for table in TABLES:
        read = pa.parquet.read_table(pa.BufferReader(parquet(table, [])))
        assert (read.num_rows, read.schema) == (0, schema(table))
