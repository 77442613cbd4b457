"""Why not: what is told makes the option win, nothing in it can be left out, and nothing smaller does."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import combinations, product
from pathlib import Path

import pytest

from archadvisor.analysis.changes import changed, changes
from archadvisor.analysis.reads import Target, reading
from archadvisor.analysis.trials import winners
from archadvisor.analysis.whynot import LARGEST, Edits, Goal, ways_to
from archadvisor.engine.advise import advise
from archadvisor.engine.program import Program
from archadvisor.model.workload import Workload
from archadvisor.workflows.reading import workload_in
from tests.cli.command import ROOT
from tests.engine.house_pack import Document, advice, house, outcome, real, workload

SAMPLES = sorted(ROOT.glob("samples/*/workload.yaml"))
PACK = """
decision: form
for: workload
foresees: [place]
default: closed
options: {closed: , open: }
rules:
  - {id: form/a, when: {some: {services: {service.os: windows}}}, favors: open, strength: strong, concern: cost}
  - {id: form/b, when: {priorities: {has: cost}}, favors: closed, strength: moderate, concern: operations}
  - {id: form/c, when: {priorities: {has: isolation}}, favors: closed, strength: strong, concern: isolation}
---
decision: place
for: service
after: [form]
default: near
options: {near: , far: , beyond: }
rules:
  - {id: place/a, when: {choice.form: closed}, rules_out: far}
  - {id: place/b, when: {service.gpus: {gt: 2}}, rules_out: near}
  - {id: place/c, when: {service.kind: web, service.singleton: true}, rules_out: [far, beyond]}
  - {id: place/d, when: {service.utilisation: {gte: 0.6}}, favors: beyond, strength: slight, concern: cost}
  - {id: place/e, when: {service.trigger: http}, favors: near, strength: moderate, concern: cost}
  - {id: place/f, when: {service.waits: true, choice.form: open}, favors: far, strength: strong, concern: cost}
