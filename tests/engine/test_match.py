"""Three-valued truth against brute force: what holds must hold for every completion of the unknown facts."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archadvisor.engine.derivation import Values
from archadvisor.engine.match import grounds, predicate
from archadvisor.engine.scope import Scope
from archadvisor.engine.sight import NO_LENS
from archadvisor.engine.truth import Truth
from archadvisor.model import fact
from archadvisor.model.condition import (
    ALWAYS,
    AllOf,
    AnyOf,
    Compare,
    Condition,
    Empty,
    Has,
    Is,
    Known,
    Not,
    Over,
    leaves,
    without_each_leaf,
)
from archadvisor.model.fact import Value
from archadvisor.model.workload import Subject

DOMAINS: dict[str, tuple[Value, ...]] = {
    "word": ("red", "green", "none"),
    "number": (0, 1, 2),
    "boolean": (True, False),
    "set": ((), ("p",), ("p", "q")),
}
WHITE, BLACK, GREY = Is("word", ("red",)), Is("word", ("green",)), Is("boolean", (True,))


Frame = Mapping[str, fact.Known]


def _scope(values: Frame, *inner: Frame) -> Scope:
    whole = Subject("workload", "", "", {})
    services = [Subject("service", str(number), str(number), {}) for number in range(len(inner))]
    parts = tuple(Scope(one, NO_LENS, 0, Values(each)) for one, each in zip(services, inner, strict=True))
    return Scope(whole, NO_LENS, 0, Values(values), None, parts)


def _leaves() -> st.SearchStrategy[Condition]:
    words = st.lists(st.sampled_from(["red", "green", "none"]), min_size=1, max_size=2, unique=True).map(tuple)
    return st.one_of(
        st.builds(Is, st.just("word"), words),
        st.builds(Is, st.just("boolean"), st.sampled_from([(True,), (False,)])),
        st.builds(Compare, st.just("number"), st.sampled_from(["gt", "gte", "lt", "lte"]), st.sampled_from([0.0, 1.0])),
        st.builds(Has, st.just("set"), st.sampled_from([("p",), ("q",), ("q", "r")])),
        st.just(Empty("set")),
    )


def _combined(inner: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    several = st.lists(inner, min_size=1, max_size=3).map(tuple)
    return st.one_of(
        st.builds(AllOf, several),
        st.builds(AnyOf, several),
        st.builds(Not, inner),
        st.builds(Over, st.sampled_from(["some", "every", "no"]), st.just("services"), inner),
    )


CONDITIONS = st.recursive(_leaves(), _combined, max_leaves=6)
VALUES = st.fixed_dictionaries({name: st.sampled_from([None, *domain]) for name, domain in DOMAINS.items()})
INNER = st.lists(VALUES, max_size=2)


def _completions(frames: list[Frame]) -> Iterator[list[dict[str, fact.Known]]]:
    holes = [(number, name) for number, frame in enumerate(frames) for name in DOMAINS if frame[name] is None]
    for choice in product(*(DOMAINS[name] for _, name in holes)):
        filled = [dict(frame) for frame in frames]
        for (number, name), value in zip(holes, choice, strict=True):
            filled[number][name] = value
        yield filled


def _small(frames: list[Frame]) -> bool:
    return sum(value is None for frame in frames for value in frame.values()) <= 6


def _truth(condition: Condition, frames: Sequence[Frame]) -> Truth:
    return predicate(condition)(_scope(*frames))


@given(CONDITIONS, VALUES, INNER)
def test_a_truth_holds_for_every_completion_of_the_unknown_facts(
    condition: Condition, outer: Frame, inner: list[Frame]
) -> None:
    frames = [outer, *inner]
    told = _truth(condition, frames)
    if _small(frames) and told is not None:
        assert {_truth(condition, filled) for filled in _completions(frames)} == {told}


@given(CONDITIONS, VALUES, INNER)
def test_with_every_fact_known_a_truth_is_never_unknown(condition: Condition, outer: Frame, inner: list[Frame]) -> None:
    filled = next(_completions([outer, *inner]))
    assert _truth(condition, filled) is not None


@given(_leaves(), VALUES)
def test_one_comparison_is_unknown_exactly_where_its_fact_is(leaf: Any, values: Frame) -> None:
    assert (_truth(leaf, [values]) is None) == (values[leaf.fact] is None)


@given(CONDITIONS, VALUES, INNER)
def test_the_grounds_of_a_truth_suffice_for_it(condition: Condition, outer: Frame, inner: list[Frame]) -> None:
    scope = _scope(outer, *inner)
    told = predicate(condition)(scope)
    if told is None:
        return
    used = {(where.path, fact) for where, fact in grounds(condition, scope, told)}
    frames = [scope, *scope.inner]
    fixed: list[Frame] = [
        {name: value if (frame.path, name) in used else None for name, value in frame.values.items()}
        for frame in frames
    ]
    assert _truth(condition, fixed) is told


@given(CONDITIONS, VALUES, INNER)
def test_the_grounds_of_an_unknown_truth_are_unknown_facts_and_there_is_one(
    condition: Condition, outer: Frame, inner: list[Frame]
) -> None:
    scope = _scope(outer, *inner)
    if predicate(condition)(scope) is None:
        used = list(grounds(condition, scope, None))
        assert used
        assert all(where.values[fact] is None for where, fact in used)


@given(CONDITIONS)
def test_leaving_out_each_comparison_leaves_one_fewer(condition: Condition) -> None:
    held = [leaf.fact for leaf in leaves(condition)]
    rests = list(without_each_leaf(condition))
    assert [fact for fact, _ in rests] == held
    for _, rest in rests:
        if rest is not None:
            assert len(list(leaves(rest))) <= len(held) - 1


@pytest.mark.parametrize(
    ("condition", "rests"),
    [
        (WHITE, [None]),
        (AllOf((WHITE, GREY)), [AllOf((GREY,)), AllOf((WHITE,))]),
        (AnyOf((WHITE, GREY)), [AnyOf((GREY,)), AnyOf((WHITE,))]),
        (AllOf((WHITE,)), [ALWAYS]),
        (AnyOf((WHITE,)), [None]),
        (Not(WHITE), [None]),
        (Not(AllOf((WHITE, GREY))), [Not(AllOf((GREY,))), Not(AllOf((WHITE,)))]),
        (AllOf((Not(WHITE), GREY)), [AllOf((GREY,)), AllOf((Not(WHITE),))]),
        (Over("some", "services", WHITE), [Over("some", "services", ALWAYS)]),
    ],
)
def test_what_is_left_without_each_comparison(condition: Condition, rests: list[Condition | None]) -> None:
    assert [rest for _, rest in without_each_leaf(condition)] == rests


KLEENE = [
    (True, True, True, True), (True, False, False, True), (True, None, None, True),
    (False, True, False, True), (False, False, False, False), (False, None, False, None),
    (None, True, None, True), (None, False, False, None), (None, None, None, None),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "both", "either"), KLEENE)
def test_all_and_any_follow_kleenes_tables(one: Truth, other: Truth, both: Truth, either: Truth) -> None:
    scope = _scope({"one": one, "other": other})
    parts = (Is("one", (True,)), Is("other", (True,)))
    assert predicate(AllOf(parts))(scope) is both
    assert predicate(AnyOf(parts))(scope) is either


@pytest.mark.parametrize(("one", "opposite"), [(True, False), (False, True), (None, None)])
def test_not_keeps_the_unknown_unknown(one: Truth, opposite: Truth) -> None:
    assert predicate(Not(Is("one", (True,))))(_scope({"one": one})) is opposite


@pytest.mark.parametrize(
    ("values", "some", "every", "no"),
    [
        ([], False, True, True),
        ([True, None], True, None, False),
        ([False, None], None, False, None),
        ([True, False], True, False, False),
        ([None], None, None, None),
        ([False], False, False, True),
    ],
)
def test_over_a_collection(values: list[Truth], some: Truth, every: Truth, no: Truth) -> None:
    inner: list[Frame] = [{"boolean": value} for value in values]
    scope = _scope({}, *inner)
    wanted = {"some": some, "every": every, "no": no}
    assert {name: predicate(Over(name, "services", GREY))(scope) for name in wanted} == wanted  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("leaf", "truth"),
    [
        (Is("word", ("none",)), True),
        (Is("word", ("red",)), False),
        (Compare("number", "gte", 0), False),
        (Has("set", ("p",)), False),
        (Known("word"), True),
    ],
)
def test_a_fact_that_does_not_exist_compares_as_none(leaf: Condition, truth: Truth) -> None:
    assert predicate(leaf)(_scope({})) is truth


@pytest.mark.parametrize(("value", "known"), [(None, False), ("red", True)])
def test_known_is_never_unknown(value: str | None, known: bool) -> None:
    assert predicate(Known("word"))(_scope({"word": value})) is known
