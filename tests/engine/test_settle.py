"""Settled means: whatever the unknown facts turn out to be, the option stays; else there is something to ask."""

from random import Random

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from archadvisor.model.advice import Advice
from tests.engine.house_pack import Document, advice, house, outcome, real
from tests.engine.random_workloads import completed, document, unknown

COMPLETIONS = 3
SEEDS = st.integers(0, 2**32).map(Random)
UNSOUND = "settle._outcomes and _prospect: see each case"


def _options(found: Advice) -> dict[tuple[str, str | None], str | None]:
    return {(each.decision, each.subject): each.option for each in found.decisions}


def _claims(found: Advice) -> dict[tuple[str, str | None], str | None]:
    return {(each.decision, each.subject): each.option for each in found.decisions if each.settled}


def _broken_claims(random: Random, stated: Document) -> list[str]:
    """The settled outcomes that some completion of the unknown facts changes."""
    found = advice(real(), stated)
    broken: list[str] = []
    for _ in range(COMPLETIONS):
        options = _options(advice(real(), completed(random, stated)))
        broken += [f"{key}: {claim}" for key, claim in _claims(found).items() if options.get(key) != claim]
        extra = {key for key, option in options.items() if option} - set(_options(found))
        broken += [f"{key}: new" for key in extra if found.settled]
    return broken


@given(SEEDS)
def test_what_is_settled_stays_whatever_the_unknown_facts_turn_out_to_be(random: Random) -> None:
    assert _broken_claims(random, document(random)) == []


@given(SEEDS)
def test_what_is_not_settled_asks_for_facts_that_are_unknown(random: Random) -> None:
    stated = document(random)
    found = advice(real(), stated)
    paths = {f"{path}.{fact.name.partition('.')[2]}" if path else fact.name for path, fact in unknown(stated)}
    for each in found.decisions:
        assert bool(each.asks) is not each.settled
        assert set(each.asks) <= paths


@given(SEEDS)
def test_a_workload_with_nothing_unknown_is_settled(random: Random) -> None:
    found = advice(real(), completed(random, document(random)))
    assert [(each.decision, each.subject) for each in found.decisions if not each.settled] == []
    assert found.settled


NODE = "{kind: daemon, cpu: 40, traffic: idle, utilisation: 0.8, location: {kind: local_zone}}"


@pytest.mark.parametrize(
    ("stated", "completion", "decision", "subject"),
    [
        pytest.param(
            "{multi_cloud: unknown, team: {hosts: never}, services: {one: {location: {kind: local_zone}}}}",
            "{multi_cloud: true, team: {hosts: never}, services: {one: {location: {kind: local_zone}}}}",
            "orchestrator",
            None,
            id="where no option serves all, what is pending may still turn it",
        ),
        pytest.param(
            "{multi_cloud: true, team: {kubernetes: strong}, services: {one: {}}}",
            "{multi_cloud: true, team: {kubernetes: strong}, services: {one: {kind: workflow}}}",
            "orchestrator",
            None,
            id="the packaging of the only service may still turn, and nothing is left to orchestrate",
        ),
        pytest.param(
            f"{{team: {{}}, services: {{one: {NODE}}}}}",
            f"{{team: {{hosts: never}}, services: {{one: {NODE}}}}}",
            "compute",
            "services.one",
            id="the only option may still be closed",
        ),
    ],
)
def test_known_traps_of_being_settled(stated: str, completion: str, decision: str, subject: str | None) -> None:
    before, after = (advice(real(), yaml.safe_load(text)) for text in (stated, completion))
    assert _options(before)[decision, subject] != _options(after).get((decision, subject))
    assert not outcome(before, decision, subject).settled


@pytest.mark.parametrize(
    ("stated", "decision", "subject", "asked"),
    [
        ("callers: {shops: {who: partners}}", "sign_in", "callers.shops", "callers.shops.to"),
        ("callers: {watch: {who: vendor}}", "credentials", "callers.watch", "callers.watch.to"),
        (
            "services: {a: {endpoints: {b: {through: nlb, protocol: unknown}}}}",
            "certificate",
            "services.a.endpoints.b",
            "services.a.endpoints.b.protocol",
        ),
    ],
)
def test_what_would_tell_whether_a_decision_applies_is_asked_for(
    stated: str, decision: str, subject: str, asked: str
) -> None:
    assert asked in outcome(advice(real(), stated), decision, subject).asks


PENDING = """
decision: place
for: service
default: near
options: {near: , far: , beyond: }
rules:
  - {id: place/spiky, when: {service.traffic: spiky}, favors: far, strength: moderate, concern: cost}
  - {id: place/huge, when: {service.cpu: {gt: 4}}, rules_out: near}
  - {id: place/many, when: {service.replicas.max: {gt: 9}}, favors: beyond, strength: slight, concern: operations}
  - {id: place/arm, when: {service.arch: arm64}, favors: near, strength: strong, concern: cost}
"""


@pytest.mark.parametrize(
    ("facts", "option", "settled", "asks"),
    [
        ({"traffic": "steady", "cpu": 1, "replicas": {"max": 1}}, "near", True, []),
        ({"traffic": "steady", "cpu": 1, "replicas": {"max": 1}, "os": "unknown"}, "near", True, []),
        ({"cpu": 1, "replicas": {"max": 1}}, "near", False, ["traffic"]),
        ({"traffic": "spiky", "cpu": 1}, "far", True, []),
        ({"cpu": 1, "arch": "arm64"}, "near", True, []),
        ({"arch": "arm64", "traffic": "steady", "replicas": {"max": 1}}, "near", False, ["cpu"]),
        ({"cpu": 8, "traffic": "steady"}, "far", False, ["replicas.max"]),
        ({"cpu": 1}, "near", False, ["replicas.max", "traffic"]),
    ],
)
def test_only_facts_that_could_change_the_option_are_asked_for(
    facts: Document, option: str, settled: bool, asks: list[str]
) -> None:
    found = outcome(advice(house(PENDING), {"services": {"one": facts}}), "place", "services.one")
    assert (found.option, found.settled) == (option, settled)
    assert list(found.asks) == [f"services.one.{fact}" for fact in asks]


def test_pending_rules_are_named_with_what_they_wait_for() -> None:
    found = outcome(advice(house(PENDING), {"services": {"one": {"cpu": 1, "arch": "arm64"}}}), "place", "services.one")
    assert [(each.rule, each.asks) for each in found.pending] == [
        ("place/many", ("services.one.replicas.max",)),
        ("place/spiky", ("services.one.traffic",)),
    ]
