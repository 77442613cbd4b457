"""Findings: what flags, at what severity, where, and under which fingerprint."""

import subprocess
import sys
from pathlib import Path

import pytest

from archadvisor.engine.advise import advise
from archadvisor.loading.workload import read_workload
from archadvisor.model.advice import Advice
from tests.engine.house_pack import advice, finding, house, real

FLAGS = """
rules:
  - id: house/no-windows
    for: service
    when: {service.os: windows, service.arch: [arm64, any]}
    flags: error
    because: "`{service.name}` is {service.os}"
    remedy: "move `{service.name}`"
  - {id: house/unsure, for: service, when: {service.os: windows}, flags: error, unverified: true}
  - {id: house/unsized, for: service, when: {not: {service.cpu: {known: true}}}, flags: note}
  - {id: house/waits, for: workload, when: {some: {services: {service.waits: true}}}, flags: warning}
"""
FILE = """version: 1
name: trial
services:
  one:
    cpu: 1
    arch: arm64
    os: windows
  two:
    cpu: 1
    waits: true
    isolation: normal
"""


def _told(text: str) -> Advice:
    reading = read_workload(text.encode(), "workload.yaml")
    assert reading.workload is not None, reading.diagnostics
    return advise(reading.workload, house(FLAGS))


def test_a_rule_flags_where_it_holds_and_nowhere_else() -> None:
    found = _told(FILE)
    assert [(each.rule, each.subject) for each in found.findings] == [
        ("house/no-windows", "services.one"),
        ("house/unsure", "services.one"),
        ("house/waits", None),
    ]


def test_a_finding_is_shown_at_its_first_fact_and_relates_the_others() -> None:
    found = finding(_told(FILE), "house/no-windows")
    assert found.place[:2] == (7, 9)
    assert [(note, place[:2]) for note, place in found.related] == [("services.one.arch is arm64", (6, 11))]


def test_a_finding_over_a_collection_is_shown_at_the_part_it_rests_on() -> None:
    found = finding(_told(FILE), "house/waits")
    assert [used.fact for used in found.evidence] == ["services.two.waits"]
    assert found.place[:2] == (10, 12)


def test_a_message_names_the_subject_and_its_facts() -> None:
    found = finding(_told(FILE), "house/no-windows")
    assert (found.message, found.remedy) == ("`one` is windows", "move `one`")


def test_a_rule_that_is_unverified_is_a_warning_at_most() -> None:
    severities = {each.rule: each.severity for each in _told(FILE).findings}
    assert severities == {"house/no-windows": "error", "house/unsure": "warning", "house/waits": "warning"}


@pytest.mark.parametrize(("cpu", "flagged"), [("1", False), ("unknown", True)])
def test_a_rule_that_flags_may_ask_whether_a_fact_is_known(cpu: str, flagged: bool) -> None:
    found = _told(FILE.replace("cpu: 1", f"cpu: {cpu}"))
    assert ("house/unsized" in {each.rule for each in found.findings}) is flagged


@pytest.mark.parametrize(
    ("edit", "same"),
    [
        (("name: trial", "# a remark\nname: trial"), True),
        (("    arch: arm64\n    os: windows\n", "    os: windows\n    arch: arm64\n"), True),
        (("isolation: normal", "isolation: hostile_tenants"), True),
        (("arch: arm64", "arch: any"), False),
        (("one:", "uno:"), False),
    ],
)
def test_a_fingerprint_survives_unrelated_edits_only(edit: tuple[str, str], same: bool) -> None:
    before, after = (finding(_told(text), "house/no-windows") for text in (FILE, FILE.replace(*edit)))
    assert (before.fingerprint == after.fingerprint) is same


def test_findings_sort_by_place_then_rule() -> None:
    text = FILE.replace("waits: true", "os: windows\n    arch: any\n    waits: true")
    found = [(each.place, each.rule) for each in _told(text).findings]
    assert len(found) == 5
    assert found == sorted(found)


KEYS = {"callers": {"deploys": {"who": "ci", "to": "aws_api", "keys": "long_lived", "provider": "github_actions"}}}


def test_long_lived_keys_of_a_pipeline_are_found() -> None:
    messages = [each.message for each in advice(real(), KEYS).findings if each.subject == "callers.deploys"]
    assert any("key" in message for message in messages)


@pytest.mark.parametrize(
    ("decisions", "word"),
    [
        ("compute: fargat", "fargat"),
        ("computer: fargate", "computer"),
        ("compute: {webb: fargate}", "webb"),
    ],
)
def test_a_declaration_that_names_nothing_is_a_diagnostic(tmp_path: Path, decisions: str, word: str) -> None:
    file = tmp_path / "workload.yaml"
    file.write_text(f"version: 1\nname: trial\nservices: {{web: {{kind: web}}}}\ndecisions: {{{decisions}}}\n")
    run = [sys.executable, "-m", "archadvisor", "check", str(file)]
    done = subprocess.run(run, capture_output=True, text=True, check=False, timeout=60)
    said = done.stdout + done.stderr
    assert (done.returncode, "Traceback" in said, f"`{word}`" in said) == (2, False, True)
