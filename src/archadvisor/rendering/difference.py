"""What became of decisions since a revision, as text and as JSON (the versioned shape `diff/1`)."""

import json
from collections.abc import Iterator, Sequence

from archadvisor.model.difference import Difference, Edit, Turn
from archadvisor.model.quantity import worded
from archadvisor.model.rule import Decision
from archadvisor.model.workload import Stated, short_name
from archadvisor.rendering.json import Json
from archadvisor.rendering.paint import Paper, counted, folded, printable

_SHOWN = 6
"""Edits that are listed where no smaller set was found."""


def difference_text(found: Sequence[Difference], ref: str, decisions: Sequence[Decision], paper: Paper) -> str:
    """Each file with the decisions that turned, and the edits that did it."""
    if not found:
        return f"no workload file has changed since `{ref}`\n"
    titles = {(decision.id, option.id): option.title for decision in decisions for option in decision.options}
    lines = [line for each in found for line in _file(each, titles, paper)]
    turned = sum(len(each.turns) for each in found)
    decisions_turned = counted(turned, "decision") if turned else "no decision"
    total = f"{counted(len(found), 'file')} changed since `{ref}`, {decisions_turned} with another option"
    return "\n".join([*lines, *folded(total, paper.width)]) + "\n"


def difference_json(found: Sequence[Difference], ref: str, day: str) -> str:
    """The same as JSON text."""
    document: Json = {"schema": "diff/1", "since": ref, "as_of": day, "files": [_file_json(each) for each in found]}
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _file(found: Difference, titles: dict[tuple[str, str], str], paper: Paper) -> Iterator[str]:
    state = "new" if found.came else "gone" if found.went else counted(found.edits, "edit")
    yield f"{paper.paint(found.name, 'bold')}  {printable(found.file)}  {state}"
    for turn in found.turns:
        yield from _turn(turn, titles, paper)
    if not found.came and not found.went:
        yield f"  {counted(found.same, 'decision')} as before"
    yield ""


def _turn(turn: Turn, titles: dict[tuple[str, str], str], paper: Paper) -> Iterator[str]:
    subject = short_name(turn.subject or "") or "the whole workload"
    before, after = (_option(turn, side, titles) for side in (0, 1))
    yield f"  {turn.decision:<13} {subject}: {before} -> {paper.paint(after, 'bold')}"
    shown = turn.edits if turn.smallest else turn.edits[:_SHOWN]
    for edit in shown:
        yield from folded(_edit(edit), paper.width, "      by ", " " * 9)
    if not turn.smallest:
        yield from folded(
            f"one of {counted(len(turn.edits), 'edit')} or several together: which ones was not found in time",
            paper.width, "      ", " " * 6,
        )  # fmt: skip


def _option(turn: Turn, side: int, titles: dict[tuple[str, str], str]) -> str:
    if not turn.asked[side]:
        return "not asked"
    option = (turn.before, turn.after)[side]
    return "no answer" if option is None else titles[turn.decision, option]


def _edit(edit: Edit) -> str:
    where = f" (line {edit.place.line})" if edit.place else ""
    if edit.fact is None:
        return f"`{edit.path}`, which {'is new' if edit.came else 'is gone'}"
    return f"`{edit.path}`: {_value(edit.before, edit.unit)} -> {_value(edit.after, edit.unit)}{where}"


def _value(stated: Stated | None, unit: str | None) -> str:
    if stated is None:
        return "not stated"
    return "****" if stated.redacted else worded(stated.value, unit)


def _file_json(found: Difference) -> Json:
    return {
        "file": found.file,
        "name": found.name,
        "status": "new" if found.came else "gone" if found.went else "changed",
        "edits": found.edits,
        "same": found.same,
        "decisions": [_turn_json(turn) for turn in found.turns],
    }


def _turn_json(turn: Turn) -> Json:
    return {
        "decision": turn.decision,
        "subject": turn.subject,
        "before": {"asked": turn.asked[0], "option": turn.before},
        "after": {"asked": turn.asked[1], "option": turn.after},
        "by": [_edit_json(edit) for edit in turn.edits],
        "smallest": turn.smallest,
    }


def _edit_json(edit: Edit) -> Json:
    if edit.fact is None:
        return {"path": edit.path, "change": "new" if edit.came else "gone"}
    return {
        "path": edit.path,
        "change": "value",
        "before": _value(edit.before, edit.unit),
        "after": _value(edit.after, edit.unit),
        "line": edit.place.line if edit.place else None,
    }
