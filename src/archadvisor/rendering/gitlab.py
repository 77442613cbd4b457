"""The report as GitLab's Code Quality JSON."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping

from archadvisor.model.advice import Report
from archadvisor.model.place import START, Place
from archadvisor.model.rule import Severity
from archadvisor.rendering.address import relative
from archadvisor.rendering.concise import UNUSABLE, hinted

Json = dict[str, object]

_SEVERITIES: Mapping[Severity, str] = {"error": "major", "warning": "minor", "note": "info"}


def gitlab(report: Report) -> str:
    """A list with an issue for each finding and each problem of a file that could not be used."""
    return json.dumps(list(_issues(report)), indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def _issues(report: Report) -> Iterator[Json]:
    seen: Counter[str] = Counter()
    for advice in report.advices:
        for found in advice.findings:
            file = relative(found.file, report.folder)
            text = f"{found.message}; remedy: {found.remedy}" if found.remedy else found.message
            mark = _fingerprint(seen, file, found.fingerprint)
            yield _issue(found.rule, text, mark, _SEVERITIES[found.severity], file, found.place)
    for unusable in report.diagnostics:
        file = relative(unusable.file, report.folder)
        mark = _fingerprint(seen, file, unusable.message)
        yield _issue(UNUSABLE, hinted(unusable), mark, "blocker", file, unusable.place or START)


def _issue(rule: str, description: str, fingerprint: str, severity: str, file: str, place: Place) -> Json:
    lines = {"begin": place.line, "end": place.end_line}
    location = {"path": file, "lines": lines}
    return {
        "type": "issue",
        "check_name": rule,
        "description": description,
        "categories": ["Style" if severity == "info" else "Bug Risk"],
        "severity": severity,
        "fingerprint": fingerprint,
        "location": location,
    }


def _fingerprint(seen: Counter[str], *parts: str) -> str:
    """GitLab keeps one issue a fingerprint, so files, and repeated issues of a file, must differ in it."""
    key = "\0".join(parts)
    seen[key] += 1
    repeated = f"\0{seen[key]}" if seen[key] > 1 else ""
    return hashlib.sha256((key + repeated).encode("utf-8", "replace")).hexdigest()[:32]
