"""The text of the bytes of a file, in the codings that shells write, and the bytes of another one."""

import codecs

from archadvisor.errors import UnreadableInput
from archadvisor.loading.syntax import undecodable


def decoded(data: bytes, file: str) -> str:
    """The text of a file, which PowerShell writes as UTF-16.

    Raises:
        UnreadableInput: it is none.
    """
    coding = "utf-16" if data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "utf-8-sig"
    try:
        return data.decode(coding)
    except UnicodeDecodeError as error:
        raise UnreadableInput([undecodable(error, file)]) from None


def encoded_as(data: bytes, text: str) -> bytes:
    """Another text for a file, in UTF-8 and with the mark before it that its bytes begin with, if they do."""
    return (codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b"") + text.encode()
