"""Edits applied to the text of a file: what lies outside their spans stays as it is, to the character."""

import re
from collections.abc import Iterable, Sequence

from archadvisor.model.advice import Finding
from archadvisor.model.fix import Edit
from archadvisor.model.place import Place

_BREAK = re.compile(r"\r\n|[\n\r\x85\u2028\u2029]")
"""What ends a line in YAML."""


def applied(text: str, edits: Iterable[Edit]) -> str:
    """The text with edits made, none of which overlap; those at the same place come in their order."""
    starts = [0, *(found.end() for found in _BREAK.finditer(text))]
    parts: list[str] = []
    done = 0
    for edit in sorted(edits, key=lambda edit: edit.place):
        parts += (text[done : _index(starts, *edit.place[:2])], edit.text)
        done = _index(starts, *edit.place[2:4])
    return "".join([*parts, text[done:]])


def apart(findings: Iterable[Finding]) -> list[Finding]:
    """The findings whose fixes can be made at once: of those that overlap, the first."""
    chosen: list[Finding] = []
    taken: list[Place] = []
    for finding in findings:
        own = [edit.place for edit in finding.fix.edits] if finding.fix else []
        if own and not any(_overlap(one, other) for one in own for other in taken):
            chosen.append(finding)
            taken += own
    return chosen


def _overlap(one: Place, other: Place) -> bool:
    return one[:2] == other[:2] or (one[:2] < other[2:4] and other[:2] < one[2:4])


def _index(starts: Sequence[int], line: int, column: int) -> int:
    return starts[line - 1] + column - 1
