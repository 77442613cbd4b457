"""The report as JSON: the versioned shape `advice/1`, whatever the classes look like."""

from __future__ import annotations

import json
from collections.abc import Sequence

from archadvisor.model.advice import (
    Advice,
    Alternative,
    Conflict,
    Evidence,
    Finding,
    Outcome,
    Reason,
    Report,
    Suppressed,
    Tipping,
    Way,
)
from archadvisor.model.change import Change
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.fix import Fix
from archadvisor.model.place import Place
from archadvisor.model.rule import SEVERITIES, Decision, Source
from archadvisor.model.totals import total
from archadvisor.rendering.changes import setting_of
from archadvisor.rendering.summary import Statistic, number_of, statistics, unusable

Json = dict[str, object]


def json_text(report: Report) -> str:
    """The report as JSON text, keys in a fixed order."""
    return json.dumps(report_json(report), indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def report_json(report: Report) -> Json:
    """The report as the shape `advice/1`."""
    return {
        "schema": "advice/1",
        "tool": {
            "version": report.version,
            "packs": [{"name": pack.name, "version": pack.version} for pack in report.packs],
            "catalog_checked": report.catalog_checked,
        },
        "as_of": report.as_of,
        "workloads": [_advice(advice, report.decisions) for advice in report.advices],
        "diagnostics": [diagnostic_json(diagnostic) for diagnostic in report.diagnostics],
        "summary": _summary(report),
    }


def _summary(report: Report) -> Json:
    totals = total(report.advices)
    return {
        "files": totals.files,
        "unusable": unusable(report),
        "rules": report.rules,
        "findings": {severity: totals.of(severity) for severity in SEVERITIES},
        "suppressed": number_of(totals.suppressed),
        "ignored": totals.ignored,
        "baselined": number_of(totals.baselined),
        "decisions": totals.decisions,
        "provisional": totals.provisional,
        "fixed": report.fixed,
        "fixable": totals.safe_fixes + totals.unsafe_fixes,
        "oldest_fact": report.oldest_fact,
        "statistics": [_statistic(found) for found in statistics(totals)],
    }


def _statistic(found: Statistic) -> Json:
    return {
        "rule": found.rule,
        "severity": found.severity,
        "findings": found.findings,
        "suppressed": found.suppressed,
        "baselined": found.baselined,
    }


def _advice(advice: Advice, decisions: Sequence[Decision]) -> Json:
    return {
        "file": advice.file,
        "name": advice.name,
        "status": "settled" if advice.settled else "provisional",
        "exact": advice.exact,
        "asks": list(advice.asks),
        "kept": None if advice.kept is None else {"decisions": _outcomes(advice.kept, decisions)},
        "decisions": _outcomes(advice.decisions, decisions),
        "locked": [
            {"decision": each.decision, "subject": each.subject, "holding": each.holding} for each in advice.locked
        ],
        "findings": [finding_json(finding) for finding in advice.findings],
        "suppressed": [_suppressed(accepted) for accepted in advice.suppressed],
        "baselined": [finding_json(known) for known in advice.baselined],
        **_foreign(advice),
    }


def _foreign(advice: Advice) -> Json:
    """The files of other tools that the workload was read from, and what of them it does not say."""
    if not advice.files:
        return {}
    return {"files": list(dict(advice.files)), "left_out": [_note(*each) for each in advice.left_out]}


def _note(message: str, place: Place) -> Json:
    return {"message": message, **_span(place)}


def _outcomes(outcomes: Sequence[Outcome], decisions: Sequence[Decision]) -> list[Json]:
    return [outcome_json(outcome, decisions) for outcome in outcomes]


def outcome_json(outcome: Outcome, decisions: Sequence[Decision]) -> Json:
    """The answer to a decision for one subject."""
    return {
        "decision": outcome.decision,
        "subject": outcome.subject,
        "option": outcome.option,
        "verdict": outcome.verdict,
        "score": outcome.score,
        "margin": outcome.margin,
        "settled": outcome.settled,
        "asks": list(outcome.asks),
        "pending": [{"rule": pending.rule, "asks": list(pending.asks)} for pending in outcome.pending],
        "unverified": outcome.unverified,
        "declared": outcome.declared,
        "reasons": [reason_json(reason) for reason in outcome.reasons],
        "alternatives": [_alternative(alternative) for alternative in outcome.alternatives],
        "order": _order(outcome, decisions),
        "sensitivity": None if outcome.sensitivity is None else [_tipping(tipping) for tipping in outcome.sensitivity],
        "conflict": None if outcome.conflict is None else _conflict(outcome.conflict),
    }


def _order(outcome: Outcome, decisions: Sequence[Decision]) -> list[str]:
    """The options there are, in the order that decides between equal scores: the default, then as they are listed."""
    decision = next(decision for decision in decisions if decision.id == outcome.decision)
    there = {outcome.option, *(other.option for other in outcome.alternatives)}
    listed = [option.id for option in decision.options if option.id in there]
    return sorted(listed, key=lambda option: option != decision.default)


def _tipping(tipping: Tipping) -> Json:
    return {"change": change_json(tipping.change), "option": tipping.option}


def _conflict(conflict: Conflict) -> Json:
    return {
        "facts": [
            {"fact": evidence_json(dropped.fact), "ways": [_way(way) for way in dropped.ways]}
            for dropped in conflict.facts
        ],
        "others": [_way(way) for way in conflict.others],
    }


def _way(way: Way) -> Json:
    return {
        "changes": [change_json(change) for change in way.changes],
        "option": way.option,
        "with": dict(way.companions),
    }


def change_json(change: Change) -> Json:
    """A change of a fact, with the threshold it passes and how `what-if` takes it."""
    return {
        "fact": change.path,
        "before": change.before,
        "origin": change.origin,
        "after": change.after,
        "unit": change.unit,
        "past": None if change.past is None else {"comparison": change.past[0], "bound": change.past[1]},
        "line": change.place.line if change.place else None,
        "column": change.place.column if change.place else None,
        **_file(change.place),
        "setting": setting_of(change),
    }


def _alternative(alternative: Alternative) -> Json:
    return {
        "option": alternative.option,
        "ruled_out": alternative.ruled_out,
        "closed_by": list(alternative.closed_by),
        "score": alternative.score,
        "with": dict(alternative.companions),
        "reasons": [reason_json(reason) for reason in alternative.reasons],
    }


def reason_json(reason: Reason) -> Json:
    """Why a rule spoke for or against an option."""
    return {
        "rule": reason.rule,
        "effect": reason.effect,
        "option": reason.option,
        "concern": reason.concern,
        "strength": reason.strength,
        "because": reason.because,
        "via": reason.via,
        "unverified": reason.unverified,
        "evidence": [evidence_json(evidence) for evidence in reason.evidence],
        "sources": [_source(source) for source in reason.sources],
    }


def evidence_json(evidence: Evidence) -> Json:
    """A fact that a rule used; its value is null where it is redacted."""
    return {
        "fact": evidence.fact,
        "value": None if evidence.redacted else evidence.value,
        "unit": evidence.unit,
        "origin": evidence.origin,
        "from": list(evidence.inputs),
        "line": evidence.place.line if evidence.place else None,
        "column": evidence.place.column if evidence.place else None,
        **_file(evidence.place),
        "redacted": evidence.redacted,
    }


def _source(source: Source) -> Json:
    return {"id": source.id, "title": source.title, "url": source.url, "checked": source.checked}


def finding_json(finding: Finding) -> Json:
    """A finding with its place."""
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "subject": finding.subject,
        "message": finding.message,
        "remedy": finding.remedy,
        "file": finding.file,
        **_span(finding.place),
        "related": [_note(*each) for each in finding.related],
        "evidence": [evidence_json(evidence) for evidence in finding.evidence],
        "sources": [_source(source) for source in finding.sources],
        "fingerprint": finding.fingerprint,
        "fix": _fix(finding.fix) if finding.fix else None,
    }


def _fix(fix: Fix) -> Json:
    edits = [{**_span(edit.place), "text": edit.text} for edit in fix.edits]
    return {"title": fix.title, "safe": fix.safe, "afterwards": fix.afterwards, "edits": edits}


def _suppressed(accepted: Suppressed) -> Json:
    said = accepted.suppression
    suppression = {"form": said.form, "because": said.because, "until": said.until, **_span(said.place)}
    return {"finding": finding_json(accepted.finding), "suppression": suppression}


def diagnostic_json(diagnostic: Diagnostic) -> Json:
    """A complaint about an input file, with its place."""
    return {
        "file": diagnostic.file,
        "message": diagnostic.message,
        "hint": diagnostic.hint,
        **_span(diagnostic.place),
        "related": [_note(*each) for each in diagnostic.related],
    }


def _span(place: Place | None) -> Json:
    if place is None:
        return {"line": None, "column": None, "end_line": None, "end_column": None}
    span = {"line": place.line, "column": place.column, "end_line": place.end_line, "end_column": place.end_column}
    return {**span, **_file(place)}


def _file(place: Place | None) -> Json:
    """The file of a place, where the workload was read from files of other tools."""
    return {"file": place.file} if place and place.file else {}
