"""What rules ask over the parts of a subject, verified: as many parts as it takes, and none where there may be none."""

from functools import cache
from itertools import combinations_with_replacement, product
from random import Random

import pytest

from archadvisor.analysis.variant import with_rules
from archadvisor.analysis.verify.witness import Made, made
from archadvisor.engine.match import predicate
from archadvisor.engine.program import Program
from archadvisor.loading.workload import stated_facts
from archadvisor.model.condition import ALWAYS, without_each_leaf
from archadvisor.model.rule import Rule
from archadvisor.model.verification import Verification
from archadvisor.model.workload import Workload
from archadvisor.workflows.check import advice_on
from tests.analysis.test_verify import found, read, told
from tests.engine.house_pack import house

TWO = "decision: plan\nfor: KIND\ndefault: a\noptions: {a: , b: }\nrules:\n"
THREE = TWO.replace("b: ", "b: , c: ")


def pack_of(head: str, *rules: tuple[str, str], kind: str = "workload", more: str = "") -> str:
    """A pack with a rule for each condition and effect."""
    lines = [f"  - {{id: plan/r{n}, when: {when}, {effect}}}\n" for n, (when, effect) in enumerate(rules)]
    return head.replace("KIND", kind) + "".join(lines) + more


def some(collection: str, part: str) -> str:
    return f"{{some: {{{collection}: {{{part}}}}}}}"


def either_way(collection: str, one: str, other: str, kind: str = "workload") -> str:
    """A pack in which some part closes one option, and some part the other."""
    closing = ((some(collection, one), "rules_out: a"), (some(collection, other), "rules_out: b"))
    return pack_of(TWO, *closing, kind=kind)


BATCH, WEB = some("services", "service.kind: batch"), some("services", "service.kind: web")
AHEAD = """---
decision: place
for: service
after: [plan]
default: one
options: {one: , two: }
rules:
"""
HOLES = {
    "two services": either_way("services", "service.kind: batch", "service.kind: web"),
    "two secrets": either_way("secrets", "secret.kind: token", "secret.kind: api_key"),
    "two callers": either_way("callers", "caller.who: ci", "caller.who: customers"),
    "the images of two services": either_way("images", "image.audience: public", "image.audience: private"),
    "two endpoints": either_way("endpoints", "endpoint.visibility: public", "endpoint.visibility: internal"),
    "two endpoints of a service": either_way(
        "endpoints", "endpoint.visibility: public", "endpoint.visibility: internal", kind="service"
    ),
    "two calls of a service": either_way("calls", "link.tls: none", "link.tls: mutual", kind="service"),
    "three services": pack_of(
        THREE,
        (BATCH, "rules_out: a"),
        (some("services", "service.kind: worker"), "rules_out: b"),
        (some("services", "service.kind: daemon"), "rules_out: c"),
    ),
    "two services against one option": pack_of(
        TWO,
        (f"{{all: [{BATCH}, {WEB}]}}", "rules_out: a"),
        (some("services", "service.kind: daemon"), "rules_out: b"),
    ),
    "a secret and a caller, and no other caller": pack_of(
        TWO,
        (f"{{all: [{some('secrets', 'secret.kind: token')}, {some('callers', 'caller.who: ci')}]}}", "rules_out: a"),
        ("{'no': {callers: {caller.who: customers}}}", "rules_out: b"),
    ),
    "no service at all": pack_of(
        TWO.replace("default", "foresees: [place]\ndefault"),
        ("{'no': {services: {}}}", "rules_out: [a, b]"),
        more=AHEAD + "  - {id: place/r, when: {service.singleton: true}, rules_out: two}\n",
    ),
    "every service, and some": pack_of(
        TWO,
        ("{every: {services: {service.os: windows}}}", "rules_out: a"),
        (some("services", "service.kind: daemon"), "rules_out: b"),
    ),
    "services that all have an endpoint, and some that have another": pack_of(
        TWO,
        ("{every: {services: {some: {endpoints: {endpoint.visibility: public}}}}}", "rules_out: a"),
        (some("services", "some: {endpoints: {endpoint.visibility: internal}}"), "rules_out: b"),
    ),
    "a rule on services beside another service": pack_of(
        TWO.replace("default", "foresees: [place]\ndefault"),
        (WEB, "rules_out: b"),
        more=AHEAD + "  - {id: place/r, when: {choice.plan: a, service.kind: daemon}, rules_out: [one, two]}\n",
    ),
    "a decision where the one that foresees it does not arise": pack_of(
        TWO.replace("default", "foresees: [place]\napplies: {kubernetes.required: true}\ndefault"),
        (BATCH, "rules_out: a"),
        more=AHEAD + "  - {id: place/r, when: {choice.plan: none, service.kind: daemon}, rules_out: [one, two]}\n",
    ),
}
SOUND = {
    "every service": pack_of(TWO, ("{every: {services: {service.kind: batch}}}", "rules_out: a")),
    "two kinds of services": pack_of(TWO, (f"{{all: [{BATCH}, {WEB}]}}", "rules_out: a")),
    "every service, or not every": pack_of(
        TWO,
        ("{every: {services: {service.kind: batch}}}", "rules_out: a"),
        ("{not: {every: {services: {service.kind: batch}}}}", "rules_out: b"),
    ),
    "an option for each two kinds of services": pack_of(
        THREE,
        (f"{{all: [{BATCH}, {WEB}]}}", "requires: c"),
        (f"{{all: [{BATCH}, {{not: {WEB}}}]}}", "requires: b"),
    ),
    "an endpoint and no endpoint that is public": pack_of(
        TWO,
        ("{some: {endpoints: {}}, 'no': {endpoints: {endpoint.visibility: public}}}", "rules_out: a"),
        kind="service",
    ),
}
DEAD = {
    "endpoints where there is none": "{service.endpoint_count: 0, some: {endpoints: {}}}",
    "a public endpoint where there is none": "{service.endpoint_count: 0, service.public_endpoint_count: {gt: 0}}",
    "calls where there is none": "{service.call_count: {gt: 0}, 'no': {calls: {}}}",
    "no endpoint that all are": "{some: {endpoints: {}}, 'no': {endpoints: {}}}",
    "a part that is two things": "{some: {endpoints: {endpoint.visibility: public, endpoint.acme: true}},"
    " every: {endpoints: {endpoint.acme: false}}}",
}


