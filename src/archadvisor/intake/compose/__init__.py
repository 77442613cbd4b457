"""Compose files: read as Compose reads them, several together, to what they say of services."""
