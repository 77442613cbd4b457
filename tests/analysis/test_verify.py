import json
import time
from functools import cache
from itertools import product
from random import Random

import pytest

from archadvisor.analysis.verify.pack import Verifier
from archadvisor.analysis.verify.witness import Document, made
from archadvisor.engine.match import predicate
from archadvisor.engine.program import Program
from archadvisor.engine.scope import Scope
from archadvisor.loading.workload import read_workload
from archadvisor.model.verification import Verification
from archadvisor.model.workload import Workload
from archadvisor.workflows.check import advice_on
from archadvisor.workflows.session import session
from archadvisor.workflows.verify import verified
from tests.engine.house_pack import DAY, house
from tests.engine.random_workloads import document

OPTIONS = "decision: place\nfor: service\ndefault: one\noptions: {one: , two: }\n"
CLEAN = """
  - {id: place/a, when: {service.gpus: {gt: 0}}, favors: two, strength: strong, concern: cost}
  - {id: place/b, when: {service.singleton: true}, rules_out: two}
"""
DEFECTS = {
    "one rule requires what another rules out": (
        "- {id: place/c, when: {service.gpus: {gte: 2}}, requires: two}",
        [("conflict", "place")],
    ),
    "no number is below two and above four": (
        "- {id: place/c, when: {service.gpus: {lt: 2}, service.cpu: {gt: 4, lt: 2}}, rules_out: one}",
        [("dead", "place/c")],
    ),
    "nothing small is too large for Fargate": (
        "- {id: place/c, when: {service.cpu: {lt: 1}, service.memory: {lt: 2 GiB}, service.ecs_fargate_size: none},"
        " rules_out: one}",
        [("dead", "place/c")],
    ),
    "what is above four is above two": (
        "- {id: place/c, when: {service.cpu: {gt: 4}, not: {service.cpu: {lt: 2}}}, favors: two, strength: strong,"
        " concern: isolation}",
        [("vacuous", "place/c")],
    ),
    "another rule favors the same as much and more often": (
        "- {id: place/c, when: {service.gpus: {gt: 2}}, favors: two, strength: slight, concern: cost}",
        [("shadowed", "place/c")],
    ),
    "another rule rules the same out and more often": (
        "- {id: place/c, when: {service.singleton: true, service.waits: true}, rules_out: two}",
        [("shadowed", "place/c")],
    ),
    "what is favored is always closed": (
        "- {id: place/c, when: {service.singleton: true}, favors: two, strength: strong, concern: isolation}",
        [("shadowed", "place/c")],
    ),
}


def read(given: Document) -> Workload | None:
    return read_workload(json.dumps(given).encode(), "witness.yaml").workload


def found(pack: Program) -> Verification:
    return Verifier(pack, [], read).verification()


def told(verification: Verification) -> list[tuple[str, str]]:
    return [(defect.kind, defect.about) for defect in verification.defects]


def clean_and(*rules: str, more: str = "") -> Program:
    return house(f"{OPTIONS}rules:{CLEAN}" + "".join(f"  {rule}\n" for rule in rules) + more)


def test_a_clean_pack_is_proved() -> None:
    verification = found(clean_and())
    assert verification.defects == ()
    assert verification.undecided == ()
    assert verification.standing == "proved"


@pytest.mark.parametrize("name", DEFECTS)
def test_each_kind_of_defect_is_found(name: str) -> None:
    rule, expected = DEFECTS[name]
    assert told(found(clean_and(rule))) == expected


def test_a_conflict_comes_with_the_smallest_workload_that_is_in_it() -> None:
    pack = clean_and("- {id: place/c, when: {service.gpus: {gte: 2}}, requires: two}")
    (defect,) = found(pack).defects
    assert defect.witness is not None
    (service,) = defect.witness["services"].values()
    assert service == {"gpus": 2, "singleton": True}
    workload = read(defect.witness)
    assert workload is not None
    (outcome,) = advice_on(workload, pack).decisions
    assert outcome.verdict == "conflict"


def test_a_declared_conflict_is_no_defect() -> None:
    rule = "- {id: place/c, when: {service.gpus: {gte: 2}}, requires: two}"
    declared = "conflicts: [{when: {service.gpus: {gte: 2}, service.singleton: true}, because: there is no such thing}]"
    verification = found(clean_and(rule, more=declared))
    assert told(verification) == []
    assert verification.standing == "proved"


def test_a_conflict_beside_the_declared_one_is_a_defect() -> None:
    rule = "- {id: place/c, when: {service.gpus: {gte: 2}}, requires: two}"
    declared = "conflicts: [{when: {service.gpus: {gt: 2}, service.singleton: true}, because: there is no such thing}]"
    assert told(found(clean_and(rule, more=declared))) == [("conflict", "place")]


def test_a_declared_conflict_that_cannot_be_is_a_defect() -> None:
    declared = "conflicts: [{when: {service.gpus: {gt: 0}}, because: there is no such thing}]"
    assert told(found(clean_and(more=declared))) == [("idle_declaration", "place")]


