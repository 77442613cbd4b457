"""The solver on small house packs: looking ahead, counting, verdicts, conflicts and declared options."""

from typing import Any

import pytest

from archadvisor.model.advice import Advice
from tests.engine.house_pack import Document, advice, finding, house, outcome

AHEAD = """
decision: form
for: workload
foresees: [place]
default: closed
options: {closed: , open: }
rules:
  - {id: form/closed-is-cheap, when: {priorities: {has: cost}}, favors: closed, strength: strong, concern: cost}
---
decision: place
for: service
after: [form]
default: near
options: {near: , far: }
rules:
  - {id: place/windows-needs-an-open-form, when: {choice.form: closed, service.os: windows}, rules_out: [near, far]}
  - {id: place/arm-needs-a-closed-form, when: {choice.form: open, service.arch: arm64}, rules_out: [near, far]}
---
rules:
  - {id: house/conflict, for: outcome, when: {outcome.verdict: conflict}, flags: error}
"""
COUNTING = """
decision: place
for: service
default: middle
options: {near: , middle: , far: , beyond: {only: {priorities: {has: isolation}}}}
rules:
  - {id: place/a, when: {service.os: windows}, favors: near, strength: moderate, concern: cost}
  - {id: place/b, when: {service.os: windows}, favors: near, strength: slight, concern: cost}
  - {id: place/c, when: {service.arch: arm64}, favors: near, strength: moderate, concern: performance}
  - {id: place/d, when: {service.singleton: true}, favors: middle, strength: moderate, concern: cost}
  - {id: place/e, when: {service.interruptible: true}, favors: far, strength: slight, concern: operations}
  - {id: place/f, when: {service.waits: true}, rules_out: [near, middle]}
  - {id: place/g, when: {service.gpus: {gt: 0}}, requires: middle}
  - {id: place/h, when: {service.neuron: {gt: 0}}, requires: far}
  - {id: place/i, when: {service.shared_memory: {gt: 1 GiB}}, rules_out: [near, middle, far, beyond]}
---
rules:
  - {id: house/conflict, for: outcome, when: {outcome.verdict: conflict}, flags: error}
"""
OF_PARTS = """
decision: form
for: workload
default: open
options: {closed: , open: }
---
decision: place
for: service
after: [form]
default: near
options: {near: , far: }
rules:
  - id: place/open-and-mutual
    when: {some: {endpoints: {all: [{choice.form: open}, {endpoint.mutual: true}]}}}
    favors: far
    strength: moderate
    concern: cost
"""
OF_TWO_KINDS = """
decision: form
for: workload
foresees: [place, way]
default: closed
options: {closed: , open: }
rules:
  - {id: form/open, when: {multi_cloud: true}, favors: open, strength: moderate, concern: cost}
---
decision: place
for: service
after: [form]
default: near
options: {near: , far: }
rules:
  - {id: place/none, when: {choice.form: closed, service.singleton: true}, rules_out: [near, far]}
---
decision: way
for: workload
after: [form]
default: here
options: {here: , there: }
"""
BEFORE = """
decision: way
for: service
default: here
options: {here: , there: }
rules:
  - {id: way/there, when: {service.interruptible: true}, favors: there, strength: moderate, concern: cost}
---
decision: form
for: service
foresees: [place]
default: closed
options: {closed: , open: }
---
decision: place
for: service
after: [way, form]
default: near
options: {near: , far: }
rules:
  - {id: place/none, when: {choice.way: there, choice.form: closed}, rules_out: [near, far]}
"""
STANDING = """
decision: place
for: service
foresees: [way]
default: near
options: {near: , far: }
rules:
  - {id: place/a, when: {service.os: windows}, rules_out: near}
  - {id: place/b, when: {service.arch: arm64}, favors: near, strength: moderate, concern: cost}
  - {id: place/c, when: {service.trigger: http}, favors: far, strength: strong, concern: operations}
---
decision: way
for: service
after: [place]
default: road
options: {road: {only: {choice.place: near}}, boat: {only: {choice.place: far}}}
---
rules:
  - id: house/standing
    for: outcome
    when: {outcome.standing: [as_advised, ruled_out, contradicted, differs]}
    flags: note
    because: "{outcome.decision} {outcome.option} {outcome.standing}"
"""


def _service(**facts: Any) -> Document:
    return {"services": {"one": {"trigger": "queue", **facts}}}


def _services(**services: Document) -> Document:
    return {"priorities": ["cost"], "services": services}


