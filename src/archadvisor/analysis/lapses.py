"""On which day a decision came to be another one although no fact changed, and which dated value did that."""

import datetime
from collections.abc import Iterator, Mapping

from archadvisor.engine.advise import advise
from archadvisor.engine.program import Program, program
from archadvisor.model.catalog import Cell, Row
from archadvisor.model.fact import Vocabulary
from archadvisor.model.lock import Lapse
from archadvisor.model.workload import Workload

Key = tuple[str, str | None]
Options = Mapping[Key, str | None]
"""What was chosen, by decision and subject."""


def lapses(workload: Workload, now: Program, stated: Vocabulary, since: str, locked: Options) -> dict[Key, Lapse]:
    """The decisions that are as `locked` on the day `since` and are not on the program's day, with why.

    What differs for another reason than the day is left out.
    """
    then = _options(workload, now, stated, since)
    wanted = {key for key, option in locked.items() if key in then and then[key] == option}
    first, last = sorted((since, now.day))
    before = then if first == since else _options(workload, now, stated, first)
    found: dict[Key, Lapse] = {}
    for day in sorted(day for day in _days(now, last) if first < day <= last):
        if wanted <= found.keys():
            break
        after = _options(workload, now, stated, day)
        for key in wanted - found.keys():
            if after.get(key) != before.get(key):
                found[key] = Lapse(day, tuple(sorted(_turning(now, day))))
    return found


def _options(workload: Workload, now: Program, stated: Vocabulary, day: str) -> Options:
    then = program(now.rulebook, now.catalog, stated, day, now.assume)
    advice = advise(workload, then, explained=False)
    standing = advice.decisions if advice.kept is None else advice.kept
    return {(outcome.decision, outcome.subject): outcome.option for outcome in standing}


def _days(now: Program, last: str) -> set[str]:
    """Every day up to the last on which something with a date begins to count, or no longer does."""
    bounds = [bound for table in now.catalog.values() for row in table.rows for bound in _bounds(row)]
    rules = [(rule.since, rule.until) for rule in now.rulebook.rules]
    firsts = {day for _, day, ends in bounds if not ends} | {since for since, _ in rules if since}
    lasts = {day for _, day, _ in bounds} | {until for _, until in rules if until}
    return firsts | {_after(day) for day in lasts if day < last}


def _turning(now: Program, day: str) -> Iterator[str]:
    """What has a date that makes a difference on a day, in words."""
    for table in now.catalog.values():
        for row in table.rows:
            for name, bound, ends in _bounds(row):
                if _is_after(day, bound) or (bound == day and not ends):
                    yield f"`{name}: {bound}` of {_first(row)} in the catalog's `{table.name}`"
    for rule in now.rulebook.rules:
        if rule.since == day:
            yield f"the rule `{rule.id}`, which speaks since {day}"
        if rule.until is not None and _is_after(day, rule.until):
            yield f"the rule `{rule.id}`, which spoke until {rule.until}"


def _bounds(row: Row) -> Iterator[tuple[str, str, bool]]:
    """The days of a row: what each is called, and whether it is known to be a last day."""
    if row.valid_from:
        yield "valid_from", row.valid_from, False
    if row.valid_until:
        yield "valid_until", row.valid_until, True
    for name, cell in row.values.items():
        if _is_day(cell):
            yield name, str(cell), False


def _first(row: Row) -> str:
    """A row as one calls it: by its first value."""
    return next((f"`{name}: {cell}`" for name, cell in row.values.items()), "a row")


def _is_day(cell: Cell) -> bool:
    try:
        return isinstance(cell, str) and datetime.date.fromisoformat(cell).isoformat() == cell
    except ValueError:
        return False


def _is_after(day: str, bound: str) -> bool:
    """Whether a day is the one after another; the last of the calendar has none."""
    return bound < day and day == _after(bound)


def _after(day: str) -> str:
    return (datetime.date.fromisoformat(day) + datetime.timedelta(days=1)).isoformat()
