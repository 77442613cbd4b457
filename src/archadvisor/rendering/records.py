"""Files that archadvisor writes for itself, as JSON: sorted, one value a line, so that a diff shows what changed."""

import json
import re

from archadvisor.model.baseline import SCHEMA, Baseline, Entry
from archadvisor.model.lock import SCHEMA as LOCK_SCHEMA
from archadvisor.model.lock import Held, Lock

_UNPRINTABLE = re.compile(r"[\x7f-\x9f\xad\u2028\u2029\ufeff\ufffe\uffff]")
Json = dict[str, object]


def record_text(record: Json) -> str:
    """A record as text; what some readers of JSON or YAML stumble over is escaped, and what is no text shows as `?`."""
    text = json.dumps(record, indent=2, ensure_ascii=False) + "\n"
    readable = text.encode("utf-8", "replace").decode("utf-8")
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found.group()):04x}", readable)


def baseline_json(baseline: Baseline) -> str:
    """A baseline as it is kept; files without entries are left out."""
    files = {name: [_entry(entry) for entry in entries] for name, entries in sorted(baseline.items()) if entries}
    return record_text({"schema": SCHEMA, "files": files})


def _entry(entry: Entry) -> Json:
    return {
        "rule": entry.rule,
        "subject": entry.subject,
        "message": entry.message,
        "fingerprint": entry.fingerprint,
        "count": entry.count,
    }


def lock_json(lock: Lock) -> str:
    """A lock as it is kept."""
    return record_text(
        {
            "schema": LOCK_SCHEMA,
            "as_of": lock.as_of,
            "packs": {pack.name: pack.version for pack in sorted(lock.packs, key=lambda pack: pack.name)},
            "catalog": dict(sorted(lock.catalog)),
            "files": {name: [_held(each) for each in decisions] for name, decisions in sorted(lock.files.items())},
        }
    )


def _held(each: Held) -> Json:
    return {
        "decision": each.decision,
        "subject": each.subject,
        "option": each.option,
        "rules": list(each.rules),
        "facts": dict(each.facts),
    }
