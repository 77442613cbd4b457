"""The tables that a run writes: their columns, and rows as Parquet."""

import io
from collections.abc import Sequence

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

SCHEMA = "fleet/1"
Row = tuple[object, ...]
_TEXT, _NUMBER, _TRUTH = pa.string(), pa.int32(), pa.bool_()
_FILE = {
    "uri": (_TEXT, "the file, as its source was written, with what lies below that; passwords are masked"),
    "team": (_TEXT, "whose it is; null where that is not known"),
}
_WORKLOAD = {**_FILE, "workload": (_TEXT, "its name in the file")}
TABLES = {
    "decisions": {
        **_WORKLOAD,
        "decision": (_TEXT, "the id of the decision, such as `compute`"),
        "subject": (_TEXT, "what it is for, such as `services.web`; null for the whole workload"),
        "option": (_TEXT, "what is advised; null where there is no answer"),
        "verdict": (_TEXT, "`forced`, `clear`, `close`, `default` or `conflict`"),
        "margin": (_NUMBER, "the lead over the next open option; null where there is none"),
        "settled": (_TRUTH, "whether no unknown fact can change the option, by bounds"),
        "declared": (_TEXT, "what the file has decided; null where it says nothing"),
        "rules": (pa.list_(_TEXT), "the rules that spoke, in order of id"),
    },
    "findings": {
        **_WORKLOAD,
        "rule": (_TEXT, "the id of the rule"),
        "severity": (_TEXT, "`error`, `warning` or `note`"),
        "message": (_TEXT, "what is so; secrets are masked"),
        "subject": (_TEXT, "what it is about; null for the whole workload"),
        "line": (_NUMBER, "where, from 1"),
        "column": (_NUMBER, "where in the line, in characters from 1"),
        "accepted": (_TRUTH, "whether the file accepts it"),
        "fingerprint": (_TEXT, "the same for the same finding after lines have moved"),
    },
    "diagnostics": {
        **_FILE,
        "message": (_TEXT, "why the file could not be used"),
        "hint": (_TEXT, "what may help; null where nothing is known to"),
        "line": (_NUMBER, "where, from 1; null for the whole file"),
        "column": (_NUMBER, "where in the line, in characters from 1; null for the whole file"),
    },
}
"""The columns of each table: their types and what they hold."""


def schema(table: str) -> pa.Schema:
    """The schema of a table."""
    fields = [pa.field(name, kind) for name, (kind, _) in TABLES[table].items()]
    return pa.schema(fields, {"archadvisor": SCHEMA})


def parquet(table: str, rows: Sequence[Row]) -> bytes:
    """Rows of a table as a Parquet file."""
    found = schema(table)
    columns = zip(*rows, strict=True) if rows else ((),) * len(found)
    arrays = [pa.array(column, field.type) for column, field in zip(columns, found, strict=True)]
    written = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(arrays, schema=found), written, compression="zstd")
    return written.getvalue()
