"""The fixes that rules offer: what they come to, and what is told of those that cannot be."""

import json

import pytest

from archadvisor.errors import UnusablePack
from archadvisor.loading.compiled import compiled, restored
from archadvisor.model.repair import Action, ReferenceSecret, Repair, ReplaceWords, SetDecision, SetFacts
from archadvisor.model.rule import Flags
from tests.engine.house_pack import house

ACTIONS: list[tuple[str, str, Action]] = [
    ("service", "set_facts: {service.cpu: 2, service.memory: '{service.disk}'}",
     SetFacts((("service.cpu", "2"), ("service.memory", "{service.disk}")))),
    ("service", "set_facts: {service.singleton: true, service.drain: 90 s, team.hosts: avoid}",
     SetFacts((("service.singleton", "true"), ("service.drain", "90 s"), ("team.hosts", "avoid")))),
    ("workload", "replace_words: {existing.services: {copilot: ecs_cluster}}",
     ReplaceWords((("existing.services", "copilot", "ecs_cluster"),))),
    ("outcome", "set_decision: advised", SetDecision()),
    ("literal", "reference_secret: true", ReferenceSecret()),
]  # fmt: skip


def rule(kind: str, fix: str, effect: str = "flags: note") -> str:
    return f"rules: [{{id: house/a, for: {kind}, when: {{}}, {effect}, fix: {{title: mend it, {fix}}}}}]"


@pytest.mark.parametrize(("kind", "fix", "action"), ACTIONS)
def test_a_fix_is_read_and_survives_the_cache(kind: str, fix: str, action: Action) -> None:
    program = house(rule(kind, f"safe: true, afterwards: look, {fix}"))
    (effect,) = [each.effect for each in program.rulebook.rules]
    assert effect == Flags("note", None, Repair("mend it", True, action, "look"))
    assert restored(json.loads(json.dumps(compiled(program.rulebook, {})))) == (program.rulebook, {})


def test_a_fix_is_unsafe_unless_it_says_so() -> None:
    (effect,) = [each.effect for each in house(rule("outcome", "set_decision: advised")).rulebook.rules]
    assert isinstance(effect, Flags)
    assert effect.fix is not None
    assert not effect.fix.safe


@pytest.mark.parametrize(("spelled", "safe"), [("true", True), ("True", True), ("TRUE", True), ("False", False)])
def test_a_fix_is_safe_however_that_is_spelled(spelled: str, safe: bool) -> None:
    (effect,) = [
        each.effect for each in house(rule("outcome", f"safe: {spelled}, set_decision: advised")).rulebook.rules
    ]
    assert isinstance(effect, Flags)
    assert effect.fix is not None
    assert effect.fix.safe is safe


REFUSED = [
    ("outcome", "safe: true", "a fix does one thing"),
    ("outcome", "set_decision: advised, set_facts: {team.hosts: avoid}", "a fix does one thing"),
    ("service", "set_decision: advised", "`set_decision` is for a rule about the outcome"),
    ("service", "reference_secret: true", "`reference_secret` is for a rule about the literal"),
    ("service", "set_facts: {service.cup: 2}", "unknown fact `service.cup`"),
    ("service", "set_facts: {caller.who: ci}", "`caller.who` is a fact of the caller, which this rule is not about"),
    ("service", "set_facts: {service.uses_aws: true}", "`service.uses_aws` is derived, and no file states it"),
    ("service", "set_facts: {service.needs: fuse}", "`service.needs` is a set"),
    ("service", "set_facts: {service.kind: wob}", "`service.kind` is never `wob`"),
    ("service", "set_facts: {service.drain: 2}",
     "expected a quantity such as `90 s`, `20 min`, `12 h` or `30 d` for `service.drain`"),
    ("service", "set_facts: {service.replicas.min: lots}",
     "expected a whole number from 0 to 1000000000 for `service.replicas.min`"),
    ("service", "set_facts: {service.replicas.min: 1.5}",
     "expected a whole number from 0 to 1000000000 for `service.replicas.min`"),
    ("service", "set_facts: {service.replicas.min: true}",
     "expected a whole number from 0 to 1000000000 for `service.replicas.min`"),
    ("service", "set_facts: {service.utilisation: .inf}", "expected a number from 0 to 1 for `service.utilisation`"),
    ("service", "set_facts: {service.singleton: 2}", "expected `true` or `false` for `service.singleton`"),
    ("service", "set_facts: {service.cpu: '{service.cup}'}", "unknown fact `service.cup`"),
    ("service", "replace_words: {service.kind: {web: wob}}", "`service.kind` is never `wob`"),
    ("service", "replace_words: {service.kind: {wob: web}}", "`service.kind` is never `wob`"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "fix", "message"), REFUSED)
def test_a_fix_that_cannot_be_is_told(kind: str, fix: str, message: str) -> None:
    with pytest.raises(UnusablePack) as refusal:
        house(rule(kind, fix))
    assert [found.message for found in refusal.value.diagnostics] == [message]


def test_only_a_rule_that_flags_has_a_fix() -> None:
    pack = "{decision: d, for: service, default: a, options: {a: {}}}\n---\n" + rule(
        "service", "set_facts: {service.cpu: 2}", "rules_out: a"
    ).replace("rules:", "decision: d\nrules:")
    with pytest.raises(UnusablePack, match="only a rule that flags has a fix"):
        house(pack)
