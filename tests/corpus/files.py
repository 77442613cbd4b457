"""The real files, and `archadvisor import` run on one of them."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

import pytest
from click.testing import CliRunner

from archadvisor.cli.import_ import import_

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
    """What was said instead, in one line."""

    message: str


def imported(name: str) -> Found | Refused:
    """What `archadvisor import` makes of a file of the corpus; a traceback is raised on."""
    ran = CliRunner().invoke(import_, [str(CORPUS / name), "--format", "json"])
    if ran.exception is not None and not isinstance(ran.exception, SystemExit):
        raise ran.exception
    if ran.stdout:  # also where files that belong to it are not here
        found: Found = json.loads(ran.stdout)
        return found
    assert ran.exit_code == 2, (name, ran.exit_code)
    return Refused(" ".join(ran.stderr.replace(str(CORPUS / name), name).split()))
