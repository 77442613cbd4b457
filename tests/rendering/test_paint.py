"""Text is cut to columns of a terminal, of which wide characters take two."""

import pytest

from archadvisor.model.place import Place
from archadvisor.rendering.frame import frame
from archadvisor.rendering.paint import Paper, columns, cut

# A text and a width -> what is left.
CUT = [
    ("plain", 5, "plain"),
    ("plain", 4, "pla…"),
    ("日本語", 6, "日本語"),
    ("日本語", 5, "日本…"),
    ("日本語", 4, "日…"),
    ("a日本語", 4, "a日…"),
    ("e\u0301te\u0301", 3, "e\u0301te\u0301"),
    ("日本語", 1, "…"),
]


@pytest.mark.parametrize(("text", "width", "left"), CUT)
def test_a_text_is_cut_to_columns(text: str, width: int, left: str) -> None:
    assert cut(text, width) == left


LINES = ["x: " + "日" * 60 + " here", "a: " + "b" * 90 + " here", "日" * 30 + " here " + "本" * 30, "x: here"]


@pytest.mark.parametrize("line", LINES)
def test_a_frame_is_no_wider_than_its_paper_and_its_carets_are_below_what_is_meant(line: str) -> None:
    start = line.index("here") + 1
    shown = list(frame("f.yaml", Place(1, start, 1, start + 4), [line], Paper(60), "red"))
    text, carets = shown[-2], shown[-1]
    assert max(map(columns, (text, carets))) <= 60
    assert carets.index("^^^^") == columns(text[: text.index("her")])
