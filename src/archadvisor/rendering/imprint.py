"""The imprint of a report: a comment that Markdown and HTML do not show."""

import json
from dataclasses import asdict

from archadvisor.model.imprint import Imprint


def imprint_line(imprint: Imprint) -> str:
    """The comment that `loading.imprint` finds again, in which nothing ends it early."""
    text = json.dumps(asdict(imprint)).replace("--", "-\\u002d").replace(">", "\\u003e")
    return f"<!-- archadvisor report {text} -->"
