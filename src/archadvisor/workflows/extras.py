"""Parts that are installed only where somebody asks for them."""

from collections.abc import Iterator
from contextlib import contextmanager

from archadvisor.errors import UnreadableInput
from archadvisor.model.diagnostic import Diagnostic


@contextmanager
def needing(what: str, extra: str) -> Iterator[None]:
    """Imports within it belong to an extra.

    Raises:
        UnreadableInput: one of them is not installed.
    """
    try:
        yield
    except ImportError as error:
        hint = f"`pip install 'archadvisor[{extra}]'` installs it"
        raise UnreadableInput([Diagnostic("archadvisor", f"{what} needs `{error.name}`", None, hint)]) from None
