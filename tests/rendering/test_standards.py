"""What is written for other tools fits their own schemas, whatever a report holds."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
import xmlschema

from archadvisor import advise, load_workload
from archadvisor.engine.program import Program
from archadvisor.workflows.check import report
from archadvisor.workflows.schema import generated_schema
from tests.rendering.reports import every, rendered

ROOT = Path(__file__).resolve().parents[2]
STANDARDS = ROOT / "tests" / "standards"
GOLDEN = ROOT / "tests" / "golden" / "formats"
SAMPLES = sorted(ROOT.glob("samples/*/workload.yaml"))
NAMES = ["plain", "clean", "accepted", "awkward", "nothing"]

SARIF = jsonschema.Draft4Validator(json.loads((STANDARDS / "sarif-2.1.0.json").read_text("utf-8")))
GITLAB = jsonschema.Draft4Validator(
    {"type": "array", "items": json.loads((STANDARDS / "gitlab-codeclimate.json").read_text("utf-8"))}
)
ADVICE = jsonschema.Draft202012Validator(json.loads(generated_schema("advice")))
JUNIT = xmlschema.XMLSchema(STANDARDS / "junit-10.xsd")
VALIDATORS = {"sarif": SARIF, "gitlab": GITLAB, "json": ADVICE}


def problems(form: str, text: str) -> Iterator[str]:
    if form == "junit":
        yield from (str(error) for error in JUNIT.iter_errors(text))
    else:
        yield from (error.message for error in VALIDATORS[form].iter_errors(json.loads(text)))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("form", [*VALIDATORS, "junit"])
def test_a_report_fits_the_schema_of_its_format(form: str, name: str, built_in: Program) -> None:
    assert list(problems(form, rendered(form, every(built_in)[name]))) == []


@pytest.mark.parametrize("form", [*VALIDATORS, "junit"])
def test_the_samples_together_fit_the_schema_of_each_format(form: str, built_in: Program) -> None:
    told = report(built_in, tuple(advise(load_workload(file, built_in), built_in) for file in SAMPLES))
    assert list(problems(form, rendered(form, told))) == []


@pytest.mark.parametrize(
    ("form", "file"),
    [("sarif", "sarif.json"), ("gitlab", "gitlab.json"), ("json", "json.json"), ("junit", "junit.xml")],
)
def test_the_golden_report_fits_the_schema_of_its_format(form: str, file: str) -> None:
    assert list(problems(form, (GOLDEN / file).read_text("utf-8"))) == []


SPOILED = {
    "sarif": ('"level": "error"', '"level": "fatal"'),
    "gitlab": ('"fingerprint"', '"print"'),
    "json": ('"suppressed"', '"accepted"'),
    "junit": (" errors=", " faults="),
}


@pytest.mark.parametrize("form", [*VALIDATORS, "junit"])
def test_the_schemas_see_what_is_wrong(form: str, built_in: Program) -> None:
    whole, spoiled = SPOILED[form]
    assert list(problems(form, rendered(form, every(built_in)["plain"]).replace(whole, spoiled)))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("form", ["text", "concise", "json", "sarif", "junit", "github", "gitlab", "markdown"])
def test_no_format_lets_control_characters_through(form: str, name: str, built_in: Program) -> None:
    text = rendered(form, every(built_in)[name])
    assert [character for character in text if ord(character) < 32 and character != "\n"] == []


@pytest.mark.parametrize("form", ["text", "concise", "json", "sarif", "junit", "github", "gitlab", "markdown"])
def test_an_unusable_file_shows_in_every_format(form: str, built_in: Program) -> None:
    told = every(built_in)["nothing"]
    whole = replace(told, diagnostics=every(built_in)["awkward"].diagnostics)
    assert "elsewhere" not in rendered(form, told)
    assert "/elsewhere/a" in rendered(form, whole)
    assert "gone" in rendered(form, whole)


@pytest.mark.parametrize("form", ["text", "concise", "json", "sarif", "junit", "github", "gitlab", "markdown"])
def test_a_format_takes_time_in_proportion_to_the_files(form: str, built_in: Program) -> None:
    """Twenty times as many files make about twenty times as much text, never the square of it."""
    told = every(built_in)["accepted"]
    many = replace(told, advices=tuple(replace(advice, file=f"{n}.yaml") for n in range(20) for advice in told.advices))
    assert len(rendered(form, many)) < 22 * len(rendered(form, told))
