"""What a repository holds and the advice on it, as text and as JSON (the versioned shape `scan/1`)."""

import json
from collections.abc import Iterator, Sequence

from archadvisor.model.advice import Report
from archadvisor.model.repository import Inventory, Unit
from archadvisor.rendering.json import report_json
from archadvisor.rendering.paint import Paper, counted, folded, printable
from archadvisor.rendering.text import Detail, text

_MOST_FILES = 4


def scan_text(inventory: Inventory, report: Report, paper: Paper, verbose: bool) -> str:
    """What was found of each kind, which files are one workload, what was not read, then the advice."""
    head = "\n".join([*_kinds(inventory, paper), *_units(inventory, paper), *_notes(inventory, paper)])
    return f"{head}\n\n{text(report, paper, Detail(verbose, verbose))}"


def scan_json(inventory: Inventory, report: Report) -> str:
    """The inventory, and the report as `check` gives it."""
    found = {
        "schema": "scan/1",
        "folder": inventory.folder,
        "workloads": [{"name": each.name, "kind": each.kind, "files": list(each.files)} for each in inventory.units],
        "not_read": [{"file": file, "message": message} for file, message in inventory.passed_over],
        "report": report_json(report),
    }
    return json.dumps(found, indent=2, ensure_ascii=False) + "\n"


def _kinds(inventory: Inventory, paper: Paper) -> Iterator[str]:
    """How many files there are of each kind."""
    files: dict[str, int] = {}
    for unit in inventory.units:
        files[unit.kind] = files.get(unit.kind, 0) + len(unit.files)
    told = ", ".join(f"{kind} ({counted(number, 'file')})" for kind, number in sorted(files.items()))
    head = f"{paper.paint(printable(inventory.folder), 'bold')}  {counted(len(inventory.units), 'workload')}"
    yield f"{head}: {told}" if told else head


def _units(inventory: Inventory, paper: Paper) -> Iterator[str]:
    if inventory.units:
        yield ""
    width = max((len(unit.kind) for unit in inventory.units), default=0)
    for unit in sorted(inventory.units, key=lambda unit: unit.kind):
        yield from folded(_named(unit), paper.width, f"  {unit.kind:<{width}}  ", " " * (width + 6))


def _named(unit: Unit) -> str:
    """The name of a unit, and its files where they are several."""
    if len(unit.files) == 1:
        return printable(unit.name)
    return f"{printable(unit.name)} ({_several(unit.files)})"


def _notes(inventory: Inventory, paper: Paper) -> Iterator[str]:
    if inventory.passed_over:
        yield ""
    files: dict[str, list[str]] = {}
    for file, message in inventory.passed_over:
        files.setdefault(message, []).append(file)
    for message, noted in files.items():
        yield from folded(f"{_several(noted)}: {message}", paper.width, "  ", " " * 6)


def _several(files: Sequence[str]) -> str:
    """The names of files, of which many are cut."""
    more = f" and {len(files) - _MOST_FILES} more" if len(files) > _MOST_FILES else ""
    return printable(f"{', '.join(files[:_MOST_FILES])}{more}")
