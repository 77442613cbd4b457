"""Mutants are what a slip of the pen would make of a rule, and the tests of the built-in pack tell them apart."""

import pytest

from archadvisor.analysis.mutation import mutants
from archadvisor.model.condition import AllOf, AnyOf, Compare, Condition, Empty, Has, Is, Known, Not, Over
from archadvisor.model.rule import Effect, Favors, Flags, Requires, Rule, RulesOut
from archadvisor.workflows.mutation import Tried, mutated
from tests.engine.house_pack import built_in, real
from tests.engine.test_properties import STORIES

A = Is("a", ("x",))
FLAG = Flags("error", None)


def _rule(when: Condition, effect: Effect) -> Rule:
    return Rule("r", "pack", "d", ("service",), when, effect, "", "", ())


@pytest.mark.parametrize(
    ("when", "wrong"),
    [
        (Compare("n", "gt", 4), [Compare("n", "gte", 4), Compare("n", "gt", 3), Compare("n", "gt", 5)]),
        (Compare("n", "lte", 0.8), [Compare("n", "lt", 0.8), Compare("n", "lte", 0.6), Compare("n", "lte", 1.0)]),
        (Is("w", ("x", "y")), [Is("w", ("y",)), Is("w", ("x",))]),
        (Has("s", ("x", "y")), [Has("s", ("y",)), Has("s", ("x",))]),
        (A, []),
        (Empty("s"), []),
        (Known("s"), []),
        (Not(A), [A]),
        (AllOf((A, Not(A))), [AllOf((A, A))]),
        (AnyOf((Not(A), A)), [AnyOf((A, A))]),
        (Over("some", "services", A), [Over("every", "services", A)]),
        (Over("no", "services", A), [Over("some", "services", A)]),
    ],
)
def test_the_mutants_of_a_condition(when: Condition, wrong: list[Condition]) -> None:
    found = [mutant.rule.when for mutant in mutants(_rule(when, FLAG), ()) if mutant.rule.when != when]
    assert [_rounded(each) for each in found] == wrong


def _rounded(condition: Condition) -> Condition:
    if isinstance(condition, Compare):
        return Compare(condition.fact, condition.comparison, round(condition.bound, 6))
    return condition


@pytest.mark.parametrize(
    ("effect", "wrong"),
    [
        (Requires("x"), [Requires("y"), Requires("z"), RulesOut(("x",))]),
        (RulesOut(("x",)), [RulesOut(("y",)), RulesOut(("z",))]),
        (RulesOut(("x", "y")), [RulesOut(("y",)), RulesOut(("x",))]),
        (Flags("note", None), [Flags("error", None), Flags("warning", None)]),
        (
            Favors("x", "strong", "cost"),
            [
                Favors("y", "strong", "cost"),
                Favors("z", "strong", "cost"),
                Favors("x", "moderate", "cost"),
                Favors("x", "slight", "cost"),
            ],
        ),
    ],
)
def test_the_mutants_of_an_effect(effect: Effect, wrong: list[Effect]) -> None:
    assert [mutant.rule.effect for mutant in mutants(_rule(A, effect), ("x", "y", "z"))] == wrong


def test_the_tests_of_the_built_in_pack_tell_almost_every_mutant() -> None:
    tried = mutated(real(), (), [str(story) for story in STORIES])
    assert tried.mutants > 4 * len(built_in().rules)
    assert tried.score >= 0.95, tried.survivors


def test_where_nothing_is_to_be_told_apart_all_of_it_is() -> None:
    assert Tried(0, ()).score == 1
