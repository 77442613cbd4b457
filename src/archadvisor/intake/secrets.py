"""Which variables of the environment hold secrets in plain text."""

import re

from archadvisor.loading.redaction import holds_secret, is_random_path, is_reference, looks_like_token

_REFERS = re.compile(r"(?:_FILE|_NAME|_ID|_PATH|_DIR|_ARN|_HOST|_PORT|_USER|_USERNAME|_LENGTH|_TTL|_EXPIRY|_ENABLED)$")
"""Variables that name a secret, or say something of one."""
_NO_SECRET = re.compile(r"(?:true|false|yes|no|on|off|none|null|/\S*|https?://[^:@/]*(?:[:/][^@]*)?)", re.IGNORECASE)


def is_secret(name: str, value: str) -> bool:
    """Whether a value is a secret: by its own looks, or by its name where it is no reference and no switch."""
    if not value.strip():
        return False
    if looks_like_token(value) is not None:
        return True
    return holds_secret(name, value) and not _REFERS.search(name.upper()) and not is_no_secret(value.strip())


def is_no_secret(value: str) -> bool:
    """Whether a value is a switch, a path, or an address without credentials."""
    return _NO_SECRET.fullmatch(value) is not None and not is_random_path(value)


def is_literal_secret(name: str, value: str) -> bool:
    """Whether a value is a secret, and not a reference to one that something else fills in."""
    return is_secret(name, value) and not is_reference(value)