def is_conflict(pack: Program, witness: dict[str, object]) -> bool:
    workload = read(witness)
    assert workload is not None
    return any(outcome.verdict == "conflict" for outcome in advice_on(workload, pack).decisions)


@pytest.mark.parametrize("name", HOLES)
def test_a_hole_that_takes_several_parts_is_found(name: str) -> None:
    pack = house(HOLES[name])
    verification = found(pack)
    witnesses = [defect.witness for defect in verification.defects if defect.kind == "conflict"]
    assert witnesses
    assert all(witness is not None and is_conflict(pack, witness) for witness in witnesses)


@pytest.mark.parametrize("name", SOUND)
def test_a_sound_pack_that_asks_over_parts_is_not_accused(name: str) -> None:
    verification = found(house(SOUND[name]))
    assert verification.defects == ()


def test_rules_over_services_that_together_close_all_are_not_called_useless() -> None:
    kinds = told(found(house(HOLES["three services"]))) + told(found(house(HOLES["two services against one option"])))
    assert {kind for kind, _ in kinds} == {"conflict"}


@pytest.mark.parametrize("name", DEAD)
def test_a_rule_that_asks_for_parts_that_cannot_be_is_dead(name: str) -> None:
    verification = found(house(pack_of(TWO, (DEAD[name], "rules_out: a"), kind="service")))
    assert ("dead", "plan/r0") in told(verification)


def test_a_rule_that_was_never_seen_to_speak_is_not_called_proved() -> None:
    public, internal = (some("endpoints", f"endpoint.visibility: {each}") for each in ("public", "internal"))
    when = f"{{service.endpoint_count: 1, all: [{public}, {internal}]}}"
    verification = found(house(pack_of(TWO, (when, "rules_out: a"), kind="service")))
    assert verification.standing == "bounded"
    assert "whether `plan/r0` ever speaks" in verification.undecided


SERVICES: list[dict[str, object]] = [
    {"singleton": one, "waits": other} for one, other in product((True, False), repeat=2)
]
SECRETS: list[dict[str, object]] = [{"partner": True}, {"partner": False}]
PARTS = {
    "services": ["service.singleton: true", "service.singleton: false", "service.waits: true"],
    "secrets": ["secret.partner: true", "secret.partner: false"],
}


@cache
def small_workloads() -> list[Workload]:
    """Every workload of up to three services and two secrets of a few kinds."""
    services = [each for size in range(4) for each in combinations_with_replacement(SERVICES, size)]
    secrets = [each for size in range(3) for each in combinations_with_replacement(SECRETS, size)]
    documents = [
        {
            "version": 1,
            "name": "small",
            "services": {f"s{n}": facts for n, facts in enumerate(some_services)},
            "secrets": {f"t{n}": facts for n, facts in enumerate(some_secrets)},
        }
        for some_services, some_secrets in product(services, secrets)
    ]
    workloads = [read(document) for document in documents]
    return [workload for workload in workloads if workload is not None]


