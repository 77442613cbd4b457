"""Span edits applied to text, and what they change shown as a diff."""