def test_an_option_that_leaves_a_later_decision_without_answer_is_closed_and_says_by_what() -> None:
    found = outcome(advice(house(AHEAD), _services(old={"os": "windows"})), "form")
    (closed,) = found.alternatives
    assert (found.option, found.verdict) == ("open", "forced")
    assert (closed.option, closed.ruled_out, closed.score) == ("closed", True, 4)
    assert closed.closed_by == ("place/windows-needs-an-open-form",)
    assert [reason.via for reason in closed.reasons if reason.effect == "rules_out"] == ["place"]


def test_without_a_subject_in_need_the_same_option_wins() -> None:
    found = outcome(advice(house(AHEAD), _services(new={})), "form")
    assert (found.option, found.verdict, found.score, found.margin) == ("closed", "clear", 4, 4)


def test_the_option_with_the_fewest_subjects_in_conflict_is_advised_and_only_those_conflict() -> None:
    arm, windows = {"arch": "arm64"}, {"os": "windows"}
    found = advice(house(AHEAD), _services(a=arm, b=arm, c=windows, d={}))
    assert outcome(found, "form").option == "closed"
    verdicts = {each.subject: each.verdict for each in found.decisions if each.decision == "place"}
    assert verdicts == {
        "services.a": "default",
        "services.b": "default",
        "services.c": "conflict",
        "services.d": "default",
    }
    assert finding(found, "house/conflict").subject == "services.c"


@pytest.mark.parametrize(
    ("facts", "option", "verdict", "score", "margin"),
    [
        ({}, "middle", "default", 0, 0),
        ({"os": "windows"}, "near", "clear", 2, 2),
        ({"os": "windows", "arch": "arm64"}, "near", "clear", 4, 4),
        ({"os": "windows", "singleton": True}, "middle", "close", 2, 0),
        ({"os": "windows", "interruptible": True}, "near", "close", 2, 1),
        ({"interruptible": True}, "far", "close", 1, 1),
        ({"os": "windows", "waits": True}, "far", "forced", 0, None),
        ({"gpus": 1, "os": "windows"}, "middle", "forced", 0, None),
        ({"gpus": 1, "singleton": True}, "middle", "forced", 2, None),
        ({"gpus": 1, "waits": True}, None, "conflict", 0, None),
    ],
)
def test_how_options_win(facts: Document, option: str | None, verdict: str, score: int, margin: int | None) -> None:
    found = outcome(advice(house(COUNTING), _service(**facts)), "place", "services.one")
    assert (found.option, found.verdict, found.score, found.margin) == (option, verdict, score, margin)


def test_among_equals_without_the_default_the_first_listed_wins() -> None:
    pack = COUNTING.replace("rules_out: [near, middle]", "rules_out: middle")
    found = outcome(advice(house(pack), _service(waits=True)), "place", "services.one")
    assert (found.option, found.verdict) == ("near", "default")


@pytest.mark.parametrize(("priorities", "options"), [([], 3), (["isolation"], 4), ("unknown", 4)])
def test_an_option_exists_only_where_its_condition_may_hold(priorities: list[str] | str, options: int) -> None:
    found = outcome(advice(house(COUNTING), {"priorities": priorities, **_service()}), "place", "services.one")
    assert 1 + len(found.alternatives) == options


@pytest.mark.parametrize(
    ("facts", "smallest"),
    [
        ({"gpus": 1, "neuron": 1}, {"services.one.gpus", "services.one.neuron"}),
        ({"gpus": 1, "neuron": 1, "waits": True}, {"services.one.gpus", "services.one.neuron"}),
        ({"gpus": 1, "neuron": 1, "shared_memory": "2 GiB"}, {"services.one.shared_memory"}),
        ({"gpus": 1, "waits": True}, {"services.one.gpus", "services.one.waits"}),
    ],
)
def test_a_conflict_names_a_smallest_set_of_facts_that_cannot_hold_together(
    facts: Document, smallest: set[str]
) -> None:
    found = finding(advice(house(COUNTING), _service(**facts)), "house/conflict")
    assert {used.fact for used in found.evidence} == smallest


def _standings(found: Advice) -> list[str]:
    return [each.message for each in found.findings if each.rule == "house/standing"]


