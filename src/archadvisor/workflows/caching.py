"""What is done about the cache as a whole."""

from archadvisor.storage.cache import clean


def cleaned() -> int | None:
    """How many bytes were freed by removing all that is kept; None where the cache folder is not used."""
    return clean()
