"""Writes what was rendered to a file."""

from archadvisor.errors import UnreadableInput
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.storage import atomic


def save(file: str, text: str) -> None:
    """Writes a text to a file as UTF-8, whole or not at all; a name of a file that is no text shows as `?`.

    Raises:
        UnreadableInput: the file cannot be written.
    """
    try:
        atomic.write(file, text.encode("utf-8", "replace").decode("utf-8"))
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        raise UnreadableInput([Diagnostic(file, f"the file cannot be written: {reason}")]) from None
