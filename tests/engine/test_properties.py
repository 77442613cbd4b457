"""Advice does not wobble: unrelated services, irrelevant facts and any order leave it as it is."""

import json
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archadvisor.engine.advise import advise
from archadvisor.engine.program import Program, program, vocabulary
from archadvisor.loading.home import home
from archadvisor.loading.pack import read_packs
from archadvisor.loading.sources import pack_sources
from archadvisor.loading.workload import read_workload, stated_facts
from archadvisor.model.advice import Advice
from archadvisor.rendering.json import json_text
from archadvisor.workflows.check import report
from tests.engine.house_pack import DAY, Document, advice, built_in, catalog, real, workload
from tests.engine.random_workloads import document, subject

ROOT = Path(__file__).parents[2]
STORIES = sorted([*ROOT.glob("samples/*/workload.yaml"), *ROOT.glob("tests/scenarios/*/workload.yaml")])
SEEDS = st.integers(0, 2**32).map(Random)
ONE = {"min": 0, "max": 1}
UNRELATED: dict[str, Document] = {
    "a plain web service": {"kind": "web", "cpu": 0.5, "memory": "1 GiB", "trigger": "http", "replicas": ONE},
    "a function": {"kind": "function", "cpu": 0.25, "memory": "1 GiB", "duration": "10 s", "replicas": ONE},
    "a nightly job": {"kind": "batch", "cpu": 1, "memory": "2 GiB", "duration": "10 min", "replicas": ONE},
}
IRRELEVANT: list[Document] = [
    {"description": "Said to people only."},
    {"secrets": {"idle": {"kind": "setting", "rotate_every": "never"}}},
    {"callers": {"visitors": {"who": "customers", "to": "app", "identities": ["own"]}}},
]
ALPHA = """
decision: colour
question: Which colour?
about: Paint.
for: service
default: red
options:
  red: {title: Red, summary: Warm., wins: {service.kind: web}}
  blue: {title: Blue, summary: Cold., wins: {service.os: windows}}
rules:
  - id: colour/windows-is-blue
    when: {service.os: windows}
    favors: blue
    strength: slight
    concern: cost
    because: "`{service.name}` is {service.os}"
    rationale: House.
    sources: [house]
    examples: {fires: {one: {service.os: windows}}}
"""


def _bytes(found: Advice, pack: Program) -> str:
    return json_text(report(pack, (found,)))


def _options(found: Advice) -> dict[tuple[str, str], str | None]:
    return {(each.decision, each.subject or ""): each.option for each in found.decisions}


def _shuffled(value: object, random: Random) -> object:
    if not isinstance(value, dict):
        return value
    keys = list(value)
    random.shuffle(keys)
    return {key: _shuffled(value[key], random) for key in keys}


@given(SEEDS)
def test_the_order_of_rules_does_not_matter(random: Random) -> None:
    rules = list(built_in().rules)
    random.shuffle(rules)
    other = program(replace(built_in(), rules=tuple(rules)), catalog(), stated_facts(), DAY)
    given = workload(document(random))
    assert _bytes(advise(given, other), other) == _bytes(advise(given, real()), real())


@given(SEEDS)
def test_what_was_seen_before_does_not_matter(random: Random) -> None:
    stated = document(random)
    nearly = {**stated, "services": {name: {**service, **subject(random, "service", 0.03)}
                                     for name, service in stated["services"].items()}}  # fmt: skip
    seasoned, fresh = (program(built_in(), catalog(), stated_facts(), DAY) for _ in range(2))
    advice(seasoned, stated)
    assert _bytes(advice(seasoned, nearly), seasoned) == _bytes(advice(fresh, nearly), fresh)


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_files_and_packs_does_not_matter(seed: int) -> None:
    house = [
        (
            "pack.yaml",
            b"{pack: house, version: '1', sources: {house: {title: H, kind: inference, checked: 2026-01-01}}}",
        )
    ]
    house.append(("colour.yaml", ALPHA.encode()))
    random, packs = Random(seed), [pack_sources(home("rules")), house]
    shuffled = [random.sample(pack, len(pack)) for pack in reversed(packs)]
    one, other = (
        program(read_packs(each, vocabulary(stated_facts())), catalog(), stated_facts(), DAY)
        for each in (packs, shuffled)
    )
    given = workload(document(random))
    assert _bytes(advise(given, one), one) == _bytes(advise(given, other), other)