"""
DOMAINS: dict[str, list[object]] = {
    "gpus": [0, 2, 3],
    "kind": ["web", "worker"],
    "singleton": [True, False],
    "utilisation": [0.59, 0.6],
    "trigger": ["http", "queue"],
    "waits": [True, False],
    "os": ["linux", "windows"],
}
PRIORITIES = [[], ["cost"], ["isolation"], ["cost", "isolation"]]
STARTS: list[Document] = [
    {"kind": "web", "singleton": True, "trigger": "http", "utilisation": 0.3, "gpus": 0, "waits": False, "os": "linux"},
    {"kind": "worker", "singleton": False, "trigger": "queue", "utilisation": 0.9, "gpus": 4, "waits": True},
    {"kind": "web", "singleton": False, "trigger": "http", "gpus": 2},
]


def _file(one: Document, priorities: object) -> Document:
    return {"priorities": priorities, "services": {"one": one, "two": {"kind": "worker", "os": "linux"}}}


def _ways(program: Program, given: Workload, target: Target, option: str) -> tuple[Edits, ...]:
    return ways_to(given, program, Goal(target, option)).answers


def _wins(program: Program, given: Workload, edits: Edits, target: Target, option: str) -> bool:
    """By the advice as a person would get it, not by what the search itself uses."""
    found = advise(changed(given, edits), program).decisions
    return [each.option for each in found if (each.decision, each.subject or "") == target] == [option]


def _assert_minimal(program: Program, given: Workload, edits: Edits, target: Target, option: str) -> None:
    assert _wins(program, given, edits, target, option)
    for fewer in combinations(edits, len(edits) - 1):
        assert not _wins(program, given, fewer, target, option), (edits, fewer)


def _facts(program: Program, given: Document) -> tuple[object, ...]:
    """The values that the rules of the pack can see."""
    one, two = program.scope_of(workload(given)).inner[::2]
    return *(one.values[f"service.{key}"] for key in DOMAINS), two.values["service.os"], one.values["priorities"]


def _files(one: Document, priorities: object) -> Iterator[Document]:
    """Every workload with other values of some of its facts; a fact that is unknown may stay so."""
    domains = [{*domain, one.get(key)} for key, domain in DOMAINS.items()]
    for values, other, os in product(product(*domains), PRIORITIES, DOMAINS["os"]):
        service = {key: value for key, value in zip(DOMAINS, values, strict=True) if value is not None}
        file = _file(service, other)
        file["services"]["two"]["os"] = os
        yield file


@cache
def _placed(start: int) -> dict[str, int]:
    """The fewest facts that must differ for each option to win, by trying every combination of values there is."""
    program, now = house(PACK), _facts(house(PACK), _file(STARTS[start], ["cost"]))
    fewest: dict[str, int] = {}
    for file in _files(STARTS[start], ["cost"]):
        option = winners(workload(file), program, {})["place", "services.one"]
        different = sum(fact != before for fact, before in zip(_facts(program, file), now, strict=True))
        fewest[str(option)] = min(different, fewest.get(str(option), different))
    return fewest


@pytest.mark.parametrize(
    ("start", "option"), [(0, "far"), (0, "beyond"), (1, "near"), (1, "far"), (2, "far"), (2, "beyond")]
)
def test_no_combination_of_values_wins_with_fewer_changes(start: int, option: str) -> None:
    program, given = house(PACK), workload(_file(STARTS[start], ["cost"]))
    target = ("place", "services.one")
    assert winners(given, program, {})[target] != option
    found = ways_to(given, program, Goal(target, option))
    fewest = _placed(start)[option]
    assert found.exhausted
    assert {len(edits) for edits in found.answers} == ({fewest} if fewest <= LARGEST else set())
    for edits in found.answers:
        _assert_minimal(program, given, edits, target, option)


def test_another_service_can_matter_by_way_of_a_decision_for_the_whole_workload() -> None:
    given = workload(_file({**STARTS[0], "singleton": False, "waits": True}, ["cost"]))
    paths = {
        tuple(change.path for change in edits) for edits in _ways(house(PACK), given, ("place", "services.one"), "far")
    }
    assert paths == {("services.one.os",), ("services.two.os",)}


def _all_sets(program: Program, given: Workload, target: Target, size: int) -> Iterator[Edits]:
    """Every set of changes to different facts, with no pruning at all."""
    root = program.scope_of(given)
    found = changes(program, root, reading(program, root, [target]).marks)
    for edits in combinations(found, size):
        if len({edit.site for edit in edits}) == size:
            yield edits


@pytest.mark.parametrize(("start", "option"), [(0, "beyond"), (1, "near"), (1, "far"), (2, "far"), (2, "beyond")])
def test_pruning_loses_no_set(start: int, option: str) -> None:
    program, given = house(PACK), workload(_file(STARTS[start], ["isolation"]))
    target = ("place", "services.one")
    found = ways_to(given, program, Goal(target, option))
    tried = {
        frozenset(edits)
        for edits in _all_sets(program, given, target, found.size)
        if winners(changed(given, edits), program, {})[target] == option
    }
    assert found.answers
    assert {frozenset(edits) for edits in found.answers} == tried


def test_what_is_fixed_is_left_alone() -> None:
    given = workload(_file({**STARTS[0], "singleton": False, "waits": True}, ["cost"]))
    goal = Goal(("place", "services.one"), "far", fixed=frozenset({"services.one.os"}))
    answers = ways_to(given, house(PACK), goal).answers
    assert [[change.path for change in edits] for edits in answers] == [["services.two.os"]]


def test_a_search_cut_short_says_so() -> None:
    given = workload(_file(STARTS[0], ["isolation"]))
    goal = Goal(("place", "services.one"), "beyond")
    whole = ways_to(given, house(PACK), goal)
    assert (whole.exhausted, whole.size) == (True, 2)
    cut = [ways_to(given, house(PACK), replace(goal, most_trials=most)) for most in (0, 2)]
    assert [(found.exhausted, found.size, found.answers) for found in cut] == [(False, 0, ()), (False, 1, ())]


def test_a_number_goes_no_further_than_it_must() -> None:
    pack = """
decision: place
for: service
default: near
options: {near: , far: }
rules:
  - {id: place/a, when: {service.gpus: {gt: 2}}, rules_out: near}
  - {id: place/b, when: {service.gpus: {gt: 7}}, favors: far, strength: slight, concern: cost}
"""
    given = workload({"services": {"one": {"gpus": 1}}})
    answers = _ways(house(pack), given, ("place", "services.one"), "far")
    assert [[(change.after, change.past) for change in edits] for edits in answers] == [[(3.0, ("gt", 2.0))]]


def _targets(program: Program, given: Workload) -> Iterator[tuple[Target, str]]:
    for target, winner in winners(given, program, {}).items():
        if target[0] in ("packaging", "orchestrator", "compute", "secret_store", "sign_in"):
            for option in program.ballots[target[0]].options:
                if option != winner:
                    yield target, option


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.parent.name)
def test_on_the_samples_each_answer_wins_and_a_single_one_is_there_if_any_is(sample: Path) -> None:
    program = real()
    given = workload_in(str(sample), program.rulebook)
    for target, option in list(_targets(program, given))[::5]:
        found = ways_to(given, program, Goal(target, option, most_trials=1500))
        for edits in found.answers[:2]:
            _assert_minimal(program, given, edits, target, option)
        single = [
            edits
            for edits in _all_sets(program, given, target, 1)
            if winners(changed(given, edits), program, {}).get(target) == option
        ]
        told = {edits[0].path for edits in found.answers if len(edits) == 1}
        assert {edit.path for (edit,) in single} == told


def test_the_outcome_now_is_what_is_advised() -> None:
    given = _file(STARTS[0], ["cost"])
    assert outcome(advice(house(PACK), given), "place", "services.one").option == "near"
