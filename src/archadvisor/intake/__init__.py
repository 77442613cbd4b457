"""Reads what a repository already holds; one module a format."""
