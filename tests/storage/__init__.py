"""Tests of the writer of files."""
