"""The shape of a catalog file: one table of dated AWS facts."""

from typing import Annotated, Literal

from pydantic import Field

from archadvisor.loading.shapes.base import Duration, Shape
from archadvisor.loading.shapes.pack import Day, Key, Line, RuleId

Cell = str | int | float | bool | None
CellName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
FactName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_.]*$")]


class Row(Shape):
    """One value of a table, with the days on which it holds."""

    values: dict[str, Cell | list[Cell]]
    valid_from: Day | None = Field(default=None, description="the first day on which it holds")
    valid_until: Day | None = Field(default=None, description="the last day on which it holds")
    unverified: bool = Field(default=False, description="no source at hand says it")
    sources: list[Key] | None = Field(default=None, min_length=1, description="where they are not the table's")
    checked: Day | None = Field(default=None, description="where that is not the table's day")
    from_: Literal["botocore"] | None = Field(
        default=None, alias="from", description="what `make refresh-catalog` rebuilds it from; else a person checks it"
    )


class Tie(Shape):
    """A rule that holds a value of the table as a constant of its own."""

    rule: RuleId
    row: Line = Field(description="the key of the row, its cells parted by spaces")
    holds: Literal["bound", "words", "others", "since", "told", "closes"] = Field(
        description="how the rule agrees with it: a comparison has it as its bound, names words of it (or others "
        "only), the rule speaks since that day, its text tells it, or it closes an option for which the row says so"
    )
    cell: CellName | None = Field(default=None, description="the cell that is compared")
    fact: FactName | None = Field(default=None, description="the fact whose comparison is meant")


class CatalogFile(Shape):
    """A table of AWS facts with its sources and the day it was checked."""

    table: CellName
    about: Line
    key: list[CellName] = Field(min_length=1, description="the cells that say what a row speaks of")
    sources: list[Key] = Field(min_length=1)
    checked: Day
    review_after: Duration = Field(description="how long after its check a value is due for the next one")
    purpose: Line | None = Field(default=None, description="what will use the table, where nothing does yet")
    rows: list[Row] = Field(min_length=1)
    ties: list[Tie] = Field(default_factory=list)