@given(SEEDS)
def test_the_order_of_keys_changes_no_answer(random: Random) -> None:
    stated = document(random)
    other = _shuffled(stated, random)
    assert isinstance(other, dict)
    one, two = advice(real(), stated), advice(real(), other)
    assert _options(one) == _options(two)
    assert {(each.rule, each.subject) for each in one.findings} == {(each.rule, each.subject) for each in two.findings}


@given(SEEDS)
def test_a_secret_or_caller_that_nobody_uses_changes_no_other_answer(random: Random) -> None:
    stated = document(random)
    for extra in IRRELEVANT:
        merged = {**stated, **{key: {**stated.get(key, {}), **value} if isinstance(value, dict) else value
                               for key, value in extra.items()}}  # fmt: skip
        before, after = _options(advice(real(), stated)), _options(advice(real(), merged))
        assert {key: after[key] for key in before} == before


@given(SEEDS, st.sampled_from(sorted(UNRELATED)))
def test_an_unrelated_service_changes_no_answer_about_another(random: Random, name: str) -> None:
    stated = {**document(random), "kubernetes": {"required": random.choice([True, False])}}
    more = {**stated, "services": {**stated["services"], "unrelated": UNRELATED[name]}}
    before, after = _options(advice(real(), stated)), _options(advice(real(), more))
    if before.get(("orchestrator", "")) == after.get(("orchestrator", "")):
        assert {key: after[key] for key in before} == before


@pytest.mark.parametrize("name", sorted(UNRELATED))
@pytest.mark.parametrize("file", STORIES, ids=lambda file: file.parent.name)
def test_an_unrelated_service_changes_no_answer_of_a_story(file: Path, name: str) -> None:
    told = read_workload(file.read_bytes(), str(file)).workload
    assert told is not None
    root, other = told.root, workload({"services": {"unrelated": UNRELATED[name]}}).root
    more = replace(told, root=replace(root, parts=root.parts + other.parts))
    before, after = _options(advise(told, real())), _options(advise(more, real()))
    before = {key: option for key, option in before.items() if option or key in after}
    assert {key: after.get(key) for key in before} == before


def test_a_service_of_unknown_size_does_not_hide_what_the_others_come_to() -> None:
    busy = {"kind": "web", "cpu": 2, "memory": "4 GiB", "replicas": {"min": 20, "max": 20}, "traffic": "steady"}
    stated: Document = {"services": {"busy": {**busy, "utilisation": 0.9}}, "team": {"hosts": "accept"}}
    more = {**stated, "services": {**stated["services"], "new": {}}}
    before, after = (_options(advice(real(), each)) for each in (stated, more))
    assert after["compute", "services.busy"] == before["compute", "services.busy"] == "ec2"


@given(SEEDS)
def test_advice_without_reasons_is_the_same_advice(random: Random) -> None:
    given = workload(document(random))
    brief, full = advise(given, real(), explained=False), advise(given, real())
    assert _options(brief) == _options(full)
    assert [(each.rule, each.place, each.fingerprint) for each in brief.findings] == [
        (each.rule, each.place, each.fingerprint) for each in full.findings
    ]


@given(SEEDS)
def test_every_answer_is_an_option_of_its_decision_or_a_conflict(random: Random) -> None:
    options = {decision.id: {option.id for option in decision.options} for decision in built_in().decisions}
    for each in advice(real(), document(random)).decisions:
        assert (each.option is None) is (each.verdict == "conflict")
        assert each.option is None or each.option in options[each.decision]


@given(SEEDS)
def test_every_conflict_is_a_finding_that_names_facts(random: Random) -> None:
    found = advice(real(), document(random))
    named = {each.subject: each for each in found.findings if each.rule == "decisions/conflict"}
    for each in found.decisions:
        if each.verdict == "conflict":
            assert named[each.subject].evidence


def test_the_same_workload_written_twice_gives_the_same_bytes() -> None:
    stated = document(Random(7))
    one, other = (workload(json.loads(json.dumps(stated))) for _ in range(2))
    assert _bytes(advise(one, real()), real()) == _bytes(advise(other, real()), real())
