"""Finds the secret values in a document once and masks them, so that nothing downstream ever holds one."""

import re
from dataclasses import dataclass
from functools import lru_cache

from archadvisor.loading.node import Mapping, Node, Scalar, Sequence
from archadvisor.model.place import Place

MASK = "****"

_SECRET_NAME = re.compile(
    r"(?:^|[_.-])(?:password|passwd|passphrase|pwd|pass|secret|token|credentials?|api_?key|access_?key|private_?key|signing_?key"
    r"|encryption_?key|secret_?key|auth_?key|connection_?string|dsn)s?$",
    re.IGNORECASE,
)
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_REFERENCE = re.compile(
    r"\s*(?:\$\{.*\}|\$\(.*\)|\{\{.*\}\}|<[^<>]*>|arn:aws.*|/[\w./-]*|true|false|none|null|unknown)?\s*",
    re.IGNORECASE | re.DOTALL,
)

# What a value looks like -> its pattern; these are found under any key, in keys and in comments too.
_TOKENS: dict[str, re.Pattern[str]] = {
    "access_key": re.compile(r"\b(?:AKIA|ASIA)[A-Z2-7]{16}\b"),
    "private_key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----"),
    "url_credentials": re.compile(r"\b[a-z][a-z0-9+.-]*://[^\s/:@]*:[^\s/@]+@", re.IGNORECASE),
    "token": re.compile(
        r"\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,}|glpat-[A-Za-z0-9_-]{16,}|xox[abprs]-[A-Za-z0-9-]{10,}"
        r"|sk_live_[A-Za-z0-9]{16,}|eyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]+)"
    ),
    "password": re.compile(r"\b[\w-]*(?:password|passwd|secret|token|api_?key)[ ]*=[ ]*[^\s$<{][^\s]*", re.IGNORECASE),
}
_SHORTEST_TOKEN = 8
_IN_COMMENT = re.compile(
    r"#.*?\b[\w-]*(?:password|passwd|passphrase|secret|token|api_?key)\b[ ]*[:=][ ]*(\S.*)$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Literal:
    """A plain-text secret in a file: the path of its key, what it looks like, and where it is."""

    path: str
    looks_like: str
    place: Place


def redact(root: Node, lines: list[str]) -> list[Literal]:
    """Masks every secret value of a document in its nodes and in its lines; returns what was found, in file order."""
    found: dict[Place, Literal] = {}
    secrets: Found = []
    _gather(root, (), None, secrets)
    for path, looks_like, node in secrets:
        found.setdefault(node.place, Literal(".".join(path), looks_like, node.place))
        node.value = node.written = MASK
        node.redacted = True
    if secrets:
        _rename_masked_keys(root)
    for place in found:
        _mask(lines, place)
    lines[:] = [_mask_comment(line) for line in lines]
    return sorted(found.values(), key=lambda literal: literal.place)


def shown(text: str) -> list[str]:
    """The lines of a text that could not be parsed, or none where something in it may be a secret."""
    suspicious = re.search(r"pass|pwd|secret|token|key|credential|://|-----", text, re.IGNORECASE) or any(
        p.search(text) for p in _TOKENS.values()
    )
    return [] if suspicious else text.splitlines()


Found = list[tuple[tuple[str, ...], str, Scalar]]
"""Secret scalars: the path of the key, what it looks like, the node."""


def _gather(node: Node, path: tuple[str, ...], key: str | None, found: Found) -> None:
    """Adds the secret scalars of a tree to `found`; `key` is the key a value stands under."""
    match node:
        case Scalar():
            looks_like = _looks_like(path, key, node)
            if looks_like is not None:
                found.append((path, looks_like, node))
        case Sequence():
            for item in node.items:
                _gather(item, path, key, found)
        case Mapping():
            for name, (key_node, value) in node.items.items():
                inner = (*path, name)
                if len(name) >= _SHORTEST_TOKEN:
                    _gather(key_node, inner, None, found)
                _gather(value, inner, name, found)


def _looks_like(path: tuple[str, ...], key: str | None, node: Scalar) -> str | None:
    if len(node.written) >= _SHORTEST_TOKEN and not node.redacted:
        for looks_like, pattern in _TOKENS.items():
            if pattern.search(node.written):
                return looks_like
    if key is None or not (_names_secret(key) or (path[0] == "secrets" and path[2:] == ("value",))):
        return None
    if node.redacted or not node.written or node.value is None or isinstance(node.value, bool):
        return None
    if path[0] == "decisions" or path[-2:] == ("uses", "secrets"):
        return None
    return None if _REFERENCE.fullmatch(node.written) else "password"


@lru_cache(maxsize=4096)
def _names_secret(key: str) -> bool:
    return _SECRET_NAME.search(_CAMEL.sub("_", key)) is not None


def _rename_masked_keys(root: Node) -> None:
    pending: list[Node] = [root]
    while pending:
        node = pending.pop()
        if isinstance(node, Mapping):
            if any(key.redacted for key, _ in node.items.values()):
                node.items = {MASK if pair[0].redacted else name: pair for name, pair in node.items.items()}
            pending.extend(value for _, value in node.items.values())
        elif isinstance(node, Sequence):
            pending.extend(node.items)


def _mask(lines: list[str], place: Place) -> None:
    """Masks a span; the columns of what follows on its lines stay as they are."""
    for number in range(place.line, min(place.end_line, len(lines)) + 1):
        line = lines[number - 1]
        start = place.column - 1 if number == place.line else len(line) - len(line.lstrip())
        end = place.end_column - 1 if number == place.end_line else len(line)
        lines[number - 1] = (
            line[:start] + MASK[: max(0, end - start)].ljust(max(0, end - start)) + line[max(start, end) :]
        )


def _mask_comment(line: str) -> str:
    at = line.find("#")
    if at < 0:
        return line
    comment = line[at:]
    for pattern in _TOKENS.values():
        comment = pattern.sub(MASK, comment)
    named = _IN_COMMENT.match(comment)
    return line[:at] + (comment[: named.start(1)] + MASK if named else comment)
