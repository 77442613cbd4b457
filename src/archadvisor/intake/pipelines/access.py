"""What variables say of access to AWS: with which kind of key, with a token, or to a stand-in for AWS."""

import re
from collections import ChainMap
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from archadvisor.intake.secrets import is_literal_secret
from archadvisor.loading.redaction import looks_like_token
from archadvisor.model.place import Place

KEY_ID, _SECRET_KEY, SESSION_TOKEN = "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"
TOKEN_FILE, ROLE = "AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_ROLE_ARN"
_ENDPOINT, _ENDPOINTS = "AWS_ENDPOINT_URL", re.compile(r"AWS_(?:S3_)?ENDPOINT(?:_URL(?:_\w+)?)?")
_OF_AWS = re.compile(r".*\.(?:amazonaws\.com(?:\.cn)?|api\.aws)")
_HERE = re.compile(
    r"localhost|[^.:]+|127\..*|0\.0\.0\.0|.*\.(?:local|localhost|internal)|(?:.*\.)?localhost\.localstack\.cloud"
)
"""Hosts that are this machine, or a container beside the job."""
_LONG_LIVED, _TEMPORARY = re.compile(r"AKIA[A-Z0-9]{16}"), re.compile(r"ASIA[A-Z0-9]{16}")
_STORED = re.compile(r"\$\{\{.*\b(?:secrets|vars)\b.*\}\}", re.DOTALL)
_VARIABLE = re.compile(r"\$\{?\w+\}?")
_FILLED_IN = re.compile(r"[$`%]|\{\{|^<")
"""What in a value says that something else fills it in."""
_REFERENCE = re.compile(r"\$\{\{\s*(?:env\.)?([\w.-]+)\s*\}\}|\$\{(\w+)\}|\$(\w+)")
_DEEPEST = 8
_LONGEST_VALUE, _LONGEST_TEXT = 1_000, 4_000
"""Longer ones name nothing, and are not filled in."""

Key = Literal["none", "made_up", "temporary", "long_lived", "unknown"]


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable, with what it is called where it is set."""

    value: str
    key: str
    place: Place
    is_literal: bool = True
    """Whether a shell puts nothing in the value."""


Variables = ChainMap[str, Variable]
"""Variables by name, the inner ones first."""


def known_as(name: str) -> str:
    """The name of a variable here: settings of AWS count as variables, an endpoint of one service as one of all."""
    upper = name.upper()
    known = upper if upper.startswith("AWS_") else name
    return _ENDPOINT if _ENDPOINTS.fullmatch(known) else known


def filled(text: str, variables: Variables) -> str:
    """A text with the variables that the file sets in their places; the others stay."""

    def value(found: re.Match[str]) -> str:
        known = variables.get(found[1] or found[2] or found[3])
        return known.value if known is not None and len(known.value) <= _LONGEST_VALUE else found[0]

    for _ in range(_DEEPEST):
        if len(text) > _LONGEST_TEXT or (more := _REFERENCE.sub(value, text)) == text:
            break
        text = more
    return text


def value_of(name: str, variables: Variables) -> str:
    """The value of a variable as far as the file says it; nothing where it is not set."""
    found = variables.get(name)
    return filled(found.value, variables).strip() if found is not None else ""


def is_elsewhere(url: str) -> bool:
    """Whether an endpoint is no endpoint of AWS, or not known to be one."""
    return bool(url) and not _OF_AWS.fullmatch(_host(url))


def reaches_elsewhere(variables: Variables) -> bool:
    """Whether calls of AWS go to something that stands in for it."""
    return is_elsewhere(value_of(_ENDPOINT, variables))


def key_kind(variables: Variables, has_settings: bool) -> Key:
    """What kind of access key variables hold; a variable that the file sets nowhere may be one of the settings."""
    value = value_of(KEY_ID, variables)
    if not value:
        return "none"
    if value_of(SESSION_TOKEN, variables) or _TEMPORARY.fullmatch(value):
        return "temporary"
    is_setting = has_settings and _VARIABLE.fullmatch(value) is not None
    if _LONG_LIVED.fullmatch(value) or _STORED.fullmatch(value) or is_setting:
        return "long_lived"
    return "unknown" if _FILLED_IN.search(value) else "made_up"


def is_leak(name: str, variable: Variable, variables: Variables) -> bool:
    """Whether a variable holds a secret in plain text; keys that are made up for a stand-in of AWS are none."""
    if looks_like_token(variable.value) is not None:
        return True
    if not variable.is_literal or "${{" in variable.value or _FILLED_IN.match(variable.value):
        return False
    is_secret = is_literal_secret(name, variable.value)
    return is_secret and not (name in (_SECRET_KEY, SESSION_TOKEN) and _is_made_up(variables))


def _is_made_up(variables: Variables) -> bool:
    endpoint = value_of(_ENDPOINT, variables)
    return bool(_HERE.fullmatch(_host(endpoint))) if endpoint else key_kind(variables, False) == "made_up"


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
