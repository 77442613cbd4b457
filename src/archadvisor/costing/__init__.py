"""Prices to estimates: pure, in decimal arithmetic."""
