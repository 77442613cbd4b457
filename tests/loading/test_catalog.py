"""The catalog: its files make tables whose values hold on some days."""

import re

import pytest

from archadvisor.errors import UnusablePack
from archadvisor.loading.catalog import read_catalog
from archadvisor.loading.discovery import folder_files
from archadvisor.loading.home import home

TABLE = """\
table: sizes
about: how large
key: [name]
sources: [guide]
checked: 2026-11-23
review_after: 90 d
rows:
  - {values: {name: small, gib: 0.5}, valid_until: 2025-12-31}
  - {values: {name: large, sizes: [1, 2]}, valid_from: 2026-01-01, unverified: true}
"""


def told(*files: tuple[str, str]) -> list[tuple[str, str]]:
    with pytest.raises(UnusablePack) as refusal:
        read_catalog([(name, text.encode()) for name, text in files])
    return [(found.file, found.message) for found in refusal.value.diagnostics]


@pytest.mark.parametrize(
    ("day", "names"),
    [("2025-12-31", ["small"]), ("2026-01-01", ["large"]), ("0001-01-01", ["small"]), ("9999-12-31", ["large"])],
)
def test_a_row_holds_from_its_first_day_to_its_last(day: str, names: list[str]) -> None:
    table = read_catalog([("sizes.yaml", TABLE.encode())])["sizes"]
    assert [row["name"] for row in table.on(day)] == names


def test_a_table_keeps_its_sources_and_what_is_unverified() -> None:
    table = read_catalog([("sizes.yaml", TABLE.encode())])["sizes"]
    assert (table.sources, table.checked) == (("guide",), "2026-11-23")
    assert [row.unverified for row in table.rows] == [False, True]
    assert table.rows[1].values["sizes"] == [1, 2]


def test_all_problems_of_all_tables_are_told() -> None:
    broken = TABLE.replace("checked: 2026-11-23", "checked: today").replace("unverified", "unverifed")
    assert told(("a.yaml", broken), ("b.yaml", "table: x\n")) == [
        ("a.yaml", "expected a day such as `2026-11-23`, found `today`"),
        ("a.yaml", "unknown key `unverifed`"),
        ("b.yaml", "the key `about` is missing"),
        ("b.yaml", "the key `key` is missing"),
        ("b.yaml", "the key `sources` is missing"),
        ("b.yaml", "the key `checked` is missing"),
        ("b.yaml", "the key `review_after` is missing"),
        ("b.yaml", "the key `rows` is missing"),
    ]


@pytest.mark.parametrize("key", ["checked", "valid_from", "valid_until"])
def test_a_day_that_the_calendar_has_not_is_told(key: str) -> None:
    broken = re.sub(rf"{key}: [0-9-]+", f"{key}: 2026-02-30", TABLE)
    assert told(("a.yaml", broken)) == [("a.yaml", "`2026-02-30` is no day")]


def test_the_catalog_of_archadvisor_is_read_and_every_table_holds_something_today() -> None:
    tables = read_catalog(folder_files(home("catalog")))
    assert tables
    assert all(table.on(table.checked) for table in tables.values())
    assert list(tables) == sorted(tables)
