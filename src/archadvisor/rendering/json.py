"""The report as JSON: the versioned shape `advice/1`, whatever the classes look like."""

from __future__ import annotations

import json
from collections import Counter

from archadvisor.model.advice import Advice, Alternative, Evidence, Finding, Outcome, Reason, Report
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.fix import Fix
from archadvisor.model.place import Place
from archadvisor.model.rule import SEVERITIES, Source

Json = dict[str, object]


def json_text(report: Report) -> str:
    """The report as JSON text, keys in a fixed order."""
    return json.dumps(_report(report), indent=2, ensure_ascii=False) + "\n"


def summary(report: Report) -> Json:
    """What was checked and found, in numbers."""
    found = Counter(finding.severity for advice in report.advices for finding in advice.findings)
    outcomes = [outcome for advice in report.advices for outcome in advice.decisions]
    return {
        "files": len(report.advices),
        "unusable": len({diagnostic.file for diagnostic in report.diagnostics}),
        "rules": report.rules,
        "findings": {severity: found[severity] for severity in SEVERITIES},
        "decisions": len(outcomes),
        "provisional": len([outcome for outcome in outcomes if not outcome.settled]),
        "fixed": report.fixed,
        "fixable": len([1 for advice in report.advices for finding in advice.findings if finding.fix]),
        "oldest_fact": report.oldest_fact,
    }


def _report(report: Report) -> Json:
    return {
        "schema": "advice/1",
        "tool": {
            "version": report.version,
            "packs": [{"name": pack.name, "version": pack.version} for pack in report.packs],
            "catalog_checked": report.catalog_checked,
        },
        "as_of": report.as_of,
        "workloads": [_advice(advice) for advice in report.advices],
        "diagnostics": [_diagnostic(diagnostic) for diagnostic in report.diagnostics],
        "summary": summary(report),
    }


def _advice(advice: Advice) -> Json:
    return {
        "file": advice.file,
        "name": advice.name,
        "status": "settled" if advice.settled else "provisional",
        "exact": advice.exact,
        "asks": list(advice.asks),
        "kept": None if advice.kept is None else {"decisions": [_outcome(outcome) for outcome in advice.kept]},
        "decisions": [_outcome(outcome) for outcome in advice.decisions],
        "findings": [_finding(finding) for finding in advice.findings],
    }


def _outcome(outcome: Outcome) -> Json:
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
        "reasons": [_reason(reason) for reason in outcome.reasons],
        "alternatives": [_alternative(alternative) for alternative in outcome.alternatives],
    }


def _alternative(alternative: Alternative) -> Json:
    return {
        "option": alternative.option,
        "ruled_out": alternative.ruled_out,
        "closed_by": list(alternative.closed_by),
        "score": alternative.score,
        "with": dict(alternative.companions),
        "reasons": [_reason(reason) for reason in alternative.reasons],
    }


def _reason(reason: Reason) -> Json:
    return {
        "rule": reason.rule,
        "effect": reason.effect,
        "option": reason.option,
        "concern": reason.concern,
        "strength": reason.strength,
        "because": reason.because,
        "via": reason.via,
        "unverified": reason.unverified,
        "evidence": [_evidence(evidence) for evidence in reason.evidence],
        "sources": [_source(source) for source in reason.sources],
    }


def _evidence(evidence: Evidence) -> Json:
    return {
        "fact": evidence.fact,
        "value": None if evidence.redacted else evidence.value,
        "unit": evidence.unit,
        "origin": evidence.origin,
        "from": list(evidence.inputs),
        "line": evidence.place.line if evidence.place else None,
        "column": evidence.place.column if evidence.place else None,
        "redacted": evidence.redacted,
    }


def _source(source: Source) -> Json:
    return {"id": source.id, "title": source.title, "url": source.url, "checked": source.checked}


def _finding(finding: Finding) -> Json:
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "subject": finding.subject,
        "message": finding.message,
        "remedy": finding.remedy,
        "file": finding.file,
        **_span(finding.place),
        "related": [{"message": note, **_span(place)} for note, place in finding.related],
        "evidence": [_evidence(evidence) for evidence in finding.evidence],
        "sources": [_source(source) for source in finding.sources],
        "fingerprint": finding.fingerprint,
        "fix": None if finding.fix is None else _fix(finding.fix),
    }


def _fix(fix: Fix) -> Json:
    return {
        "title": fix.title,
        "safe": fix.safe,
        "afterwards": fix.afterwards,
        "edits": [{**_span(edit.place), "text": edit.text} for edit in fix.edits],
    }


def _diagnostic(diagnostic: Diagnostic) -> Json:
    return {
        "file": diagnostic.file,
        "message": diagnostic.message,
        "hint": diagnostic.hint,
        **_span(diagnostic.place),
        "related": [{"message": note, **_span(place)} for note, place in diagnostic.related],
    }


def _span(place: Place | None) -> Json:
    if place is None:
        return {"line": None, "column": None, "end_line": None, "end_column": None}
    return {"line": place.line, "column": place.column, "end_line": place.end_line, "end_column": place.end_column}
