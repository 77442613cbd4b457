"""What a rule brings about does not hang on the numbers, the Region or the company of its examples."""

from dataclasses import replace

import pytest

from archadvisor.analysis.examples import Case
from archadvisor.analysis.survival import stated_workload
from archadvisor.engine.advise import advise
from archadvisor.model.advice import Advice
from archadvisor.model.condition import Compare, leaves
from archadvisor.model.fact import Value
from archadvisor.model.rule import Rule
from archadvisor.model.workload import Stated, Subject, Workload
from archadvisor.workflows.rules import cases_of
from tests.engine.house_pack import built_in, real

REGIONS = {"eu-west-1": "eu-central-1", "us-gov-west-1": "us-gov-east-1", "cn-north-1": "cn-northwest-1"}
IDLE = Subject(
    "secret", "idle", "secrets.idle", {"secret.kind": Stated("setting"), "secret.rotate_every": Stated("never")}
)
CASES = cases_of(real(), ())
FIRING = [
    (rule, case)
    for rule in built_in().rules
    for case in CASES.get(rule.id, [])
    if case.example.expected == "fires" and rule.subjects != ("outcome",)
]


def _bounds() -> dict[str, set[float]]:
    found: dict[str, set[float]] = {}
    for rule in built_in().rules:
        for leaf in leaves(rule.when):
            if isinstance(leaf, Compare):
                found.setdefault(leaf.fact, set()).add(leaf.bound)
    return found


BOUNDS = _bounds()


def _changed(subject: Subject, number: bool) -> Subject:
    """A subject with numbers a little larger, or in another Region."""
    facts = {
        name: stated._replace(value=_larger(name, stated.value) if number else _elsewhere(name, stated.value))
        for name, stated in subject.facts.items()
    }
    return replace(subject, facts=facts, parts=tuple(_changed(part, number) for part in subject.parts))


def _larger(fact: str, value: Value | None) -> Value | None:
    """A number a hundredth larger where that crosses no bound; sizes stay what they are where sizes count."""
    if isinstance(value, bool) or not isinstance(value, float) or fact not in BOUNDS:
        return value
    other = value * 1.01
    return value if any(value <= bound <= other for bound in BOUNDS[fact]) else other


def _elsewhere(fact: str, value: Value | None) -> Value | None:
    if fact != "regions" or not isinstance(value, tuple):
        return value
    return tuple(dict.fromkeys(REGIONS.get(region, region) for region in value))


def _with_idle_secret(root: Subject) -> Subject:
    return replace(root, parts=(*root.parts, IDLE))


def _told(advice: Advice, rule: Rule) -> object:
    outcomes = advice.kept or advice.decisions
    options = {each.subject: each.option for each in outcomes if each.decision == rule.decision}
    fired = {(each.rule, each.subject) for each in advice.findings if each.rule == rule.id}
    told = {subject: option for subject, option in options.items() if subject != IDLE.path}
    return told, {(name, subject) for name, subject in fired if subject != IDLE.path}


def _same(case: Case, rule: Rule, root: Subject) -> bool:
    stated = stated_workload(case)
    changed: Workload = replace(stated, root=root)
    return _told(advise(changed, real(), explained=False), rule) == _told(advise(stated, real(), explained=False), rule)


@pytest.mark.parametrize("variation", ["other numbers", "another Region", "something unrelated"])
def test_a_variation_keeps_what_a_rule_brings_about(variation: str) -> None:
    vary = {
        "other numbers": lambda root: _changed(root, number=True),
        "another Region": lambda root: _changed(root, number=False),
        "something unrelated": _with_idle_secret,
    }[variation]
    turned = [
        f"{rule.id}: {case.example.name}"
        for rule, case in FIRING
        if not _same(case, rule, vary(stated_workload(case).root))
    ]
    assert turned == []


def test_there_are_variations_of_every_rule() -> None:
    tried = {rule.id for rule, _ in FIRING}
    assert tried == {rule.id for rule in built_in().rules if rule.subjects != ("outcome",)}
    assert len(FIRING) > 400
