"""The catalog as text and as JSON (the versioned shape `catalog/1`)."""

import json
from collections.abc import Iterable, Iterator, Sequence

from archadvisor.model.catalog import Cell, Due, Flaw, Row, Shelf
from archadvisor.rendering.json import Json
from archadvisor.rendering.paint import Paper, counted, folded


def shelves_text(shelves: Sequence[Shelf], whole: bool, paper: Paper) -> str:
    """The tables, a paragraph each; `whole` ones with their values and the rules that rest on them."""
    lines = [line for shelf in shelves for line in _shelf(shelf, whole, paper)]
    rows = sum(len(shelf.table.rows) for shelf in shelves)
    oldest = min((row.checked for shelf in shelves for row in shelf.table.rows), default="never")
    total = f"{counted(len(shelves), 'table')}, {counted(rows, 'value')}; the oldest was checked on {oldest}"
    return "\n".join([*lines, *folded(total, paper.width)]) + "\n"


def _shelf(shelf: Shelf, whole: bool, paper: Paper) -> Iterator[str]:
    table = shelf.table
    unverified = sum(row.unverified for row in table.rows)
    doubt = f", {unverified} unverified" if unverified else ""
    yield f"{paper.paint(table.name, 'bold')}  {counted(len(table.rows), 'value')}{doubt}, checked {table.checked}"
    yield from folded(table.about, paper.width, "    ", "    ")
    if whole:
        for row in table.rows:
            yield from folded(_row(row), paper.width, "    - ", " " * 6)
        yield from folded(f"sources: {', '.join(table.sources)}", paper.width, "    ", " " * 6)
    yield from folded(_users(shelf, whole), paper.width, "    ", " " * 6)
    yield ""


def _row(row: Row) -> str:
    said = ", ".join(f"{name} {_cell(cell)}" for name, cell in row.values.items())
    marks = [
        f"from {row.valid_from}" if row.valid_from else "",
        f"until {row.valid_until}" if row.valid_until else "",
        "unverified" if row.unverified else "",
    ]
    told = ", ".join(filter(None, marks))
    return f"{said} ({told})" if told else said


def _cell(cell: Cell) -> str:
    return "/".join(map(str, cell)) if isinstance(cell, list) else "none" if cell is None else str(cell)


def _users(shelf: Shelf, whole: bool) -> str:
    if not shelf.facts and not shelf.rules:
        return f"for: {shelf.table.purpose}"
    facts = f"computes {', '.join(shelf.facts)}; " if shelf.facts else ""
    rules = counted(len(shelf.rules), "rule") + f" {'rests' if len(shelf.rules) == 1 else 'rest'} on it"
    return f"{facts}{rules}{': ' + ', '.join(shelf.rules) if whole and shelf.rules else ''}"


def due_text(found: Sequence[Due], day: str, paper: Paper) -> str:
    """The values whose review date has passed."""
    lines = [
        f"{paper.paint(each.table, 'bold')}  {each.row}: checked {each.checked}, review was due {each.review}"
        for each in found
    ]
    total = f"{counted(len(found), 'value')} past review on {day}" if found else f"no value is past review on {day}"
    return "\n".join([*lines, total]) + "\n"


def flaws_text(found: Sequence[Flaw], tables: int, paper: Paper) -> str:
    """What is wrong with the catalog."""
    lines = [
        line
        for each in found
        for line in folded(f"{each.table}{f' {each.row}' if each.row else ''}: {each.message}", paper.width, "", "    ")
    ]
    total = counted(len(found), "problem") if found else "no problems"
    return "\n".join([*lines, f"{counted(tables, 'table')}: {total}"]) + "\n"


def shelves_json(shelves: Iterable[Shelf], day: str) -> str:
    """The tables with their values and users as JSON text."""
    return _text({"as_of": day, "tables": [_shelf_json(shelf) for shelf in shelves]})


def due_json(found: Iterable[Due], day: str) -> str:
    """The values whose review date has passed as JSON text."""
    told = [{"table": each.table, "row": each.row, "checked": each.checked, "review": each.review} for each in found]
    return _text({"as_of": day, "due": told})


def flaws_json(found: Iterable[Flaw], day: str) -> str:
    """What is wrong with the catalog as JSON text."""
    told = [{"table": each.table, "row": each.row, "message": each.message} for each in found]
    return _text({"as_of": day, "problems": told})


def _text(told: Json) -> str:
    return json.dumps({"schema": "catalog/1", **told}, indent=2, ensure_ascii=False, default=str) + "\n"


def _shelf_json(shelf: Shelf) -> Json:
    table = shelf.table
    return {
        "table": table.name,
        "about": table.about,
        "sources": list(table.sources),
        "checked": table.checked,
        "review_after_days": table.review_after,
        "facts": list(shelf.facts),
        "rules": list(shelf.rules),
        "values": [_row_json(row) for row in table.rows],
    }


def _row_json(row: Row) -> Json:
    return {
        "values": dict(row.values),
        "valid_from": row.valid_from,
        "valid_until": row.valid_until,
        "unverified": row.unverified,
        "checked": row.checked,
        "sources": list(row.sources),
    }
