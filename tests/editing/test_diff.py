"""Unified diffs."""

from archadvisor.editing.diff import unified


def test_a_diff_shows_the_lines_with_their_ends_and_a_missing_one() -> None:
    shown = unified("x.yaml", ["a\r\n", "b\r\n", "c"], ["a\r\n", "B\r\n", "c"])
    assert shown == ("--- x.yaml\n+++ x.yaml\n@@ -1,3 +1,3 @@\n a\r\n-b\r\n+B\r\n c\n\\ No newline at end of file\n")


def test_lines_that_are_alike_have_no_diff() -> None:
    assert unified("x.yaml", ["a\n"], ["a\n"]) == ""
