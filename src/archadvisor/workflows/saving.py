"""Writes what was rendered to a file."""

from archadvisor.errors import UnreadableInput
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.storage import atomic


def save(file: str, content: str | bytes) -> None:
    """Writes a file whole or not at all; text as UTF-8, in which what is no text shows as `?`.

    Raises:
        UnreadableInput: the file cannot be written.
    """
    try:
        atomic.write(file, content.encode("utf-8", "replace") if isinstance(content, str) else content)
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        raise UnreadableInput([Diagnostic(file, f"the file cannot be written: {reason}")]) from None
