"""Drift as text and as JSON (the versioned shape `drift/1`)."""

import json
from collections.abc import Iterator

from archadvisor.model.drift import Comparison, Drift, DriftKind
from archadvisor.model.place import Place
from archadvisor.rendering.frame import frame
from archadvisor.rendering.json import Json, diagnostic_json
from archadvisor.rendering.paint import Paper, counted, folded, printable
from archadvisor.rendering.text import diagnostics_text

_TITLES: dict[DriftKind, str] = {
    "absent": "absent",
    "undeclared": "undeclared",
    "other_fact": "other fact",
    "other_decision": "other decision",
}


def drift_text(found: Comparison, paper: Paper) -> str:
    """Each difference in a frame with both places, what was not read, and a line that sums up."""
    blocks = ["\n".join(_drift(each, found, paper)) for each in found.drifts]
    if found.diagnostics:
        blocks.append(diagnostics_text(found.diagnostics, dict(found.files), paper).rstrip("\n"))
    if found.not_read:
        lines = (f"{place.in_words}: {message}" for message, place in found.not_read)
        blocks.append("\n".join(part for line in lines for part in folded(printable(line), paper.width, "not read  ")))
    return "\n\n".join([*blocks, "\n".join(folded(_sentence(found), paper.width))]) + "\n"


def drift_json(found: Comparison) -> str:
    """The same as JSON text."""
    document: Json = {
        "schema": "drift/1",
        "workload": {"file": found.workload, "name": found.name},
        "files": [file for file, _ in found.files[1:]],
        "drift": [
            {
                "kind": each.kind,
                "path": each.path,
                "message": each.message,
                "declared": _place(each.declared),
                "real": _place(each.real),
            }
            for each in found.drifts
        ],
        "not_read": [{"message": message, **(_place(place) or {})} for message, place in found.not_read],
        "diagnostics": [diagnostic_json(each) for each in found.diagnostics],
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _drift(found: Drift, whole: Comparison, paper: Paper) -> Iterator[str]:
    """The message, the place in the real file, then that in the workload file."""
    head = f"{_TITLES[found.kind]}: "
    first, *rest = folded(found.message, paper.width, head, "  ")
    yield paper.paint(head, "yellow", "bold") + first[len(head) :]
    yield from rest
    for place in (found.real, found.declared):
        if place is not None:
            yield from frame(place.file, place, dict(whole.files).get(place.file, ()), paper, "yellow")


def _sentence(found: Comparison) -> str:
    files = len(found.files) - 1
    if not files and not found.diagnostics:
        return "there is nothing to hold the workload against: no file of a known kind was found"
    told = counted(len(found.drifts), "difference") if found.drifts else "no drift"
    held = f"`{printable(found.workload)}` held against {counted(files, 'file')}"
    unusable = len({each.file for each in found.diagnostics})
    if unusable:
        more = "" if found.drifts else " in what was read"
        return f"{held}; {counted(unusable, 'file')} could not be used; {told}{more}"
    return f"{held}; {told}"


def _place(place: Place | None) -> Json | None:
    return {"file": place.file, "line": place.line, "column": place.column} if place else None
