"""What is done about the cache as a whole."""

from archadvisor.storage.cache import clean


def cleaned() -> int:
    """How many bytes were freed by removing all that is kept."""
    return clean()
