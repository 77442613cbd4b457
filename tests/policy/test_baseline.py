"""What a baseline knows is told by content: not by lines, not by counts of a rule, not by the order of keys."""

import json
from collections import Counter
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archadvisor.engine.advise import advise
from archadvisor.loading.workload import read_workload
from archadvisor.model.advice import Advice
from archadvisor.model.baseline import Entry
from archadvisor.policy.baseline import STALE, compared, entries, remaining
from tests.engine.house_pack import Document, advice, real
from tests.engine.random_workloads import document

SECRET = "lint/plain-text-secret"
BASE: Document = {
    "services": {
        "web": {"kind": "web", "environment": {"DB_PASSWORD": "correct-horse-9", "API_TOKEN": "correct-horse-8"}},
        "api": {"kind": "web", "environment": {"DB_PASSWORD": "correct-horse-7"}},
    },
    "delivery": {"builder": "kaniko"},
    "existing": {"services": ["app_mesh"], "eks_version": "1.33"},
}


def changed(path: str, value: object) -> Document:
    """The base with one value replaced, or taken out where it is None."""
    found: Document = json.loads(json.dumps(BASE))
    *way, last = path.split("/")
    holder = found
    for step in way:
        holder = holder.setdefault(step, {})
    if value is None:
        del holder[last]
    else:
        holder[last] = value
    return found


def judged(now: Document, before: Document = BASE) -> Advice:
    return compared(advice(real(), now), entries(advice(real(), before).findings))


def new(found: Advice) -> list[tuple[str, str | None]]:
    return [(each.rule, each.subject) for each in found.findings if each.rule != STALE]


def stale(found: Advice) -> list[str]:
    return [each.message for each in found.findings if each.rule == STALE]


def test_what_is_known_is_set_apart() -> None:
    found = judged(BASE)
    assert (found.findings, len(found.baselined)) == ((), len(advice(real(), BASE).findings))
    assert len(found.baselined) >= 4


def test_swapping_one_finding_for_another_of_the_same_rule_is_seen() -> None:
    swapped = changed("services/web/environment", {"API_TOKEN": "correct-horse-8", "CACHE_PASSWORD": "correct-horse-9"})
    found = judged(swapped)
    assert new(found) == [(SECRET, "services.web.environment.CACHE_PASSWORD")]
    assert stale(found) == [f"`{SECRET}` about `web.DB_PASSWORD` is in the baseline and is not found any more"]


# An edit -> the rules with a new finding.
EDITS: list[tuple[str, object, list[str]]] = [
    ("services/new", {"kind": "worker"}, []),
    ("services/api/environment/DB_PASSWORD", "another-horse-7", []),
    ("existing/services", ["app_mesh", "copilot"], ["lint/copilot-has-ended"]),
    ("existing/services", ["ec2_fleet", "app_mesh"], []),
    ("existing/eks_version", "1.32", ["lint/eks-version-in-extended-support"]),
    ("existing/eks_version", "1.30", ["lint/eks-version-has-ended"]),
]


@pytest.mark.parametrize(("path", "value", "rules"), EDITS)
def test_only_an_edit_that_makes_another_finding_is_seen(path: str, value: object, rules: list[str]) -> None:
    assert [rule for rule, _ in new(judged(changed(path, value)))] == rules


def test_a_finding_that_is_gone_is_told_and_its_entry_dropped_by_an_update() -> None:
    fixed = changed("delivery/builder", None)
    found = judged(fixed)
    assert new(found) == []
    assert stale(found) == ["`lint/kaniko-is-archived` about the workload is in the baseline and is not found any more"]
    known = entries(advice(real(), BASE).findings)
    left = tuple(remaining(known, advice(real(), fixed).findings))
    assert [entry.rule for entry in known if entry not in left] == ["lint/kaniko-is-archived"]
    assert stale(compared(advice(real(), fixed), left)) == []


def test_an_update_adds_nothing() -> None:
    known = entries(advice(real(), changed("delivery/builder", None)).findings)
    assert tuple(remaining(known, advice(real(), BASE).findings)) == known


def test_alike_findings_are_counted() -> None:
    (one,) = [each for each in advice(real(), BASE).findings if each.rule == "lint/kaniko-is-archived"]
    (entry,) = entries([one, one])
    assert entry.count == 2
    bare = advice(real(), {})
    counted = {number: compared(replace(bare, findings=(one,) * number), [entry]) for number in (1, 2, 3)}
    assert {number: (len(new(each)), len(each.baselined), len(stale(each))) for number, each in counted.items()} == {
        1: (0, 1, 1),
        2: (0, 2, 0),
        3: (1, 2, 0),
    }
    assert list(remaining([entry], [one])) == [replace(entry, count=1)]


def shuffled(value: object, random: Random) -> object:
    if isinstance(value, dict):
        return {key: shuffled(value[key], random) for key in random.sample(list(value), len(value))}
    if isinstance(value, list):
        return random.sample(value, len(value))
    return value


@given(st.integers(0, 2**32).map(Random))
def test_neither_lines_nor_the_order_of_keys_and_lists_matter(random: Random) -> None:
    stated = {"version": 1, "name": "x", **document(random)}
    other = shuffled(stated, random)
    one, two = (
        read_workload(f"# {'x' * indent}\n{json.dumps(given, indent=indent)}".encode(), "x.yaml").workload
        for given, indent in ((stated, 1), (other, 4))
    )
    assert one is not None
    assert two is not None
    found = compared(advise(two, real()), entries(advise(one, real()).findings))
    assert found.findings == ()


@given(st.integers(0, 2**32).map(Random))
def test_findings_that_say_different_things_have_different_fingerprints(random: Random) -> None:
    found = advice(real(), document(random)).findings
    said = {(each.rule, each.subject, each.message) for each in found}
    assert len({each.fingerprint for each in found}) >= len(said)


@given(st.integers(0, 2**32).map(Random))
def test_an_unchanged_file_has_nothing_new_and_nothing_stale(random: Random) -> None:
    plain = advice(real(), document(random))
    found = compared(plain, entries(plain.findings))
    assert (found.findings, Counter(found.baselined)) == ((), Counter(plain.findings))


def test_entries_are_in_one_order() -> None:
    found = advice(real(), BASE).findings
    assert entries(found) == entries(reversed(found))
    assert all(isinstance(each, Entry) for each in entries(found))
