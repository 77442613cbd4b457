"""What is asked of the catalog: review dates, sources, and rules that hold its values as constants."""

from dataclasses import replace

import pytest

from archadvisor import load_packs
from archadvisor.analysis.catalog import due, flaws, review_date, shelves
from archadvisor.engine.program import Program
from archadvisor.model.catalog import Almanac, Row, Table, Tie
from tests.cli.command import DAY


@pytest.fixture(scope="module")
def program() -> Program:
    import datetime

    return load_packs(as_of=datetime.date.fromisoformat(DAY))


def row(key: str = "a", first: str | None = None, last: str | None = None, **values: str | int) -> Row:
    return Row({"name": key, **values}, first, last, False, "2026-01-01", ("ecs-api",), None)


def table(*rows: Row, ties: tuple[Tie, ...] = ()) -> Table:
    return Table("made", "made up", ("name",), ("ecs-api",), "2026-01-01", 30, "a test", rows, ties)


def problems(program: Program, made: Table) -> list[str]:
    return [flaw.message for flaw in flaws(replace(program, almanac=Almanac({"made": made}, program.day)))]


def test_the_catalog_has_no_flaw_and_everything_in_it_is_used(program: Program) -> None:
    assert flaws(program) == ()
    assert all(shelf.facts or shelf.rules or shelf.table.purpose for shelf in shelves(program))


@pytest.mark.parametrize(("day", "names"), [("2026-01-31", []), ("2026-02-01", ["a"])])
def test_a_value_is_due_the_day_after_its_review_date(day: str, names: list[str]) -> None:
    made = table(row(), row("gone", last="2026-01-15"))
    assert review_date(made, made.rows[0]) == "2026-01-31"
    assert [each.row for each in due({"made": made}, day)] == names


# Rows and ties of a table -> what is wrong with it.
SPEED = "lint/sessions-end-after-twelve-hours"
FAULTS = [
    (table(replace(row(), sources=("nowhere",))), ["the source `nowhere` is in no pack"]),
    (table(row(last="2026-02-01"), row(first="2026-02-01")), ["two values hold on the same day"]),
    (table(row(), row()), ["two values hold on the same day"]),
    (table(row(last="2026-01-31"), row(first="2026-02-01")), []),
    (replace(table(row()), purpose=None), ["nothing uses it, and it says no purpose"]),
    (
        table(row(), ties=(Tie("lint/none", "a", "told", "name", None),)),
        ["it is tied to the rule `lint/none`, which is in no pack"],
    ),
    (
        table(row(), ties=(Tie(SPEED, "b", "told", "name", None),)),
        [f"`{SPEED}` is tied to it, and there is no such row"],
    ),
    (table(row(most="12 h"), ties=(Tie(SPEED, "a", "bound", "most", "caller.session"),)), []),
    (
        table(row(most="11 h"), ties=(Tie(SPEED, "a", "bound", "most", "caller.session"),)),
        [f"`{SPEED}` does not agree with it (bound)"],
    ),
    (table(row(day="2026-04-30"), ties=(Tie("lint/app-runner-is-closed", "a", "since", "day", None),)), []),
    (
        table(row(day="2026-05-01"), ties=(Tie("lint/app-runner-is-closed", "a", "since", "day", None),)),
        ["`lint/app-runner-is-closed` does not agree with it (since)"],
    ),
    (table(row(usd="0.60"), ties=(Tie("lint/eks-version-in-extended-support", "a", "told", "usd", None),)), []),
    (
        table(row(usd="0.6"), ties=(Tie("lint/eks-version-in-extended-support", "a", "told", "usd", None),)),
        ["`lint/eks-version-in-extended-support` does not agree with it (told)"],
    ),
    (table(row(platforms="ecs/fargate"), ties=(Tie("compute/gpus-need-hosts", "a", "closes", None, None),)), []),
    (
        table(row(platforms="node_group"), ties=(Tie("compute/gpus-need-hosts", "a", "closes", None, None),)),
        ["`compute/gpus-need-hosts` does not agree with it (closes)"],
    ),
]


@pytest.mark.parametrize(("made", "expected"), FAULTS)
def test_each_kind_of_flaw_is_told(program: Program, made: Table, expected: list[str]) -> None:
    assert problems(program, made) == expected
