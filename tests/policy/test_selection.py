"""Which findings a choice shows, and with which severity."""

import pytest

from archadvisor.model.configuration import Choice
from archadvisor.model.rule import Severity
from archadvisor.policy.selection import is_shown, severity

# select, ignore -> whether `lint/a` is shown.
SHOWN = [
    (("*",), (), True),
    (("*",), ("lint/*",), False),
    (("*",), ("lint/a",), False),
    (("*",), ("lint/ab", "other/*"), True),
    (("lint/*",), (), True),
    (("lint/*",), ("lint/a",), False),
    (("lint/a",), ("lint/*",), True),
    (("lint/a",), ("lint/a",), False),
    (("other/*",), (), False),
    ((), (), False),
]
# severities in their order -> what a warning of `lint/a` becomes.
SEVERITIES: list[tuple[tuple[tuple[str, Severity], ...], Severity]] = [
    ((), "warning"),
    ((("lint/*", "error"),), "error"),
    ((("lint/a", "note"), ("lint/*", "error"), ("*", "error")), "note"),
    ((("*", "note"),), "note"),
    ((("lint/ab", "error"),), "warning"),
]


@pytest.mark.parametrize(("select", "ignore", "shown"), SHOWN)
def test_the_more_exact_selector_counts_and_else_ignore(
    select: tuple[str, ...], ignore: tuple[str, ...], shown: bool
) -> None:
    assert is_shown("lint/a", Choice(select, ignore)) is shown


@pytest.mark.parametrize(("set_to", "expected"), SEVERITIES)
def test_the_most_exact_severity_counts(set_to: tuple[tuple[str, Severity], ...], expected: Severity) -> None:
    assert severity("lint/a", "warning", Choice(severity=set_to)) == expected
