"""Checks of the same files by general engines for rules; they run where those are installed."""
