"""The real files, and what importing one of them comes to."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

import pytest

from archadvisor.errors import UnreadableInput
from archadvisor.rendering.intake import imported_json
from archadvisor.workflows import importing

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
FOLDERS = ("cfn", "compose", "ecs", "k8s", "tfplan")
PRESENT = pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of real files is not here")


class Service(TypedDict):
    """A service of the JSON that `import` writes."""

    name: str
    endpoints: list[str]


class Fact(TypedDict):
    """A fact of it."""

    path: str
    value: str


class Leak(TypedDict):
    """A secret in plain text of it."""

    key: str
    line: int


class Found(TypedDict):
    """What of it the tests read."""

    services: list[Service]
    facts: list[Fact]
    plain_text_secrets: list[Leak]


@dataclass(frozen=True, slots=True)
class Refused:
    """What was said instead."""

    message: str


def imported(name: str) -> Found | Refused:
    """What importing a file of the corpus comes to, as JSON has it; a traceback is raised on."""
    try:
        whole = imported_json(importing.imported([str(CORPUS / name)]))
    except UnreadableInput as error:
        return Refused(error.diagnostics[0].message)
    found: Found = json.loads(json.dumps(whole))
    return found
