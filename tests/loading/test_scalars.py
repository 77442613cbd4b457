"""The types of plain scalars: YAML 1.2's core schema, nothing of YAML 1.1."""

import math

import pytest

from archadvisor.loading.node import Value
from archadvisor.loading.scalars import typed

WORDS = [
    "no", "yes", "on", "off", "y", "n", "Yes", "NO", "tRUE", "nULL", "NUL", "none", "None", "inf", "nan", ".Nan",
    "+.nan", "1_000", "0b101", "-0x1F", "+0o7", "0x", "0xG", "0o8", "1:30", "12:30:45", "2001-01-01", "1.2.3", "1e",
    "e5", ".", "-", "+", "..5", "1-2", "--1", "- 1", "0.25 vCPU", "1 ", "=", "<<", "512 MiB", "٣", "１", "²", "1e5x",
    "-.", "+.e3",
]  # fmt: skip
TYPED: list[tuple[str, Value]] = [
    ("", None), ("~", None), ("null", None), ("Null", None), ("NULL", None),
    ("true", True), ("True", True), ("TRUE", True), ("false", False), ("False", False), ("FALSE", False),
    ("0", 0), ("-0", 0), ("+12", 12), ("012", 12), ("0014", 14), ("-12", -12), ("0o14", 12), ("0x1F", 31),
    ("0xff", 255), ("1.0", 1.0), ("1.", 1.0), (".5", 0.5), ("-.5", -0.5), ("+1.5", 1.5), ("1e3", 1000.0),
    ("1E+3", 1000.0), ("6.02e-3", 0.00602), ("1e400", math.inf),
    (".inf", math.inf), ("+.INF", math.inf), ("-.Inf", -math.inf),
]  # fmt: skip


@pytest.mark.parametrize("written", WORDS)
def test_a_word_stays_text(written: str) -> None:
    assert typed(written) == written


@pytest.mark.parametrize(("written", "value"), TYPED)
def test_a_null_boolean_or_number_is_typed(written: str, value: Value) -> None:
    found = typed(written)
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize("written", [".nan", ".NaN", ".NAN"])
def test_a_number_may_be_none(written: str) -> None:
    found = typed(written)
    assert isinstance(found, float)
    assert math.isnan(found)


@pytest.mark.parametrize("written", ["9" * 5000, "0x" + "f" * 5000, "1." + "0" * 5000])
def test_a_number_too_long_to_be_one_is_text(written: str) -> None:
    assert typed(written) == written
