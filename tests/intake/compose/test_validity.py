"""What does not fit the Compose specification, and the schema that says so."""

import json
from importlib.resources import files
from pathlib import Path

import pytest

from tests.intake.compose.files import facts, messages, surveyed

ROOT = Path(__file__).parents[3]
# A service -> what is told of it.
VIOLATIONS = [
    ("image: a, cpus: 1", []),
    ("image: a, x-own: 1", []),
    (
        "image: a, mem_limt: 1g",
        ["0.yaml:1:28: `mem_limt` is no key that the Compose specification knows in `services.web`: "
         "did you mean `mem_limit`?"],
    ),
    (
        "image: [a]",
        ["0.yaml:1:25: `services.web.image` is a list, and the Compose specification expects text"],
    ),
    (
        "image: a, deploy: {replica: 2}",
        ["0.yaml:1:37: `replica` is no key that the Compose specification knows in `services.web.deploy`: "
         "did you mean `replicas`?"],
    ),
    ("image: a, ports: ['${PORT}:80'], cpus: '${CPUS:-1}', ulimits: {nofile: {soft: '${X}', hard: 1}}", []),
    ("image: a, environment: {A: [1]}", None),
]  # fmt: skip


@pytest.mark.parametrize(("service", "expected"), VIOLATIONS)
def test_what_does_not_fit_is_told_with_its_place(service: str, expected: list[str] | None) -> None:
    found = messages(surveyed(f"services: {{web: {{{service}}}}}"))
    assert found == expected if expected is not None else len(found) == 1


def test_a_violation_does_not_keep_the_rest_from_being_read() -> None:
    found = surveyed("version: 3\nservices: {web: {image: a, cpus: 2, bogus: correct-horse}}")
    assert facts(found)["cpu"] == "2"
    assert len(found.remarks) == 2
    assert "correct-horse" not in repr(found)


def test_the_schema_is_the_one_that_its_authors_publish() -> None:
    theirs = files("check_jsonschema") / "builtin_schemas" / "vendor" / "compose-spec.json"
    assert json.loads((ROOT / "schema/third_party/compose-spec.json").read_bytes()) == json.loads(theirs.read_bytes())
