"""What can go wrong with files elsewhere, in words; other exceptions are bugs."""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from archadvisor.errors import UnreadableInput
from archadvisor.fleet.addresses import shown
from archadvisor.model.diagnostic import Diagnostic

_FAMILIES = (
    ("botocore.exceptions", "BotoCoreError"),
    ("botocore.exceptions", "ClientError"),
    ("aiohttp", "ClientError"),
    ("duckdb", "Error"),
    ("gcsfs.retry", "HttpError"),
    ("google.auth.exceptions", "GoogleAuthError"),
    ("zipfile", "BadZipFile"),
    ("zlib", "error"),
    ("tarfile", "TarError"),
)
"""What packages that read and write raise that is no `OSError`; each exists only where its module is imported."""
_PORT = re.compile(r"(Port could not be cast to integer value) as .*")
"""What is taken for a port may be a part of a password."""
_WORDS: tuple[tuple[type[BaseException], str], ...] = (
    (FileNotFoundError, "there is no such file or folder"),
    (PermissionError, "access is denied"),
    (TimeoutError, "it took too long"),
)


def failures() -> tuple[type[BaseException], ...]:
    """The exceptions that say that something cannot be read or written."""
    known = [getattr(sys.modules[module], name) for module, name in _FAMILIES if module in sys.modules]
    return (OSError, ValueError, ImportError, EOFError, *known)


def reason(error: BaseException) -> str:
    """Why something failed, in words without secrets."""
    for kind, words in _WORDS:
        if isinstance(error, kind):
            return words
    said = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    first = shown(_PORT.sub(r"\1", said)).partition("\n")[0].rstrip(".")
    return f"{first[:1].lower()}{first[1:]}" if first else "unknown reason"


@contextmanager
def refusing(address: str, what: str) -> Iterator[None]:
    """What fails within it is said to be unusable.

    Raises:
        UnreadableInput: it failed.
    """
    try:
        yield
    except failures() as error:
        raise UnreadableInput([Diagnostic(shown(address), f"{what}: {reason(error)}")]) from None
