"""Settled is held against brute force: every completion of the unknown facts, with values on each side of a bound."""

from collections.abc import Iterator, Mapping
from itertools import combinations, product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archadvisor.analysis.completions import exactly
from archadvisor.engine.advise import advise
from archadvisor.engine.program import Program
from archadvisor.model.advice import Advice
from tests.engine.house_pack import Document, house, outcome, real, workload

Option = str | None
Answers = Mapping[tuple[str, str | None], Option]

VALUES: dict[str, list[object]] = {
    "traffic": ["steady", "daily", "spiky", "idle"],
    "cpu": [0, 4, 4.5, 16, 17, 32, 33],
    "memory": ["0 GiB", "30 GiB", "31 GiB", "32 GiB", "33 GiB", "244 GiB", "300 GiB"],
    "gpus": [0, 0.5, 1, 2],
    "arch": ["x86_64", "arm64"],
    "trigger": ["http", "queue", "event", "schedule", "manual"],
}
"""Values of facts of a service, at least one in each stretch that a rule below or a Fargate size tells apart."""
PACKS = {
    "one decision": """
decision: place
for: service
default: near
options: {near: , far: , beyond: }
rules:
  - {id: place/spiky, when: {service.traffic: spiky}, favors: far, strength: moderate, concern: cost}
  - {id: place/huge, when: {service.cpu: {gt: 4}}, rules_out: near}
  - {id: place/fits, when: {service.memory: {lte: 32 GiB}}, favors: beyond, strength: slight, concern: operations}
  - {id: place/arm, when: {service.arch: arm64}, favors: near, strength: strong, concern: cost}
  - {id: place/not-arm, when: {not: {service.arch: arm64}}, favors: near, strength: strong, concern: isolation}
""",
    "derived facts": """
decision: place
for: service
default: near
options: {near: , far: , beyond: }
rules:
  - {id: place/none, when: {service.ecs_fargate_size: none}, rules_out: near}
  - {id: place/either, when: {any: [{service.gpus: {gte: 1}}, {service.cpu: {lt: 4}}]}, rules_out: far}
  - {id: place/queue, when: {service.trigger: [queue, event]}, favors: beyond, strength: strong, concern: cost}
""",
}
SEEDS = st.integers(0, 2**32).map(Random)


def _answers(found: Advice) -> Answers:
    return {(each.decision, each.subject): each.option for each in found.decisions}


def _completions(unknown: list[str]) -> Iterator[dict[str, object]]:
    for values in product(*(VALUES[fact] for fact in unknown)):
        yield dict(zip(unknown, values, strict=True))


def _stated(random: Random) -> tuple[Document, list[str]]:
    """Facts of a service, and those of them that are unknown."""
    unknown = random.sample(sorted(VALUES), random.randint(0, 3))
    return {fact: "unknown" if fact in unknown else random.choice(values) for fact, values in VALUES.items()}, unknown


def _told(pack: Program, facts: Document) -> Answers:
    return _answers(advise(workload({"services": {"one": facts}}), pack, explained=False))


def _brute(pack: Program, stated: Document, unknown: list[str]) -> list[tuple[dict[str, object], Option]]:
    return [
        (completion, _told(pack, {**stated, **completion})["place", "services.one"])
        for completion in _completions(unknown)
    ]


def _deciding(tried: list[tuple[dict[str, object], Option]]) -> set[str]:
    """The facts for which two completions that differ in nothing else have different options."""
    found = set()
    for (one, option), (other, another) in combinations(tried, 2):
        differing = [fact for fact in one if one[fact] != other[fact]]
        if option != another and len(differing) == 1:
            found.add(differing[0])
    return found


@pytest.mark.parametrize("name", PACKS)
@settings(max_examples=40)
@given(random=SEEDS)
def test_settled_and_asked_are_what_trying_everything_finds(name: str, random: Random) -> None:
    pack = house(PACKS[name])
    stated, unknown = _stated(random)
    given = workload({"services": {"one": stated}})
    found = exactly(given, pack, advise(given, pack))
    tried = _brute(pack, stated, unknown)
    told = outcome(found, "place", "services.one")
    options = {option for _, option in tried}
    assert found.exact
    assert told.settled is (options == {told.option})
    if told.settled or len(options) > 1:
        assert {ask.removeprefix("services.one.") for ask in told.asks} == _deciding(tried)


def test_where_all_completions_agree_on_an_option_that_is_not_seen_yet_there_is_something_to_ask() -> None:
    pack = house(PACKS["one decision"])
    given = workload({"services": {"one": {"traffic": "spiky", "cpu": 1, "memory": "64 GiB", "arch": "unknown"}}})
    told = outcome(exactly(given, pack, advise(given, pack)), "place", "services.one")
    assert (told.option, told.settled, told.asks) == ("far", False, ("services.one.arch",))


@pytest.mark.parametrize(
    ("stated", "asks"),
    [
        ({"services": {"web": {"kind": "web"}}}, ["kubernetes.required"]),
        ({"services": {"web": {"kind": "web"}}, "kubernetes": {"required": False}}, []),
        ({"secrets": {"db": {}}, "services": {}}, []),
    ],
)
def test_what_an_orchestrator_rests_on(stated: Document, asks: list[str]) -> None:
    given = workload(stated)
    found = exactly(given, real(), advise(given, real()))
    assert found.exact
    assert [ask for each in found.decisions if each.decision == "orchestrator" for ask in each.asks] == asks


def test_rotation_is_not_asked_for_where_it_cannot_change_the_store() -> None:
    given = workload({"secrets": {"db": {}}})
    by_bounds = advise(given, real())
    found = exactly(given, real(), by_bounds)
    assert set(outcome(found, "secret_store", "secrets.db").asks) < set(
        outcome(by_bounds, "secret_store", "secrets.db").asks
    )


def test_what_settles_most_is_asked_first() -> None:
    given = workload({"services": {"one": {"kind": "web"}, "two": {"kind": "web"}}, "secrets": {"db": {}}})
    found = exactly(given, real(), advise(given, real()))
    asked = [each.asks for each in found.decisions if "kubernetes.required" in each.asks]
    assert found.asks[0] == "kubernetes.required" or len(asked) < 2
    assert set(found.asks) == {ask for each in found.decisions for ask in each.asks}


def test_where_too_much_is_unknown_it_is_said() -> None:
    given = workload({"services": {name: {} for name in ("one", "two", "three", "four")}})
    found = exactly(given, real(), advise(given, real()))
    assert not found.exact
    assert not found.settled


@given(random=SEEDS)
@settings(max_examples=15)
def test_the_declared_options_are_kept_while_completions_are_tried(random: Random) -> None:
    pack = house(PACKS["one decision"])
    stated, _ = _stated(random)
    given = workload({"services": {"one": stated}, "decisions": {"place": "far"}})
    found = exactly(given, pack, advise(given, pack))
    assert outcome(found, "place", "services.one", kept=True).settled
