"""Advice in depth: each fact that is told to tip an answer does, none is missing, and conflicts lead out as told."""

from pathlib import Path

import pytest

from archadvisor.analysis.changes import changed
from archadvisor.analysis.depth import in_depth
from archadvisor.analysis.trials import target_of
from archadvisor.engine.advise import advise
from archadvisor.engine.program import Program
from archadvisor.model.advice import Advice, Conflict
from archadvisor.model.change import Change
from archadvisor.model.workload import Workload
from archadvisor.rendering.changes import in_words, threshold_in_words
from archadvisor.workflows.reading import workload_in
from tests.cli.command import ROOT
from tests.engine.house_pack import Document, house, outcome, real, workload

FILES = [*sorted(ROOT.glob("samples/*/workload.yaml")), *sorted(ROOT.glob("tests/scenarios/*/workload.yaml"))]
PACK = """
decision: place
for: service
default: near
options: {near: , far: }
rules:
  - {id: place/a, when: {service.gpus: {gt: 4}}, rules_out: near}
  - {id: place/b, when: {service.gpus: {gt: 7}}, rules_out: far}
  - {id: place/c, when: {service.memory: {lt: 2 GiB}, service.os: windows}, rules_out: near}
  - {id: place/d, when: {service.trigger: [queue, schedule]}, favors: far, strength: slight, concern: cost}
"""
CLASH: Document = {
    "kubernetes": {"required": True},
    "team": {"hosts": "never"},
    "services": {"one": {"kind": "web", "os": "windows", "cpu": 2, "memory": "8 GiB", "gpus": 1}},
}


def _deep(program: Program, given: Workload) -> Advice:
    return in_depth(given, program, advise(given, program))


def _option(program: Program, given: Workload, target: tuple[str, str], *edits: Change) -> str | None:
    found = advise(changed(given, edits), program, False).decisions
    return {target_of(outcome): outcome.option for outcome in found}[target]


def _tipping(given: Document) -> list[tuple[str, str | None]]:
    found = outcome(_deep(house(PACK), workload(given)), "place", "services.one").sensitivity or ()
    return [(f"{each.change.path} at {threshold_in_words(each.change)}", each.option) for each in found]


def test_each_threshold_that_tips_an_answer_is_told_the_nearest_first() -> None:
    one = {"gpus": 3, "memory": "3 GiB", "os": "windows", "trigger": "http"}
    assert _tipping({"services": {"one": one}}) == [
        ("services.one.gpus at more than 4", "far"),
        ("services.one.memory at less than 2 GiB", "far"),
        ("services.one.gpus at more than 7", None),
        ("services.one.trigger at queue", "far"),
    ]


def test_only_facts_that_are_stated_are_told() -> None:
    assert _tipping({"services": {"one": {"trigger": "http"}}}) == [("services.one.trigger at queue", "far")]


@pytest.mark.parametrize("file", FILES[::4], ids=lambda file: file.parent.name)
def test_what_is_told_to_tip_an_answer_does(file: Path) -> None:
    given = workload_in(str(file), real().rulebook)
    for each in _deep(real(), given).decisions:
        for tipping in (each.sensitivity or ())[:2]:
            assert tipping.change.origin == "stated"
            assert _option(real(), given, target_of(each), tipping.change) == tipping.option != each.option


def _conflict(given: Document) -> Conflict:
    found = outcome(_deep(real(), workload(given)), "compute", "services.one").conflict
    assert found is not None
    return found


def test_of_three_facts_that_cannot_all_hold_each_is_told_with_what_dropping_it_leads_to() -> None:
    without_gpus: Document = {**CLASH, "services": {"one": {**CLASH["services"]["one"], "gpus": 0}}}
    told = {
        dropped.fact.fact: [(in_words(way.changes[0]), way.option, dict(way.companions)) for way in dropped.ways]
        for dropped in _conflict(without_gpus).facts
    }
    assert {fact: [option for _, option, _ in ways] for fact, ways in told.items()} == {
        "kubernetes.required": ["fargate"],
        "services.one.os": ["ec2"],
        "team.hosts": ["ec2"],
    }
    assert told["team.hosts"][0] == (
        "team.hosts: never, to avoid",
        "ec2",
        {"hosts": "node_group", "capacity": "on_demand"},
    )


def test_a_fact_whose_dropping_is_not_enough_is_told_with_no_way() -> None:
    ways = {dropped.fact.fact: len(dropped.ways) for dropped in _conflict(CLASH).facts}
    assert ways == {"kubernetes.required": 0, "services.one.os": 1, "team.hosts": 1}


def test_every_fact_of_a_conflict_has_its_line() -> None:
    assert all(dropped.fact.place is not None for dropped in _conflict(CLASH).facts)


def test_where_no_single_fact_is_enough_the_smallest_sets_are_told() -> None:
    pack = PACK.replace("rules_out: near}", "rules_out: [near, far]}")
    given = workload({"services": {"one": {"gpus": 5, "memory": "1 GiB", "os": "windows"}}})
    found = outcome(_deep(house(pack), given), "place", "services.one").conflict
    assert found is not None
    assert [dropped.ways for dropped in found.facts] == [()]
    assert {tuple(sorted(change.fact for change in way.changes)) for way in found.others} <= {
        ("service.gpus", "service.memory"),
        ("service.gpus", "service.os"),
    }
    assert found.others
    for way in found.others:
        assert _option(house(pack), given, ("place", "services.one"), *way.changes) == way.option


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.parent.name)
def test_every_conflict_is_explained_and_nothing_else_is(file: Path) -> None:
    advice = _deep(real(), workload_in(str(file), real().rulebook))
    for each in (*advice.decisions, *(advice.kept or ())):
        assert (each.conflict is not None) == (each.verdict == "conflict")
        assert each.conflict is None or each.conflict.facts
