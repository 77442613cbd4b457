"""Tests of edits and diffs."""