def test_an_option_that_never_wins_is_found() -> None:
    text = OPTIONS.replace("two: ", "two: , three: ") + f"rules:{CLEAN}"
    assert told(found(house(text))) == [("never_wins", "place=three")]


def test_an_option_that_is_always_outweighed_is_found() -> None:
    more = "  - {id: place/c, when: {service.gpus: {gt: 0}}, favors: three, strength: slight, concern: cost}\n"
    text = OPTIONS.replace("two: ", "two: , three: ") + f"rules:{CLEAN}" + more
    kinds = told(found(house(text.replace("  - {id: place/b, when: {service.singleton: true}, rules_out: two}\n", ""))))
    assert ("never_wins", "place=three") in kinds


def test_two_services_that_no_one_answer_serves_are_found() -> None:
    pack = house("""
decision: home
for: workload
foresees: [place]
default: here
options: {here: , there: }
---
decision: place
for: service
after: [home]
default: one
options: {one: , two: }
rules:
  - {id: place/a, when: {choice.home: here, service.os: windows}, rules_out: [one, two]}
  - {id: place/b, when: {choice.home: there, service.os: linux}, rules_out: [one, two]}
""")
    conflicts = [defect for defect in found(pack).defects if defect.kind == "conflict"]
    assert conflicts
    assert all(len(defect.witness["services"]) == 2 for defect in conflicts if defect.witness)


@cache
def the_pack() -> Program:
    return session((), DAY)


def test_the_built_in_pack_is_proved_in_less_than_ten_seconds() -> None:
    started = time.process_time()
    verification = verified(the_pack(), ())
    assert told(verification) == []
    assert verification.standing == "proved"
    assert time.process_time() - started < 10


@pytest.mark.parametrize("seed", range(8))
def test_of_ten_thousand_random_workloads_none_is_in_a_conflict_that_is_not_declared(seed: int) -> None:
    random = Random(seed)
    program = the_pack()
    for _ in range(1250):
        given = document(random)
        workload = read({"version": 1, "name": "random", **given})
        assert workload is not None
        shown = made(program, given, workload)
        if any(not contest.open for contest in shown.contests.values()):
            assert is_declared(program, shown.root), given


def is_declared(program: Program, root: Scope) -> bool:
    return any(
        predicate(declared.when)(scope) is not False
        for declared in program.rulebook.conflicts
        for scope in (root, *root.inner)
        if scope.subject.kind in declared.subjects
    )


FACTS: dict[str, list[tuple[str, object]]] = {
    "service.singleton": [("singleton", True), ("singleton", False)],
    "service.waits": [("waits", True), ("waits", False)],
    "service.gpus": [("gpus", 0), ("gpus", 1), ("gpus", 2), ("gpus", 3)],
    "service.arch": [("arch", "x86_64"), ("arch", "arm64"), ("arch", "any")],
}
CONDITIONS: dict[str, list[str]] = {
    "service.singleton": ["true", "false"],
    "service.waits": ["true", "false"],
    "service.gpus": ["{gt: 0}", "{lt: 2}", "{gte: 2}", "{gt: 2}", "{gt: 1, lt: 3}", "{gt: 2, lt: 1}"],
    "service.arch": ["arm64", "[arm64, any]", "x86_64"],
}


def random_pack(random: Random) -> str:
    rules = []
    for number in range(random.randint(3, 7)):
        facts = random.sample(sorted(CONDITIONS), random.randint(1, 2))
        when = ", ".join(f"{fact}: {random.choice(CONDITIONS[fact])}" for fact in facts)
        option = random.choice(["one", "two", "three"])
        favor = f"favors: {option}, strength: {random.choice(['strong', 'slight'])}, concern: cost"
        effect = random.choice([f"requires: {option}", f"rules_out: {option}", f"rules_out: {option}", favor])
        rules.append(f"  - {{id: place/r{number}, when: {{{when}}}, {effect}}}")
    return OPTIONS.replace("two: ", "two: , three: ") + "rules:\n" + "\n".join(rules) + "\n"


@pytest.mark.parametrize("seed", range(60))
def test_small_random_packs_have_the_defects_that_trying_every_workload_shows(seed: int) -> None:
    pack = house(random_pack(Random(seed)))
    shown = []
    for facts in product(*FACTS.values()):
        workload = read({"version": 1, "name": "small", "services": {"web": dict(facts)}})
        assert workload is not None
        shown.append(made(pack, {}, workload))
    contests = [contest for each in shown for contest in each.contests.values()]
    speaking = {voice.rule.id for contest in contests for voice in contest.tally.speaking}
    won = {contest.winner for contest in contests if contest.open}
    verification = found(pack)
    kinds = told(verification)
    assert any(kind == "conflict" for kind, _ in kinds) == any(not contest.open for contest in contests)
    assert {about for kind, about in kinds if kind == "dead"} == {rule.id for rule in pack.rulebook.rules} - speaking
    assert {about.removeprefix("place=") for kind, about in kinds if kind == "never_wins"} == {
        "one",
        "two",
        "three",
    } - won
    assert verification.undecided == ()
