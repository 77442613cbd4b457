"""What a document says of its own making: comments that Markdown and HTML do not show."""

import json
from dataclasses import asdict

from archadvisor.model.imprint import Imprint


def imprint_line(imprint: Imprint) -> str:
    """The comment that `loading.imprint` finds again."""
    return hidden("report", asdict(imprint))


def hidden(kind: str, said: dict[str, object]) -> str:
    """A comment of a kind that holds JSON, in which nothing ends it early."""
    text = json.dumps(said).replace("--", "-\\u002d").replace(">", "\\u003e")
    return f"<!-- archadvisor {kind} {text} -->"
