"""Tests of what draws pictures and prints pages."""