def random_condition(random: Random, depth: int = 2) -> str:
    kind = random.choice(["over"] * 3 + ["all", "any", "not"]) if depth else "over"
    if kind == "over":
        collection = random.choice(sorted(PARTS))
        parts = ", ".join(random.sample(PARTS[collection], random.choice([1, 1, 2]) if collection == "services" else 1))
        parts = "" if random.random() < 0.1 else parts
        parts = parts if parts.count("singleton") < 2 else "service.singleton: true"
        quantifier = random.choice(["some", "some", "every", "'no'"])
        return f"{{{quantifier}: {{{collection}: {{{parts}}}}}}}"
    if kind == "not":
        return f"{{not: {random_condition(random, depth - 1)}}}"
    return f"{{{kind}: [{random_condition(random, depth - 1)}, {random_condition(random, depth - 1)}]}}"


def random_rule(random: Random) -> tuple[str, str]:
    option = random.choice(["a", "b", "c"])
    favor = f"favors: {option}, strength: {random.choice(['strong', 'slight'])}, concern: cost"
    return random_condition(random), random.choice([f"requires: {option}", *[f"rules_out: {option}"] * 3, favor])


def random_pack(random: Random) -> str:
    rules = [random_rule(random) for _ in range(random.randint(2, 5))]
    if random.random() < 0.5:
        return pack_of(THREE, *rules)
    head = THREE.replace("default", f"foresees: [place]\napplies: {random_condition(random, 1)}\ndefault")
    closing = [
        f"  - {{id: place/r{n}, when: {{choice.plan: {random.choice(['a', 'b', 'c', 'none'])},"
        f" {random.choice(PARTS['services'])}}}, rules_out: {random.choice(['one', 'two', '[one, two]'])}}}\n"
        for n in range(3)
    ]
    return pack_of(head, *rules, more=AHEAD + "".join(closing))


def speaks(shown: Made, rule: Rule) -> list[bool]:
    """Whether a rule speaks, about each subject it is asked about."""
    return [
        any(voice.rule.id == rule.id for voice in contest.tally.speaking)
        for contest in shown.contests.values()
        if contest.ballot.decision.id == rule.decision
    ]


def could_do_without(shown: list[Made], rule: Rule, fact: str) -> bool:
    """Whether a rule speaks for the same without some comparison of a fact."""
    rests = [ALWAYS if rest is None else rest for named, rest in without_each_leaf(rule.when) if named == fact]
    scopes = [
        contest.scope
        for each in shown
        for contest in each.contests.values()
        if contest.ballot.decision.id == rule.decision
    ]
    whole = [predicate(rule.when)(scope) for scope in scopes]
    return any([predicate(rest)(scope) for scope in scopes] == whole for rest in rests)


def answers(pack: Program) -> list[dict[tuple[str, str], str | None]]:
    shown = [made(pack, {}, workload) for workload in small_workloads()]
    return [{key: contest.winner for key, contest in each.contests.items()} for each in shown]


@pytest.mark.parametrize("seed", range(40))
def test_what_is_told_of_random_packs_is_so_in_every_small_workload(seed: int) -> None:
    pack = house(random_pack(Random(seed)))
    shown = [made(pack, {}, workload) for workload in small_workloads()]
    contests = [contest for each in shown for contest in each.contests.values()]
    rules = {rule.id: rule for rule in pack.rulebook.rules}
    won = {(contest.ballot.decision.id, contest.winner) for contest in contests if contest.open}
    verification = found(pack)
    if any(not contest.open for contest in contests):
        assert_hole_is_told(verification)
    for defect in verification.defects:
        match defect.kind:
            case "conflict":
                assert is_conflict(pack, defect.witness or {})
            case "dead":
                assert not any(any(speaks(each, rules[defect.about])) for each in shown)
            case "vacuous":
                fact = defect.message.split("`")[1]
                assert could_do_without(shown, rules[defect.about], fact)
            case "shadowed":
                assert answers(with_rules(pack, {defect.about: None}, stated_facts())) == answers(pack)
            case "never_wins":
                assert tuple(defect.about.split("=")) not in won


def assert_hole_is_told(verification: Verification) -> None:
    assert verification.standing != "proved"
    conflicts = [defect for defect in verification.defects if defect.kind == "conflict"]
    assert conflicts or any(each.standing == "bounded" for each in verification.looked)