@pytest.mark.parametrize(
    ("facts", "declared", "standing"),
    [
        ({}, "near", ["place near as_advised"]),
        ({}, "far", ["place far differs"]),
        ({"arch": "arm64"}, "far", ["place far contradicted"]),
        ({"arch": "arm64", "trigger": "unknown"}, "far", ["place far differs"]),
        ({"os": "windows"}, "near", ["place near ruled_out"]),
        ({"os": "windows"}, "far", ["place far as_advised"]),
    ],
)
def test_how_a_declared_option_stands_against_the_advice(facts: Document, declared: str, standing: list[str]) -> None:
    document = {**_service(**facts), "decisions": {"place": declared}}
    assert _standings(advice(house(STANDING), document)) == standing


def test_declared_options_stay_and_the_rest_follows_them() -> None:
    found = advice(house(STANDING), {**_service(arch="arm64"), "decisions": {"place": "far"}})
    advised = {each.decision: each.option for each in found.decisions}
    kept = {each.decision: (each.option, each.declared) for each in found.kept or ()}
    assert advised == {"place": "near", "way": "road"}
    assert kept == {"place": ("far", True), "way": ("boat", False)}


def test_without_declarations_there_is_nothing_kept() -> None:
    assert advice(house(STANDING), _service()).kept is None


def test_what_is_declared_of_one_subject_wins_over_what_is_declared_of_all() -> None:
    document: Document = {"services": {"one": {}, "two": {}}}
    decided = advice(house(STANDING), {**document, "decisions": {"place": {"two": "far"}}})
    kept = {each.subject: (each.option, each.declared) for each in decided.kept or () if each.decision == "place"}
    assert kept == {"services.one": ("near", False), "services.two": ("far", True)}


def test_a_declaration_that_a_rule_closes_is_a_conflict_of_its_own_and_of_none_before_it() -> None:
    no_boat = "rules: [{id: way/no, when: {service.trigger: queue}, rules_out: boat}]\n---\nrules:"
    pack = STANDING.replace("{only: {choice.place: far}}", "").replace("---\nrules:", no_boat)
    found = advice(house(pack), {**_service(), "decisions": {"way": "boat"}})
    assert {each.decision: each.verdict for each in found.kept or ()} == {"place": "default", "way": "conflict"}
    assert _standings(found) == ["way boat ruled_out"]


def test_the_rest_is_solved_around_a_declared_option_that_exists_under_one_answer_only() -> None:
    found = advice(house(STANDING), {**_service(), "decisions": {"way": "boat"}})
    assert outcome(found, "place", "services.one", kept=True).option == "far"


def test_a_declared_option_that_does_not_exist_here_is_ruled_out() -> None:
    found = advice(house(STANDING), {**_service(), "decisions": {"place": "near", "way": "boat"}})
    assert _standings(found) == ["place near as_advised", "way boat ruled_out"]


APPLIES = """
decision: place
for: service
applies: {service.os: windows}
default: near
options: {near: , far: }
rules:
  - {id: place/old, when: {service.arch: arm64}, favors: far, strength: strong, concern: cost, until: "2026-11-22"}
  - {id: place/new, when: {service.arch: arm64}, favors: far, strength: slight, concern: cost, since: "2026-11-23"}
"""


def test_a_decision_is_absent_for_a_subject_it_does_not_apply_to() -> None:
    found = advice(house(APPLIES), {"services": {"one": {}, "two": {"os": "windows"}}})
    assert [each.subject for each in found.decisions] == ["services.two"]


def test_a_rule_speaks_only_on_the_days_it_is_in_force() -> None:
    found = outcome(advice(house(APPLIES), _service(os="windows", arch="arm64")), "place", "services.one")
    assert [reason.rule for reason in found.reasons] == ["place/new"]


def test_what_is_decided_of_the_whole_is_seen_over_parts() -> None:
    found = advice(house(OF_PARTS), {"services": {"one": {"endpoints": {"web": {"mutual": True}}}}})
    assert outcome(found, "place", "services.one").option == "far"


def test_decisions_of_several_kinds_are_foreseen_together() -> None:
    given = {"multi_cloud": "unknown", "services": {"one": {"singleton": "unknown"}}}
    found = outcome(advice(house(OF_TWO_KINDS), given), "form")
    assert (found.option, found.settled) == ("closed", False)
    assert set(found.asks) == {"multi_cloud", "services.one.singleton"}


def test_what_a_foreseen_decision_comes_after_can_change_what_foresees_it() -> None:
    found = outcome(advice(house(BEFORE), {"services": {"one": {"interruptible": "unknown"}}}), "form", "services.one")
    assert (found.option, found.settled, found.asks) == ("closed", False, ("services.one.interruptible",))
