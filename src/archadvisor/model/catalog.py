"""The catalog: tables of dated AWS facts."""

from collections.abc import Mapping
from typing import Literal

from archadvisor.model.frozen import dataclass

Cell = str | int | float | bool | None | list[str | int | float | bool | None]
Holding = Literal["bound", "words", "others", "since", "told", "closes"]
"""How a rule agrees with a value: a comparison has it as its bound, names words of it or none but others, the rule
speaks since that day, its text tells it, or the rule closes an option for which it says so."""


@dataclass(frozen=True, slots=True)
class Row:
    """One value of a table, with the first and last day on which it holds."""

    values: Mapping[str, Cell]
    valid_from: str | None
    valid_until: str | None
    unverified: bool
    checked: str
    """The day on which it was last compared with its sources."""
    sources: tuple[str, ...]
    origin: str | None
    """What it is rebuilt from; None where a person wrote it."""

    def holds_on(self, day: str) -> bool:
        """Whether the value holds on an ISO day."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day <= self.valid_until
        )


@dataclass(frozen=True, slots=True)
class Tie:
    """A rule that holds a value of a table as a constant of its own."""

    rule: str
    row: str
    """The key of the row."""
    holds: Holding
    cell: str | None
    fact: str | None
    """The fact whose comparison in the rule is meant."""


@dataclass(frozen=True, slots=True)
class Table:
    """Facts of one kind, with their sources and the day they were checked."""

    name: str
    about: str
    key: tuple[str, ...]
    """The cells that say what a row speaks of; rows with the same key follow each other in time."""
    sources: tuple[str, ...]
    checked: str
    review_after: int
    """Days after which a value should be compared with its sources again."""
    purpose: str | None
    """What will use the table, where neither a rule nor a derived fact does yet."""
    rows: tuple[Row, ...]
    ties: tuple[Tie, ...]

    def on(self, day: str) -> tuple[Mapping[str, Cell], ...]:
        """The values that hold on an ISO day."""
        return tuple(row.values for row in self.rows if row.holds_on(day))

    def key_of(self, row: Row) -> str:
        """What a row speaks of, as its ties name it."""
        return " ".join(str(row.values.get(cell)) for cell in self.key)


Catalog = Mapping[str, Table]


class Almanac:
    """A catalog as it is on an ISO day."""

    __slots__ = ("_rows", "catalog", "day")

    def __init__(self, catalog: Catalog, day: str) -> None:
        self.catalog = catalog
        self.day = day
        self._rows: dict[str, tuple[Mapping[str, Cell], ...]] = {}

    def rows(self, table: str) -> tuple[Mapping[str, Cell], ...]:
        """The rows of a table that hold on the day; which they are is found out once."""
        if table not in self._rows:
            self._rows[table] = self.catalog[table].on(self.day)
        return self._rows[table]


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something wrong with a value of the catalog, or with a rule that holds one as its own constant."""

    table: str
    row: str | None
    """The key of the row; None where it is the table."""
    message: str


@dataclass(frozen=True, slots=True)
class Due:
    """A value whose review date has passed."""

    table: str
    row: str
    checked: str
    review: str
    """The day on which it was to be compared with its sources again."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """A table with what uses it."""

    table: Table
    facts: tuple[str, ...]
    """The derived facts that are computed from it."""
    rules: tuple[str, ...]
    """The rules that read those facts, or hold a value of it as a constant."""
