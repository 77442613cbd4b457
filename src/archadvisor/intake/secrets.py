"""Secrets that stand in plain text among variables of the environment."""

import re
from collections.abc import Iterator

from archadvisor.intake.values import as_name, text_of
from archadvisor.loading.node import Mapping, Node, Scalar, Sequence
from archadvisor.loading.redaction import holds_secret, is_reference, looks_like_token
from archadvisor.model.intake import Leak
from archadvisor.model.place import Place

_REFERS = re.compile(r"(?:_FILE|_NAME|_ID|_PATH|_DIR|_ARN|_HOST|_PORT|_USER|_USERNAME|_LENGTH|_TTL|_EXPIRY|_ENABLED)$")
"""Variables that name a secret, or say something of one."""
_NO_SECRET = re.compile(r"(?:true|false|yes|no|on|off|none|null|/\S*|https?://[^:@/]*(?:[:/][^@]*)?)", re.IGNORECASE)


def leaks_of(environment: Node | None, service: str, file: str) -> Iterator[Leak]:
    """The variables of a service that hold a secret, in a mapping or in a list of `NAME=value`."""
    for name, value, place in _variables(environment):
        if is_secret(name, value):
            yield Leak(service, as_name(name.lower()), file, place, name)


def _variables(environment: Node | None) -> Iterator[tuple[str, str, Place]]:
    match environment:
        case Mapping():
            for key, value in environment.items.values():
                yield key.written, text_of(value) or "", key.place
        case Sequence():
            for item in environment.items:
                if isinstance(item, Scalar):
                    name, _, _ = item.written.partition("=")
                    yield name.strip(), (text_of(item) or "").partition("=")[2], item.place
        case _:
            pass


def is_secret(name: str, value: str) -> bool:
    """Whether a value is a secret: by its own looks, or by its name where it is no reference and no switch."""
    if not value.strip():
        return False
    if looks_like_token(value) is not None:
        return True
    return holds_secret(name, value) and not _REFERS.search(name.upper()) and not is_no_secret(value.strip())


def is_no_secret(value: str) -> bool:
    """Whether a value is a switch, a path, or an address without credentials."""
    return _NO_SECRET.fullmatch(value) is not None


def is_literal_secret(name: str, value: str) -> bool:
    """Whether a value is a secret, and not a reference to one that something else fills in."""
    return is_secret(name, value) and not is_reference(value)
