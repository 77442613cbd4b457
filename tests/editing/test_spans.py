"""Edits: what lies outside them stays, whatever the text is made of."""

from hypothesis import given
from hypothesis import strategies as st

from archadvisor.editing.spans import apart, applied
from archadvisor.model.advice import Finding
from archadvisor.model.fix import Edit, Fix
from archadvisor.model.place import START, Place

ENDS = ("\n", "\r\n", "\r", "\x85", "\u2028")
LINES = st.lists(st.tuples(st.text("ab 漢😀é#:\t", max_size=8), st.sampled_from(ENDS)), min_size=1, max_size=6)


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, list[Edit], str]:
    """A text, edits of it in any order, and what they come to, put together piece by piece."""
    text = ""
    places: list[tuple[int, tuple[int, int]]] = []
    for number, (line, end) in enumerate(draw(LINES), 1):
        places += [(len(text) + column, (number, column + 1)) for column in range(len(line) + 1)]
        text += line + end
    chosen = sorted(draw(st.sets(st.sampled_from(places), max_size=8)))
    edits: list[Edit] = []
    expected, done = "", 0
    for (begin, first), (after, last) in zip(chosen[::2], chosen[1::2], strict=False):
        edits.append(Edit(Place(*first, *last), draw(st.text("xy\n漢", max_size=3))))
        expected += text[done:begin] + edits[-1].text
        done = after
    return text, draw(st.permutations(edits)), expected + text[done:]


@given(edited())
def test_what_lies_outside_of_edits_stays(case: tuple[str, list[Edit], str]) -> None:
    text, edits, expected = case
    assert applied(text, edits) == expected


def test_edits_at_one_place_come_in_their_order() -> None:
    edits = [Edit(Place(1, 2, 1, 2), "x"), Edit(Place(1, 1, 1, 2), "A"), Edit(Place(1, 2, 1, 2), "y")]
    assert applied("ab", edits) == "Axyb"


def _finding(*places: Place) -> Finding:
    fix = Fix("", True, tuple(Edit(place, "") for place in places)) if places else None
    return Finding("r", "note", None, "", None, "f", START, (), (), (), "", fix)


def test_of_fixes_that_overlap_the_first_is_made_and_those_that_touch_both() -> None:
    first, second = _finding(Place(1, 1, 1, 5), Place(3, 1, 3, 1)), _finding(Place(1, 5, 1, 9))
    assert apart([first, second]) == [first, second]
    for other in (Place(1, 4, 1, 6), Place(1, 1, 1, 1), Place(3, 1, 3, 1), Place(1, 2, 2, 1)):
        assert apart([first, _finding(other), second]) == [first, second]


def test_findings_without_a_fix_are_left_out() -> None:
    assert apart([_finding()]) == []
