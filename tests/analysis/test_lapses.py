"""The day on which a decision came out another way, and the dated value that did it, are found."""

from dataclasses import replace

import pytest

from archadvisor.analysis.lapses import Options, lapses
from archadvisor.loading.workload import stated_facts
from archadvisor.model.lock import Lapse
from archadvisor.policy.lock import standing
from tests.engine.house_pack import Document, advice, real, workload

BIG: Document = {
    "kubernetes": {"required": False},
    "services": {"crunch": {"kind": "web", "cpu": 20, "memory": "100 GiB", "traffic": "spiky"}},
}
COMPUTE = ("compute", "services.crunch")


def options(given: Document, day: str) -> Options:
    return {(each.decision, each.subject): each.option for each in standing(advice(real(day), given))}


def found(given: Document, since: str, day: str, locked: Options) -> dict[tuple[str, str | None], Lapse]:
    return lapses(workload(given), real(day), stated_facts(), since, locked)


@pytest.mark.parametrize(("since", "day"), [("2024-06-01", "2026-09-01"), ("2026-08-19", "2026-08-20")])
def test_the_day_and_the_value_are_named(since: str, day: str) -> None:
    lapse = found(BIG, since, day, {COMPUTE: options(BIG, since)[COMPUTE]})[COMPUTE]
    assert lapse.day == "2026-08-20"
    assert "`valid_from: 2026-08-20` of `cpu: 32` in the catalog's `fargate_sizes`" in lapse.values


def test_it_is_found_backwards_too() -> None:
    locked = options(BIG, "2026-09-01")
    assert found(BIG, "2026-09-01", "2024-06-01", {COMPUTE: locked[COMPUTE]})[COMPUTE].day == "2026-08-20"


def test_what_differs_for_another_reason_is_left_out() -> None:
    small: Document = {**BIG, "services": {"crunch": {**BIG["services"]["crunch"], "cpu": 1, "memory": "2 GiB"}}}
    locked = options(BIG, "2024-06-01")
    assert locked[COMPUTE] != options(small, "2024-06-01")[COMPUTE]
    assert found(small, "2024-06-01", "2026-09-01", {COMPUTE: locked[COMPUTE]}) == {}


def test_on_the_day_of_the_lock_nothing_has_lapsed() -> None:
    assert found(BIG, "2026-09-01", "2026-09-01", options(BIG, "2026-09-01")) == {}


def test_a_rule_may_speak_until_the_last_day_of_the_calendar() -> None:
    now = real("2026-09-01")
    endless = tuple(replace(rule, until="9999-12-31") for rule in now.rulebook.rules)
    given = replace(now, rulebook=replace(now.rulebook, rules=endless))
    locked: Options = {COMPUTE: options(BIG, "2024-06-01")[COMPUTE]}
    assert lapses(workload(BIG), given, stated_facts(), "2024-06-01", locked)[COMPUTE].day == "2026-08-20"
