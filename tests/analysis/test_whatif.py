"""What if: what is told to have gone or come is what differs, and nothing else does."""

from archadvisor.analysis.trials import target_of
from archadvisor.analysis.whatif import compared
from archadvisor.model.advice import Advice
from archadvisor.model.answer import WhatIf
from tests.engine.house_pack import Document, advice, house

PACK = """
decision: place
for: service
default: near
options: {near: , far: }
rules:
  - {id: place/a, when: {service.os: windows}, rules_out: near}
  - {id: place/b, when: {service.kind: web}, favors: near, strength: slight, concern: cost}
  - {id: place/c, when: {service.kind: batch}, favors: near, strength: slight, concern: cost}
---
decision: way
for: service
after: [place]
applies: {choice.place: far}
default: road
options: {road: , boat: }
---
rules:
  - {id: house/windows, for: service, when: {service.os: windows}, flags: warning}
  - {id: house/declared, for: outcome, when: {outcome.standing: ruled_out}, flags: error}
"""


def _advice(one: Document, **more: Document) -> Advice:
    return advice(house(PACK), {"services": {"one": {"kind": "web", **one}, "two": {"kind": "web"}}, **more})


def _told(found: WhatIf) -> list[tuple[str | None, ...]]:
    return [
        (shift.decision, shift.subject, *(side.option if side else None for side in (shift.before, shift.after)))
        for shift in found.shifts
    ]


def test_decisions_that_move_come_or_go_are_told_and_the_others_counted() -> None:
    before, after = _advice({}), _advice({"os": "windows"})
    there, back = compared((), before, after), compared((), after, before)
    assert _told(there) == [
        ("place", "services.one", "near", "far"),
        ("way", "services.one", None, "road"),
    ]
    assert _told(back) == [
        ("place", "services.one", "far", "near"),
        ("way", "services.one", "road", None),
    ]
    assert there.same == back.same == 1


def test_reasons_and_findings_are_told_on_the_side_they_are_on() -> None:
    found = compared((), _advice({}), _advice({"os": "windows", "kind": "batch"}))
    place = found.shifts[0]
    assert ([reason.rule for reason in place.gone], [reason.rule for reason in place.new]) == (
        ["place/b"],
        ["place/a", "place/c"],
    )
    assert ([each.rule for each in found.gone], [each.rule for each in found.new]) == ([], ["house/windows"])


def test_other_reasons_for_the_same_option_are_told_as_no_move() -> None:
    (shift,) = compared((), _advice({}), _advice({"kind": "batch"})).shifts
    assert not shift.moved
    assert [reason.rule for reason in (*shift.gone, *shift.new)] == ["place/b", "place/c"]


def test_nothing_differs_from_itself() -> None:
    found = compared((), _advice({"os": "windows"}), _advice({"os": "windows"}))
    assert (found.shifts, found.kept, found.gone, found.new, found.same) == ((), (), (), (), 3)


def test_what_is_declared_is_compared_with_what_would_be_without() -> None:
    found = compared((), _advice({}), _advice({}, decisions={"place": {"one": "far"}}))
    assert found.shifts == ()
    assert [(target_of(shift.after), shift.after.option) for shift in found.kept if shift.after] == [
        (("place", "services.one"), "far"),
        (("way", "services.one"), "road"),
    ]
