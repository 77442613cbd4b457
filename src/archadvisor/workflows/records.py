"""Writes what archadvisor keeps for itself and reads again."""

from archadvisor.errors import UnreadableInput
from archadvisor.loading.records import LARGEST
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.workflows.saving import save


def save_record(file: str, text: str) -> None:
    """Writes a record whole or not at all.

    Raises:
        UnreadableInput: it is too large to be read again, or the file cannot be written.
    """
    content = text.encode()
    if len(content) > LARGEST:
        message = f"the file would be larger than {LARGEST // 1024**2} MiB and could not be read again"
        raise UnreadableInput([Diagnostic(file, message, None, "make one for each of several folders")])
    save(file, content)
