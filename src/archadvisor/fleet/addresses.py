"""Where files lie: paths of this machine and URLs that fsspec reads, and how they are shown."""

import glob
import os
import re

_URL = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://((?:(?!::[A-Za-z][A-Za-z0-9+.-]*://)\S)*)")
"""A URL in a text, and in a chain of URLs each of them."""
_USER = re.compile(r"[^/?#]*@|[^/?#:]*:(?!\d*(?:[/?#]|$)).*@")
"""Who asks, where a password may hold what URLs do not allow: it ends at the last `@`, after what is no port."""
_QUERY = re.compile(r"([?#]).*")
_OF_PATHS = frozenset({"file", "local", "memory", "tar", "zip"})
_OF_KEYS = frozenset({"gcs", "gs", "s3", "s3a"})
"""Schemes whose names may have `?` and `#` in them, and are followed by no query."""
_OF_NAMES = frozenset({"abfs", "abfss", "github", "wasb", "wasbs"})
"""Schemes that have names and no user before the `@`."""
_LOCAL = ("file://", "local://")
_CHAIN = "::"


def is_local(address: str) -> bool:
    """Whether an address is a path of this machine."""
    return "://" not in address


def meant(source: str) -> str:
    """The address that a source means: a path, or a URL; of an archive its whole content."""
    for start in _LOCAL:
        source = source.removeprefix(start)
    return f"zip://{_CHAIN}{source}" if source.endswith(".zip") and _CHAIN not in source else source


def reachable(address: str) -> str:
    """An address that means the same from any folder."""
    head, *rest = address.split(_CHAIN)
    return _CHAIN.join([_absolute(head), *map(_absolute, rest)])


def shown(text: str) -> str:
    """A text whose URLs show neither who asks nor what is asked for; bytes that are no text are escaped."""
    return _URL.sub(_masked, text).encode("utf-8", "backslashreplace").decode("utf-8")


def _masked(url: re.Match[str]) -> str:
    scheme, rest = url[1].lower(), url[2]
    if scheme not in _OF_PATHS | _OF_NAMES:
        user = _USER.match(rest)
        rest = f"****@{rest[user.end() :]}" if user else rest
    if scheme not in _OF_PATHS | _OF_KEYS:
        rest = _QUERY.sub(r"\1****", rest)
    return f"{url[1]}://{rest}"


def below(folder: str, name: str) -> str:
    """The address of a file below the address of a folder."""
    head, *rest = folder.split(_CHAIN)
    slash = "" if head.endswith("/") or not name or not head else "/"
    return _CHAIN.join([f"{head}{slash}{name}", *rest])


def is_pattern(address: str) -> bool:
    """Whether an address stands for all that fit it."""
    return glob.has_magic(address) and not os.path.lexists(address) if is_local(address) else "*" in address


def fixed(pattern: str) -> str:
    """The folder that all which fits a pattern lies in."""
    head, *rest = pattern.split(_CHAIN)
    parts = head.split("/")
    fixed_parts = parts[: next(number for number, part in enumerate(parts) if glob.has_magic(part))]
    folder = "/".join(fixed_parts)
    return _CHAIN.join([f"{folder}/" if folder.endswith(":/") else folder, *rest])


def _absolute(part: str) -> str:
    return os.path.abspath(part) if part and is_local(part) else part
