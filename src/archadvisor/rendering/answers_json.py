"""Answers as JSON: the versioned shapes `what-if/1` and `why-not/1`."""

import json
from collections.abc import Sequence

from archadvisor.model.advice import Advice
from archadvisor.model.answer import Replaced, Shift, WhatIf, WhyNot
from archadvisor.model.rule import Decision
from archadvisor.rendering.json import Json, change_json, evidence_json, finding_json, outcome_json, reason_json


def what_if_json(found: WhatIf, decisions: Sequence[Decision], day: str) -> str:
    """Before and after as JSON text."""
    return _text(
        {
            "schema": "what-if/1",
            "as_of": day,
            "file": found.before.file,
            "name": found.before.name,
            "set": [_replaced(replaced) for replaced in found.settings],
            "before": _status(found.before),
            "after": _status(found.after),
            "decisions": [_shift(shift, decisions) for shift in found.shifts],
            "kept": [_shift(shift, decisions) for shift in found.kept],
            "same": found.same,
            "findings": {
                "gone": [finding_json(finding) for finding in found.gone],
                "new": [finding_json(finding) for finding in found.new],
            },
        }
    )


def why_not_json(found: WhyNot, decisions: Sequence[Decision], day: str) -> str:
    """The smallest sets of changes as JSON text."""
    return _text(
        {
            "schema": "why-not/1",
            "as_of": day,
            "file": found.file,
            "decision": found.decision,
            "subject": found.subject,
            "option": found.option,
            "now": None if found.outcome is None else outcome_json(found.outcome, decisions),
            "wins": found.wins,
            "answers": [{"changes": [change_json(change) for change in edits]} for edits in found.answers],
            "size": found.size,
            "exhausted": found.exhausted,
            "fixed": list(found.fixed),
        }
    )


def _text(answer: Json) -> str:
    return json.dumps(answer, indent=2, ensure_ascii=False) + "\n"


def _status(advice: Advice) -> str:
    return "settled" if advice.settled else "provisional"


def _replaced(replaced: Replaced) -> Json:
    before, after = replaced.before, replaced.after
    return {
        "path": replaced.path,
        "before": None if before is None else evidence_json(before),
        "after": None if after is None else evidence_json(after),
    }


def _shift(shift: Shift, decisions: Sequence[Decision]) -> Json:
    return {
        "decision": shift.decision,
        "subject": shift.subject,
        "before": None if shift.before is None else outcome_json(shift.before, decisions),
        "after": None if shift.after is None else outcome_json(shift.after, decisions),
        "gone": [reason_json(reason) for reason in shift.gone],
        "new": [reason_json(reason) for reason in shift.new],
    }
