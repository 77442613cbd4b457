"""The script that rebuilds the catalog from botocore: what it writes, and what it leaves."""

from pathlib import Path

import pytest
from botocore.loaders import Loader  # type: ignore[import-untyped]

from scripts.refresh_catalog import CATALOG, READINGS, refreshed

DAY = "2026-12-24"
TABLE = """\
table: limits
about: made up
key: [name]
rows:
  - values: {name: first, most: 3 h, words: [a, b]}   # from a model
    from: botocore
    checked: 2026-11-23
  - values: {name: second, most: 5 h}
    sources: [guide]
"""


def test_a_row_from_botocore_is_renewed_and_dated_and_the_rest_is_as_it_was() -> None:
    text, problems = refreshed(TABLE, {"first": {"most": "4 h", "words": ["a", "c"]}}, DAY)
    assert text == TABLE.replace("3 h", "4 h").replace("[a, b]", "[a, c]").replace("2026-11-23", DAY)
    assert problems == []


def test_a_row_that_a_person_checked_is_left_and_the_difference_is_told() -> None:
    text, (problem,) = refreshed(TABLE, {"first": {"most": "3 h"}, "second": {"most": "6 h"}}, DAY)
    assert text == TABLE
    assert "limits second: botocore says {'most': '6 h'}; a person checked it" in problem


def test_a_row_that_botocore_no_longer_knows_is_left_and_told() -> None:
    text, problems = refreshed(TABLE, {}, DAY)
    assert (text, problems) == (TABLE, ["limits first: botocore says nothing of it; it is left as it is"])


@pytest.mark.parametrize("table", sorted(READINGS))
def test_the_table_is_read_from_botocore_and_keeps_its_form(table: str) -> None:
    text = Path(CATALOG, f"{table}.yaml").read_text(encoding="utf-8")
    fresh = READINGS[table](Loader())
    assert fresh
    assert refreshed(text, {}, DAY)[0] == text
    renewed, problems = refreshed(text, fresh, DAY)
    assert problems == []
    assert len(renewed.splitlines()) == len(text.splitlines())
