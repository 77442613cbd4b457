"""A locked decision holds, holds for another reason, or no longer holds; what it does not rest on changes nothing."""

import json
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archadvisor.analysis.values import values_in_words
from archadvisor.model.advice import Advice
from archadvisor.model.lock import Lapse, Lock
from archadvisor.model.rule import PackName
from archadvisor.policy.lock import Key, Now, changed, compared, held, seen_from, standing
from tests.engine.house_pack import DAY, Document, advice, real, workload
from tests.engine.random_workloads import document

PACKS = (PackName("aws", "1"),)
TABLES = (("sizes", "2026-01-01"),)
BASE: Document = {
    "kubernetes": {"required": False},
    "team": {"hosts": "avoid", "kubernetes": "none"},
    "services": {
        "web": {"kind": "web", "cpu": 0.5, "memory": "1 GiB", "traffic": "spiky", "trigger": "http"},
        "job": {"kind": "batch", "memory": "2 GiB", "gpus": 1, "duration": "20 min"},
    },
}


def judged(
    now: Document,
    before: Document = BASE,
    packs: tuple[PackName, ...] = PACKS,
    tables: tuple[tuple[str, str], ...] = TABLES,
    lapsed: dict[Key, Lapse] | None = None,
) -> Advice:
    locked = held(standing(advice(real(), before)))
    lock = Lock(DAY, PACKS, TABLES, {})
    values = values_in_words(workload(now), real())
    return compared(advice(real(), now), lock, locked, Now(values, packs, tables, lapsed or {}))


def edited(path: str, value: object) -> Document:
    found: Document = json.loads(json.dumps(BASE))
    *way, last = path.split("/")
    holder = found
    for step in way:
        holder = holder.setdefault(step, {})
    holder[last] = value
    return found


def standings(found: Advice) -> dict[Key, str]:
    return {(each.decision, each.subject): each.holding for each in found.locked}


def broken(found: Advice) -> dict[Key, str]:
    return {
        (each.message.split("`")[1], each.subject): each.message
        for each in found.findings
        if each.rule == "lock/no-longer-holds"
    }


def test_without_a_change_all_holds() -> None:
    found = judged(BASE)
    assert set(standings(found).values()) == {"holds"}
    assert found.findings == advice(real(), BASE).findings


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("description", "for people"),
        ("services/web/cpu", 1),
        ("services/web/description", "for people"),
        ("services/job/gpus", 2),
        ("regions", ["eu-west-1"]),
    ],
)
def test_a_fact_that_is_irrelevant_or_decides_alike_leaves_all_holding(path: str, value: object) -> None:
    found = judged(edited(path, value))
    assert set(standings(found).values()) == {"holds"}
    assert [each.rule for each in found.findings if each.rule.startswith("lock/")] == []


def test_a_decision_may_hold_for_another_reason() -> None:
    found = judged(edited("priorities", ["cost"]))
    assert standings(found)["orchestrator", None] == "other_reason"
    assert broken(found) == {}


def test_a_changed_answer_is_a_finding_that_names_what_changed() -> None:
    found = judged(edited("services/job/gpus", 0))
    assert standings(found)["compute", "services.job"] == "broken"
    message = broken(found)["compute", "services.job"]
    assert message.startswith("`compute` of `job` was locked as `ec2` and is `fargate` now")
    assert "`services.job.gpus` was 1 and is 0" in message
    assert standings(found)["compute", "services.web"] == "holds"


def test_the_finding_points_at_what_decides_now() -> None:
    text = edited("kubernetes/required", True)
    (found,) = [each for each in judged(text).findings if each.subject is None and each.rule == "lock/no-longer-holds"]
    assert [used.fact for used in found.evidence if used.place == found.place][:1] == ["kubernetes.required"]
    assert "`orchestrator/kubernetes-is-required` decides now" in found.message


def test_a_decision_that_followed_another_names_the_choice() -> None:
    messages = broken(judged(edited("kubernetes/required", True), edited("kubernetes/required", False)))
    assert "`choice.orchestrator` was ecs and is eks" in " ".join(messages.values())


def test_a_declaration_that_breaks_a_lock_is_named() -> None:
    found = judged(edited("decisions", {"compute": {"web": "ec2"}}))
    assert broken(found)["compute", "services.web"].endswith("it is declared")


def test_packs_and_tables_that_are_not_those_of_the_lock_are_named() -> None:
    found = judged(
        edited("services/job/gpus", 0), packs=(PackName("aws", "2"), PackName("house", "1")), tables=(("sizes", DAY),)
    )
    message = broken(found)["compute", "services.job"]
    assert "the pack `aws` was 1 and is 2; the pack `house` was not there and is 1" in message
    assert f"the catalog's `sizes` was checked on {DAY}" in message


def test_what_lapsed_is_a_finding_of_its_own() -> None:
    key = ("compute", "services.job")
    found = judged(edited("services/job/gpus", 0), lapsed={key: Lapse("2026-08-20", ("`a: b` of `c`",))})
    assert key not in broken(found)
    (lapsed,) = [each for each in found.findings if each.rule == "lock/lapsed"]
    assert (lapsed.severity, lapsed.subject) == ("warning", "services.job")
    assert "since 2026-08-20" in lapsed.message
    assert "`a: b` of `c`" in lapsed.message


def test_what_is_new_or_gone_is_one_note() -> None:
    more = edited("services/api", {"kind": "web"})
    for now, before, said in ((more, BASE, "not in the lock"), (BASE, more, "in the lock not made any more")):
        (note,) = [each for each in judged(now, before).findings if each.rule == "lock/out-of-date"]
        assert (note.severity, said in note.message) == ("note", True)


@given(st.integers(0, 2**32).map(Random))
def test_every_decision_is_told_of_and_the_same_workload_holds(random: Random) -> None:
    one, two = document(random), document(random)
    same, other = judged(one, one), judged(two, one)
    assert set(standings(same).values()) <= {"holds"}
    keys = {(each.decision, each.subject) for each in standing(advice(real(), one))}
    now = {(each.decision, each.subject): each.option for each in standing(advice(real(), two))}
    assert standings(same).keys() == keys
    assert standings(other).keys() == keys & now.keys()
    locked = held(standing(advice(real(), one)))
    differing = {
        (each.decision, each.subject)
        for each in locked
        if now.get((each.decision, each.subject), each.option) != each.option
    }
    assert {key for key, holding in standings(other).items() if holding == "broken"} == differing
    assert broken(other).keys() == differing == changed(locked, held(standing(advice(real(), two)))).keys()


# A subject -> whose choices are seen from it, of a service named web.
SEEN = [
    (None, {"orchestrator"}),
    ("services.web", {"orchestrator", "compute"}),
    ("services.web.image", {"orchestrator", "compute", "registry"}),
    ("services.web.endpoints.shop", {"orchestrator", "compute", "certificate"}),
    ("secrets.key", {"orchestrator", "store"}),
]


@pytest.mark.parametrize(("subject", "decisions"), SEEN)
def test_a_part_sees_the_choices_of_what_it_is_part_of(subject: str | None, decisions: set[str]) -> None:
    (some, *_) = standing(advice(real(), BASE))
    made = [
        ("orchestrator", None),
        ("compute", "services.web"),
        ("compute", "services.job"),
        ("registry", "services.web.image"),
        ("certificate", "services.web.endpoints.shop"),
        ("store", "secrets.key"),
    ]
    outcomes = {key: replace(some, decision=key[0], subject=key[1]) for key in made}
    found = seen_from(subject, outcomes, Now({}, (), (), {})).values
    assert {name.removeprefix("choice.") for name in found} == decisions
