"""Reads back what a report says of its own making."""

import datetime
import json
import re

from archadvisor.model.imprint import Imprint

_LINE = re.compile(r"^<!-- archadvisor report (\{.*\}) -->\s*$", re.MULTILINE)


def imprint_in(text: str) -> Imprint | None:
    """The imprint of a report; None where a text has none, or one that was tampered with."""
    found = _LINE.findall(text)
    if not found:
        return None
    try:
        said = json.loads(found[-1])
        datetime.date.fromisoformat(said["as_of"])
        return Imprint(str(said["workload"]), said["as_of"], str(said["version"]))
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
