"""Changes: values that a file may state, each told apart from the one now by some rule, and read back as meant."""

from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archadvisor.analysis.changes import changed, changes
from archadvisor.analysis.landmarks import BOUNDS, VALUES
from archadvisor.analysis.reads import reading
from archadvisor.analysis.trials import winners
from archadvisor.engine.derived import DERIVED
from archadvisor.engine.program import Program
from archadvisor.engine.scope import Scope
from archadvisor.loading.settings import read_with, setting
from archadvisor.model.change import Change
from archadvisor.model.condition import Compare
from archadvisor.model.workload import Workload
from archadvisor.rendering.changes import in_words, setting_of
from tests.cli.command import ROOT
from tests.engine.house_pack import Document, house, real, workload
from tests.engine.random_workloads import document, value

SAMPLES = sorted(ROOT.glob("samples/*/workload.yaml"))
NUMBERS = """
decision: place
for: service
default: near
options: {near: , far: }
rules:
  - {id: place/a, when: {service.gpus: {gt: 4}}, rules_out: near}
  - {id: place/b, when: {service.utilisation: {gte: 0.6}}, rules_out: near}
  - {id: place/c, when: {service.memory: {lt: 512 MiB}}, rules_out: near}
  - {id: place/d, when: {service.duration: {gt: 15 min}}, rules_out: near}
  - {id: place/e, when: {service.replicas.max: {lte: 2}}, rules_out: near}
  - {id: place/f, when: {service.trigger: queue}, rules_out: near}
  - {id: place/g, when: {service.uses.aws: {has: s3}}, rules_out: near}
  - {id: place/h, when: {service.singleton: true}, rules_out: near}
  - {id: place/i, when: {service.needs: {empty: true}}, rules_out: far}
"""
FACTS: Document = {
    "gpus": 1,
    "utilisation": 0.5,
    "memory": "1 GiB",
    "duration": "10 min",
    "replicas": {"max": 5},
    "trigger": "http",
    "uses": {"aws": ["sqs"]},
    "singleton": False,
    "needs": ["ssh"],
}
IN_WORDS = [
    "services.one.duration: 10 min, to 16 min (more than 15 min)",
    "services.one.gpus: 1, to 5 (more than 4)",
    "services.one.memory: 1 GiB, to 511 MiB (less than 512 MiB)",
    "services.one.needs: ssh, to none",
    "services.one.replicas.max: 5, to 2 (at most 2)",
    "services.one.singleton: no, to yes",
    "services.one.trigger: http, to queue",
    "services.one.uses.aws: sqs, to sqs, s3",
    "services.one.utilisation: 0.5, to 0.6 (at least 0.6)",
]
SEEDS = st.integers(0, 2**32).map(Random)


def _root(program: Program, given: Workload) -> Scope:
    return program.scope_of(given)


def _changes(program: Program, given: Workload) -> tuple[Change, ...]:
    root = _root(program, given)
    return changes(program, root, reading(program, root, list(winners(given, program, {}))).marks)


def test_each_fact_changes_to_the_nearest_value_that_a_rule_tells_apart() -> None:
    program, given = house(NUMBERS), workload({"services": {"one": FACTS}})
    assert sorted(in_words(change) for change in _changes(program, given)) == IN_WORDS


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.parent.name)
def test_every_change_is_read_back_from_a_setting_as_it_was_meant(sample: Path) -> None:
    given = read_with(sample.read_bytes(), "workload.yaml", ()).workload
    assert given is not None
    found = _changes(real(), given)
    assert len(found) > 100
    for change in found:
        reading = read_with(sample.read_bytes(), "workload.yaml", [setting(setting_of(change))])
        assert reading.workload is not None, (change, reading.diagnostics)
        edited, meant = _root(real(), reading.workload), _root(real(), changed(given, [change]))
        for here, there in zip((edited, *edited.inner), (meant, *meant.inner), strict=True):
            assert here.values == there.values, change


def test_a_changed_workload_differs_in_that_fact_only() -> None:
    given = workload({"services": {"one": FACTS, "two": FACTS}})
    (change, *_) = (change for change in _changes(house(NUMBERS), given) if change.path == "services.two.gpus")
    after = changed(given, [change])
    differing = [
        (before.path, name)
        for before, now in zip(given.root.all(), after.root.all(), strict=True)
        for name in now.facts
        if before.facts.get(name) != now.facts[name]
    ]
    assert differing == [("services.two", "service.gpus")]


def test_every_open_input_of_a_derived_fact_has_landmarks() -> None:
    vocabulary = real().vocabulary
    missing = [
        (derived.name, name)
        for derived in DERIVED
        for name in derived.inputs
        if (fact := vocabulary.get(name)) is not None and not fact.inputs
        if fact.kind != "boolean" and not fact.words and name not in BOUNDS.get(derived.name, {}) and name not in VALUES
    ]
    assert missing == []


@given(SEEDS)
def test_derived_facts_of_requests_turn_at_landmarks_only(random: Random) -> None:
    """Between two neighbouring landmarks of an input, whatever else is so, rules see the same."""
    program = real()
    name = random.choice(["service.cpu", "service.memory"])
    stated = document(random)
    stated["services"] = {"one": {"kind": "web", "os": random.choice(["linux", "windows"])}}
    other = "service.memory" if name == "service.cpu" else "service.cpu"
    stated["services"]["one"][other.partition(".")[2]] = value(random, program.vocabulary[other])
    root = _root(program, workload(stated))
    marks = reading(program, root, [("compute", "services.one")]).marks["services.one", name]
    bounds = sorted({leaf.bound for leaf in marks.leaves if isinstance(leaf, Compare)})
    for low, high in pairwise(bounds):
        seen = {_size(stated, name, low + (high - low) * part) for part in (0.01, 0.5, 0.99)}
        assert len(seen) == 1, (low, high, seen)


def _size(stated: Document, name: str, number: float) -> tuple[object, ...]:
    key = name.partition(".")[2]
    one = {**stated["services"]["one"], key: f"{number:.8f} {'GiB' if key == 'memory' else 'vCPU'}"}
    values = _root(real(), workload({**stated, "services": {"one": one}})).inner[0].values
    return tuple(values[f"service.{orchestrator}_fargate_size"] == "none" for orchestrator in ("ecs", "eks"))
