"""Tests of what a team accepts."""
