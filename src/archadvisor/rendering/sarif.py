"""The report as SARIF 2.1.0."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from archadvisor.model.advice import Evidence, Finding, Report, Suppressed
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.fix import Fix
from archadvisor.model.place import Place
from archadvisor.model.suppression import Suppression
from archadvisor.rendering.address import relative, uri
from archadvisor.rendering.concise import UNUSABLE, hinted
from archadvisor.rendering.markdown import escaped
from archadvisor.rendering.sarif_rules import descriptors

Json = dict[str, object]

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_FINGERPRINT = "archadvisorFinding/v1"
_ROOT = "%SRCROOT%"


def sarif(report: Report) -> str:
    """A log of one run: rules, findings, accepted and known ones too, and what could not be used."""
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [_run(report)]}
    return json.dumps(log, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def _run(report: Report) -> Json:
    rules = descriptors(report)
    results = _Results(
        {str(rule["id"]): index for index, rule in enumerate(rules)},
        report.folder,
        any(advice.baselined for advice in report.advices),
    )
    return {
        "tool": {"driver": _driver(report, rules)},
        "invocations": [_invocation(report)],
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The folder in which archadvisor ran."}}},
        "artifacts": [
            {"location": _artifact(file, report.folder), "roles": ["analysisTarget"], "encoding": "utf-8"}
            for advice in report.advices
            for file in dict(advice.files) or [advice.file]
        ],
        "columnKind": "unicodeCodePoints",
        "results": list(results.of(report)),
        "properties": {"asOf": report.as_of, "oldestFact": report.oldest_fact},
    }


def _driver(report: Report, rules: list[Json]) -> Json:
    return {
        "name": "archadvisor",
        "version": report.version,
        "semanticVersion": report.version,
        "shortDescription": {"text": "Advice on AWS container architecture decisions."},
        "rules": rules,
        "notifications": [
            {
                "id": UNUSABLE,
                "shortDescription": {"text": "A file could not be used."},
                "defaultConfiguration": {"level": "error"},
            }
        ],
        "properties": {
            "packs": [{"name": pack.name, "version": pack.version} for pack in report.packs],
            "catalogChecked": report.catalog_checked,
        },
    }


def _invocation(report: Report) -> Json:
    return {
        "executionSuccessful": not report.diagnostics,
        "toolExecutionNotifications": [_notification(found, report.folder) for found in report.diagnostics],
    }


def _notification(found: Diagnostic, folder: str) -> Json:
    return {
        "descriptor": {"id": UNUSABLE, "index": 0},
        "level": "error",
        "message": {"text": hinted(found)},
        "locations": [_location(found.file, found.place, folder)],
    }


@dataclass(frozen=True, slots=True)
class _Results:
    """How findings are told: where their rules stand, where files start, whether there was a baseline."""

    rules: Mapping[str, int]
    folder: str
    compared: bool

    def of(self, report: Report) -> Iterator[Json]:
        """The results of a report: what is shown, then what is accepted, then what is known, file by file."""
        for advice in report.advices:
            yield from (self.result(found) for found in advice.findings)
            yield from (self.suppressed(accepted) for accepted in advice.suppressed)
            yield from (self.result(known, "unchanged") for known in advice.baselined)

    def suppressed(self, accepted: Suppressed) -> Json:
        """A finding that the file accepts, with why and until when."""
        file = accepted.finding.file
        return {
            **self.result(accepted.finding),
            "suppressions": [_suppression(accepted.suppression, file, self.folder)],
        }

    def result(self, found: Finding, state: str = "new") -> Json:
        """A finding; where there was a baseline, how it stands to that."""
        related = [
            {"id": number, **_location(place.file or found.file, place, self.folder), "message": {"text": note}}
            for number, (note, place) in enumerate(found.related, 1)
        ]
        return {
            "ruleId": found.rule,
            "ruleIndex": self.rules[found.rule],
            "level": found.severity,
            "message": _message(found),
            "locations": [{**_location(found.file, found.place, self.folder), **_logical(found)}],
            "partialFingerprints": {_FINGERPRINT: found.fingerprint},
            **({"baselineState": state} if self.compared else {}),
            **({"relatedLocations": related} if related else {}),
            **({"fixes": [_fix(found.fix, found.file, self.folder)]} if found.fix else {}),
            "properties": {
                "evidence": [_evidence(used) for used in found.evidence],
                "sources": [source.url or source.title for source in found.sources],
            },
        }


def _message(found: Finding) -> Json:
    text = found.message + (f"\nRemedy: {found.remedy}" if found.remedy else "")
    markdown = escaped(found.message) + (f"\n\n**Remedy:** {escaped(found.remedy)}" if found.remedy else "")
    return {"text": text, "markdown": markdown}


def _logical(found: Finding) -> Json:
    if found.subject is None:
        return {}
    return {"logicalLocations": [{"fullyQualifiedName": found.subject, "kind": "object"}]}


def _suppression(said: Suppression, file: str, folder: str) -> Json:
    return {
        "kind": "inSource",
        "status": "accepted",
        "justification": said.because,
        "location": _location(file, said.place, folder),
        "properties": {"form": said.form, "until": said.until},
    }


def _fix(fix: Fix, file: str, folder: str) -> Json:
    replacements = [
        {"deletedRegion": _region(edit.place), "insertedContent": {"text": edit.text}} for edit in fix.edits
    ]
    return {
        "description": {"text": fix.title},
        "artifactChanges": [{"artifactLocation": _artifact(file, folder), "replacements": replacements}],
        "properties": {"safe": fix.safe, "afterwards": fix.afterwards},
    }


def _evidence(used: Evidence) -> Json:
    value = None if used.redacted else used.value
    return {"fact": used.fact, "value": value, "unit": used.unit, "origin": used.origin}


def _location(file: str, place: Place | None, folder: str) -> Json:
    region = {"region": _region(place)} if place else {}
    return {"physicalLocation": {"artifactLocation": _artifact(file, folder), **region}}


def _artifact(file: str, folder: str) -> Json:
    path = relative(file, folder)
    base = {} if uri(path).startswith("file:") else {"uriBaseId": _ROOT}
    return {"uri": uri(path), **base}


def _region(place: Place) -> Json:
    return {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }
