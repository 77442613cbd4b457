"""Sights: conditions come out on bits as they do on facts, and what no condition can tell apart looks the same."""

from hypothesis import given
from hypothesis import strategies as st

from archadvisor.engine.derivation import Values
from archadvisor.engine.match import predicate
from archadvisor.engine.scope import Scope
from archadvisor.engine.sight import Lens, lens_of
from archadvisor.model.condition import AllOf, AnyOf, Compare, Condition, Is, Over
from archadvisor.model.workload import Subject
from tests.engine.test_match import CONDITIONS, INNER, VALUES, Frame


def _lens(*conditions: Condition) -> Lens:
    return lens_of([(condition, ("workload",)) for condition in conditions], {}, {})


def _scope(lens: Lens, outer: Frame, inner: list[Frame]) -> Scope:
    services = [Subject("service", str(number), str(number), {}) for number in range(len(inner))]
    parts = tuple(
        Scope(one, lens, lens.of(each.items()), Values(each)) for one, each in zip(services, inner, strict=True)
    )
    whole = Scope(Subject("workload", "", "", {}), lens, lens.of(outer.items()), Values(outer), None, parts)
    for scope in (*parts, whole):
        scope.look_around()
    return whole


@given(st.lists(CONDITIONS, min_size=1, max_size=4), VALUES, INNER)
def test_a_condition_comes_out_on_bits_as_on_facts(
    conditions: list[Condition], outer: Frame, inner: list[Frame]
) -> None:
    lens = _lens(*conditions)
    scope = _scope(lens, outer, inner)
    for condition in conditions:
        test, truth = lens.test(condition), predicate(condition)(scope)
        assert test.holds(scope.sight) is truth
        assert test.holds(scope.sight & test.mask) is truth
        if truth is not False:
            assert scope.sight & test.needs == test.needs


@given(CONDITIONS, VALUES, VALUES, INNER)
def test_what_looks_the_same_comes_out_the_same(
    condition: Condition, one: Frame, other: Frame, inner: list[Frame]
) -> None:
    lens = _lens(condition)
    mask = lens.test(condition).mask
    first, second = (_scope(lens, frame, inner) for frame in (one, other))
    if first.sight & mask == second.sight & mask:
        assert predicate(condition)(first) is predicate(condition)(second)


def test_numbers_between_the_same_bounds_look_the_same() -> None:
    lens = _lens(AnyOf((Compare("size", "gt", 2.0), Compare("size", "lte", 8.0))))
    assert lens.of([("size", 3.0)]) == lens.of([("size", 7.5)]) != lens.of([("size", 9.0)])


def test_a_trial_shows_an_option_in_the_place_of_the_one_before() -> None:
    lens = _lens(AllOf((Is("choice.place", ("near",)), Is("choice.place", ("far", "beyond")))))
    near, far = ({"place": option} for option in ("near", "far"))
    start = lens.of([])
    assert lens.under(lens.under(start, near), far) == lens.under(start, far) != lens.under(start, near)
    assert lens.doubting(lens.under(start, near), ["place"]) == lens.doubting(start, ["place"])


def test_a_choice_of_a_part_is_seen_where_it_is_asked_for() -> None:
    lens = _lens(Over("every", "services", Is("choice.place", ("near",))))
    condition = lens.test(Over("every", "services", Is("choice.place", ("near",))))
    whole = Scope(Subject("workload", "", "", {}), lens, lens.of([]), Values())
    part = Scope(Subject("service", "one", "services.one", {}), lens, lens.of([]), Values(), whole)
    whole.inner = (part,)
    whole.look_around()
    assert condition.holds(whole.sight) is False
    part.choose("place", "near")
    assert condition.holds(whole.sight) is True
    assert part.values["choice.place"] == "near"
