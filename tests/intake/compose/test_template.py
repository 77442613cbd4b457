"""Variables in text, and files of them."""

import pytest

from archadvisor.intake.compose.dotenv import variables_of
from archadvisor.intake.compose.template import Variable, filled
from archadvisor.model.place import START

KNOWN = {"A": Variable("one", START), "EMPTY": Variable("", START)}
# A text -> what it comes to, and which variables are missing.
TEXTS = [
    ("$A-${A}", "one-one", ()),
    ("$$A", "$A", ()),
    ("${B}", "${B}", ("B",)),
    ("$B:80", "${B}:80", ("B",)),
    ("${B:-two}", "two", ()),
    ("${B-two}", "two", ()),
    ("${EMPTY:-two}", "two", ()),
    ("${EMPTY-two}", "", ()),
    ("${B:-${C:-${A}}}", "one", ()),
    ("${B:-${C}}", "${C}", ("C",)),
    ("${B:?it must be set}", "${B}", ("B",)),
    ("${A:?it must be set}", "one", ()),
    ("${A:+two}", "two", ()),
    ("${B:+two}", "", ()),
    ("${EMPTY+two}", "two", ()),
    ("${A", "${A", ()),
    ("${}", "${}", ()),
    ("100$", "100$", ()),
]


@pytest.mark.parametrize(("text", "expected", "missing"), TEXTS)
def test_a_text_is_filled_in_as_compose_does(text: str, expected: str, missing: tuple[str, ...]) -> None:
    found = filled(text, KNOWN)
    assert (found.text, found.missing) == (expected, missing)


def test_variables_that_hold_each_other_do_not_grow_without_bound() -> None:
    text = "A0=" + "x" * 1000 + "\n" + "".join(f"A{n + 1}=$A{n}$A{n}\n" for n in range(60))
    found = variables_of(text, ".env", {})
    assert max(len(each.value or "") for each in found.values()) < 1_000_000
    assert found["A60"].value is None
    assert filled("$A0" * 100_000, found).missing


def test_what_is_nested_deeply_is_left_as_it_is() -> None:
    assert filled("${A" + "${B:-" * 5000, {}).text.startswith("${A")
    assert len(filled("${B:-" * 5000 + "}" * 5000, {}).text) > 0


# A line -> its variables.
LINES = [
    ("A=1", {"A": "1"}),
    ("export A=1", {"A": "1"}),
    ("A = 1  # one", {"A": "1"}),
    ("A='$B # 1'", {"A": "$B # 1"}),
    ('A="a\\nb"', {"A": "a\nb"}),
    ('A="a\nb"\nC=2', {"A": "a\nb", "C": "2"}),
    ("A=1\nB=${A}2", {"A": "1", "B": "12"}),
    ("A=$NOBODY", {"A": None}),
    ("A", {"A": None}),
    ("A=", {"A": ""}),
    ("A: 1", {"A": "1"}),
    ("# A=1\n\nB=2\r\nC=3", {"B": "2", "C": "3"}),
    ("A='never closed\nB=2", {"A": "'never closed", "B": "2"}),
]


@pytest.mark.parametrize(("text", "expected"), LINES)
def test_a_file_of_variables_is_read_line_by_line(text: str, expected: dict[str, str | None]) -> None:
    assert {name: each.value for name, each in variables_of(text, ".env", {}).items()} == expected


def test_a_variable_knows_its_place() -> None:
    found = variables_of("A=1\n  B=2\n", "x/.env", {})
    assert found["B"].place[:2] == (2, 3)
    assert found["B"].place.file == "x/.env"
