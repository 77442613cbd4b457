"""Names for findings that unrelated edits leave as they are."""

import hashlib
from collections.abc import Iterable


def fingerprint(rule: str, subject: str | None, content: Iterable[str]) -> str:
    """A name for a finding of a rule about a subject with some content: no lines, no order."""
    return hashlib.sha256("\0".join([rule, subject or "", *sorted(content)]).encode()).hexdigest()[:32]
