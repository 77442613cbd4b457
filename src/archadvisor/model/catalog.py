"""The catalog: tables of dated AWS facts."""

from collections.abc import Mapping
from dataclasses import dataclass

Cell = str | int | float | bool | None | list[str | int | float | bool | None]


@dataclass(frozen=True, slots=True)
class Row:
    """One value of a table, with the first and last day on which it holds."""

    values: Mapping[str, Cell]
    valid_from: str | None
    valid_until: str | None
    unverified: bool


@dataclass(frozen=True, slots=True)
class Table:
    """Facts of one kind, with their sources and the day they were checked."""

    name: str
    about: str
    sources: tuple[str, ...]
    checked: str
    rows: tuple[Row, ...]

    def on(self, day: str) -> tuple[Mapping[str, Cell], ...]:
        """The values that hold on an ISO day."""
        return tuple(
            row.values
            for row in self.rows
            if (row.valid_from is None or row.valid_from <= day) and (row.valid_until is None or day <= row.valid_until)
        )


Catalog = Mapping[str, Table]
