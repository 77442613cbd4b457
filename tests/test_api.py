"""The Python API, as the README shows it."""

import datetime
import json
from pathlib import Path

import jsonschema
import pytest

import archadvisor
from archadvisor import advise, load_packs, load_workload, render
from archadvisor.engine.program import Program
from archadvisor.errors import UnreadableInput
from archadvisor.workflows.schema import generated_schema

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = sorted(ROOT.glob("samples/*/workload.yaml"))
GPU = {"version": 1, "name": "vision", "services": {"model": {"kind": "web", "gpus": 1}}}


def test_a_mapping_gets_advice(built_in: Program) -> None:
    advice = advise(load_workload(GPU, built_in), built_in)
    compute = next(outcome for outcome in advice.decisions if outcome.decision == "compute")
    assert (compute.option, compute.subject) == ("ec2", "services.model")
    assert "compute/gpus-need-hosts" in {reason.rule for reason in compute.reasons}


def test_a_mapping_may_hold_days_as_yaml_reads_them(built_in: Program) -> None:
    accepted = {"rule": "lint/kaniko-is-archived", "because": "we move", "until": datetime.date(2099, 3, 1)}
    found = load_workload({"version": 1, "name": "x", "suppressions": [accepted]}, built_in)
    assert [each.until for each in found.suppressions] == ["2099-03-01"]


def test_what_is_wrong_is_told_with_all_its_places(built_in: Program) -> None:
    with pytest.raises(UnreadableInput) as refusal:
        load_workload({"version": 2, "name": "x", "servics": {}}, built_in)
    assert [found.message.partition(",")[0] for found in refusal.value.diagnostics] == [
        "expected `1`",
        "unknown key `servics`",
    ]


def test_the_built_in_packs_are_those_of_today() -> None:
    assert [pack.name for pack in load_packs().rulebook.packs] == ["aws"]
    assert set(archadvisor.__all__) == {"__version__", "advise", "load_packs", "load_workload", "render"}


@pytest.mark.parametrize("file", SAMPLES, ids=lambda file: file.parent.name)
def test_the_json_of_a_sample_fits_its_published_schema(file: Path, built_in: Program) -> None:
    advice = advise(load_workload(file, built_in), built_in)
    document = json.loads(render(advice, "json", built_in))
    jsonschema.validate(document, json.loads(generated_schema("advice")))
    (told,) = document["workloads"]
    for outcome in told["decisions"]:
        assert (outcome["option"] is None) is (outcome["verdict"] == "conflict")
        assert outcome["settled"] is (outcome["asks"] == [])


@pytest.mark.parametrize("file", SAMPLES, ids=lambda file: file.parent.name)
def test_a_sample_is_settled_and_fits_the_schema_its_first_line_names(file: Path, built_in: Program) -> None:
    import yaml

    text = file.read_text(encoding="utf-8")
    first = text.splitlines()[0]
    assert first == "# yaml-language-server: $schema=../../schema/workload.schema.json"
    jsonschema.validate(yaml.safe_load(text), json.loads((file.parent / first.partition("=")[2]).read_text("utf-8")))
    assert advise(load_workload(file, built_in), built_in).settled
