"""Questions about the catalog: what uses it, what is due for a review, and whether pack and catalog agree."""

import datetime
import re
from collections.abc import Iterator
from itertools import pairwise

from archadvisor.engine.program import Program
from archadvisor.model.catalog import Catalog, Cell, Due, Flaw, Row, Shelf, Table, Tie
from archadvisor.model.condition import Compare, Has, Is, facts, leaves
from archadvisor.model.quantity import quantity
from archadvisor.model.rule import Requires, Rule, Rulebook, RulesOut


def shelves(program: Program) -> tuple[Shelf, ...]:
    """Every table, with the derived facts and the rules that use it."""
    return tuple(_shelf(program, table) for table in program.catalog.values())


def _shelf(program: Program, table: Table) -> Shelf:
    computed = {fact.name for fact in program.derived.values() if table.name in fact.tables}
    reading = {rule.id for rule in program.rulebook.rules if not computed.isdisjoint(facts(rule.when))}
    return Shelf(table, tuple(sorted(computed)), tuple(sorted(reading | {tie.rule for tie in table.ties})))


def due(catalog: Catalog, day: str) -> tuple[Due, ...]:
    """The values in force on an ISO day whose review date has passed then, those that waited longest first."""
    found = [
        Due(table.name, table.key_of(row), row.checked, review)
        for table in catalog.values()
        for row in table.rows
        if row.holds_on(day) and (review := review_date(table, row)) < day
    ]
    return tuple(sorted(found, key=lambda each: (each.review, each.table, each.row)))


def review_date(table: Table, row: Row) -> str:
    """The ISO day on which a value is to be compared with its sources again."""
    return (datetime.date.fromisoformat(row.checked) + datetime.timedelta(days=table.review_after)).isoformat()


def flaws(program: Program) -> tuple[Flaw, ...]:
    """What is wrong: unknown sources, values that contradict each other, rules that say otherwise, unused tables."""
    found = (_flaws(shelf, program) for shelf in shelves(program))
    return tuple(flaw for flaws in found for flaw in flaws)


def _flaws(shelf: Shelf, program: Program) -> Iterator[Flaw]:
    table = shelf.table
    for row in table.rows:
        for source in row.sources:
            if source not in program.rulebook.sources:
                yield Flaw(table.name, table.key_of(row), f"the source `{source}` is in no pack")
    yield from _overlaps(table)
    for tie in table.ties:
        yield from _untied(table, tie, program)
    if not shelf.facts and not shelf.rules and table.purpose is None:
        yield Flaw(table.name, None, "nothing uses it, and it says no purpose")


def _overlaps(table: Table) -> Iterator[Flaw]:
    """Rows that speak of the same thing on the same day."""
    by_key: dict[str, list[Row]] = {}
    for row in table.rows:
        by_key.setdefault(table.key_of(row), []).append(row)
    for key, rows in by_key.items():
        for earlier, later in pairwise(sorted(rows, key=lambda row: row.valid_from or "")):
            if earlier.valid_until is None or later.valid_from is None or later.valid_from <= earlier.valid_until:
                yield Flaw(table.name, key, "two values hold on the same day")


def _untied(table: Table, tie: Tie, program: Program) -> Iterator[Flaw]:
    """What keeps a rule from agreeing with a row."""
    rows = [row for row in table.rows if table.key_of(row) == tie.row]
    rule = next((rule for rule in program.rulebook.rules if rule.id == tie.rule), None)
    if not rows:
        yield Flaw(table.name, tie.row, f"`{tie.rule}` is tied to it, and there is no such row")
    elif rule is None:
        yield Flaw(table.name, tie.row, f"it is tied to the rule `{tie.rule}`, which is in no pack")
    elif not any(_agrees(rule, tie, row, program) for row in rows if row.holds_on(program.day)):
        yield Flaw(table.name, tie.row, f"`{tie.rule}` does not agree with it ({tie.holds})")


def _agrees(rule: Rule, tie: Tie, row: Row, program: Program) -> bool:
    cell = row.values.get(tie.cell or "")
    match tie.holds:
        case "bound":
            return _is_bound(rule, tie.fact or "", cell, program)
        case "words":
            named = _named(rule, tie.fact or "")
            return bool(named) and named <= _words(cell)
        case "others":
            return _named(rule, tie.fact or "").isdisjoint(_words(cell))
        case "since":
            return rule.since == str(cell)
        case "told":
            text = " ".join((rule.because, getattr(rule.effect, "remedy", None) or "", rule.rationale))
            return re.search(rf"(?<![\d.]){re.escape(str(cell))}(?![\d]|\.\d)", text) is not None
        case "closes":
            closed = _closed(rule, program.rulebook)
            return any(str(platform).rpartition("/")[2] in closed for platform in _words(row.values.get("platforms")))


def _is_bound(rule: Rule, fact: str, cell: Cell, program: Program) -> bool:
    """Whether a comparison of the rule has the value as its bound, in the unit of the fact."""
    unit = program.vocabulary[fact].unit
    value = quantity(cell, unit) if unit and isinstance(cell, str) else cell
    return any(isinstance(leaf, Compare) and leaf.fact == fact and leaf.bound == value for leaf in leaves(rule.when))


def _named(rule: Rule, fact: str) -> set[str]:
    """The words of a fact that a rule names."""
    found: set[str] = set()
    for leaf in leaves(rule.when):
        match leaf:
            case Is(name, values) if name == fact:
                found |= {str(value) for value in values}
            case Has(name, words) if name == fact:
                found |= set(words)
            case _:
                pass
    return found


def _words(cell: Cell) -> set[str]:
    return {str(word) for word in cell} if isinstance(cell, list) else {str(cell)}


def _closed(rule: Rule, rulebook: Rulebook) -> set[str]:
    """The options that a rule closes."""
    match rule.effect:
        case RulesOut(options):
            return set(options)
        case Requires(option):
            decision = next(decision for decision in rulebook.decisions if decision.id == rule.decision)
            return {other.id for other in decision.options} - {option}
        case _:
            return set()
