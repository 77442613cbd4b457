"""The shape of a catalog file: one table of dated AWS facts."""

from typing import Annotated

from pydantic import Field

from archadvisor.loading.shapes.base import Shape
from archadvisor.loading.shapes.pack import Day, Key, Line

Cell = str | int | float | bool | None


class Row(Shape):
    """One value of a table, with the days on which it holds."""

    values: dict[str, Cell | list[Cell]]
    valid_from: Day | None = None
    valid_until: Day | None = None
    unverified: bool = False


class CatalogFile(Shape):
    """A table of AWS facts with its sources and the day it was checked."""

    table: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    about: Line
    sources: list[Key] = Field(min_length=1)
    checked: Day
    rows: list[Row] = Field(min_length=1)
