"""Finds the secret values in a document once and masks them, so that nothing downstream ever holds one."""

import re
from functools import lru_cache

from archadvisor.loading.hiding import MASK, hide
from archadvisor.loading.node import Mapping, Node, Scalar, Sequence
from archadvisor.model.frozen import dataclass
from archadvisor.model.place import Place

# Patterns are compiled when they are first asked for: most files hold nothing that looks like a secret.
_SECRET_NAME = (
    r"(?i)(?:(?:^|[_.-])(?:password|passwd|passphrase|pwd|pass|secret|token|credentials?|api_?key|access_?key|private_?key"
    r"|signing_?key|encryption_?key|secret_?key|auth_?key|master_?key|license_?key|connection_?string|dsn"
    r"|(?:pg|db|my_?sql|mongo|redis|ldap|smtp|mail|ftp|root|admin|user)(?:pass|pwd)"
    r"|(?:stripe|sendgrid|mailgun|twilio|datadog|openai|anthropic|algolia|cloudflare|postmark|mandrill|jwt|hmac)_key)"
    r"|[a-z](?:password|passwd|passphrase|apikey|secretkey|accesskey|authtoken|accesstoken))s?(?:_?[0-9]{1,2})?"
    r"(?:[_.-](?:prod|production|live|stage|staging|test|testing|dev|development|qa|uat|local|eu|us|ap|apac|emea"
    r"|[a-z]{2}[_-][a-z]+[_-][0-9]|old|new|current|previous|primary|secondary|backup|root|admin|pem|b64|base64|plain"
    r"|value|v[0-9]))*$"
    r"|(?:^|[_.-])secret_key_base$"
)
"""A name under which a secret stands, perhaps with a word on where or when it counts."""
_COUNTED = r"(?i)(?:^|[_.-])(?:max|min|num|total|eos|bos|pad)[_.-](?:\w+[_.-])?tokens?$"
"""Tokens of a text, which are no secrets."""
_SOME_KEY = r"(?i)[a-z0-9][_.-]key$"
_OPEN_KEY = (
    r"(?i)(?:^|[_.-])(?:public|publishable|partition|sort|primary|foreign|unique|cache|object|bucket|s3|routing|index|group"
    r"|lookup|row|map|hash|range|lock|message|dedup|idempotency|site|host|hot|registry)_?key$"
)
"""A key that opens something, perhaps, and one that only names or orders something."""
_RANDOM = r"(?=.*[A-Za-z])(?=.*[0-9])(?!pk_)[A-Za-z0-9+=_-]{12,}"
_RANDOM_PART = r"(?:^|/)(?=[^/]*[a-z])(?=[^/]*[A-Z])(?=[^/]*[0-9])[A-Za-z0-9+=]{12,}(?:/|$)"
"""A part of what begins as a path does and is more likely the base64 of something."""
_AUTH_NAME = r"(?i)[a-z0-9][_.-]auth$"
"""A name under which a secret stands, or a word on how one signs in."""
_MANNER = (
    r"(?i)[01]|yes|no|on|off|(?:en|dis)abled|required|optional|any|default|internal|external|anonymous|trust|peer|local|basic"
    r"|digest|bearer|plain|login|ldaps?|saml2?|oidc|oauth2?|sasl|sasl_ssl|ssl|tls|ntlm|kerberos|gssapi|krb5|xoauth2|iam|jwt"
    r"|jwks|token|password|key|cert|m?tls|md5|(?:cram|digest)-md5|scram-sha-(?:1|256|512)|https?://[^@]*"
)
"""Words on how one signs in."""
_CAMEL = r"(?<=[a-z0-9])(?=[A-Z])"
_REFERENCE = (
    r"(?is)\s*(?:\$\{.*\}|\$\(.*\)|\{\{.*\}\}|<[^<>]*>|\$\w+|arn:aws.*|/[\w./-]*|true|false|none|null|unknown)?\s*"
)

# What a value looks like -> what is in every such text, in lower case, and its pattern; these are found under any key,
# in keys and in comments too.
_TOKENS = {
    "access_key": (("akia", "asia"), r"\b(?:AKIA|ASIA)[A-Z2-7]{16}\b"),
    "private_key": (("-----",), r"-----BEGIN [A-Z ]*PRIVATE KEY-----"),
    "url_credentials": (("://",), r"(?i)\b[a-z][a-z0-9+.-]{0,30}://[^\s/:@]*:(?![$<{])[^\s/@]+@"),
    "token": (
        (
            *("ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-", "xox", "eyj", "sg.", "base64:"),
            *("sk_live_", "sk_test_", "rk_live_", "rk_test_", "sk-proj-", "sk-svcacct-", "sk-admin-", "sk-ant-"),
            *("hooks.slack.com", "bearer "),
        ),
        r"\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,}|glpat-[A-Za-z0-9_-]{16,}|xox[abprs]-[A-Za-z0-9-]{10,}"
        r"|[rs]k_(?:live|test)_[A-Za-z0-9]{16,}"
        r"|sk-(?:proj|svcacct|admin|ant)-[A-Za-z0-9_-]{16,}|SG\.[A-Za-z0-9_-]{16,32}\.[A-Za-z0-9_-]{32,64}"
        r"|hooks\.slack\.com/(?:services|workflows|triggers)/[A-Za-z0-9/_-]{20,}"
        r"|base64:(?:[A-Za-z0-9+/]{22}==|[A-Za-z0-9+/]{43}=)(?![A-Za-z0-9+/=])"
        r"|eyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]+"
        r"|(?i:bearer) +(?=\S*[0-9])[A-Za-z0-9._~+/-]{8,}=*)",
    ),
    "password": (
        ("=", '":', "--", "basic "),
        r"(?i)(?<![\w-])[\w-]*(?:password|passwd|secret|token|api_?key)[ ]*=[ ]*[^\s$<{][^\s]*"
        r"|(?<![\w-])[\w-]*pwd[ ]*=[ ]*[^\s$<{/][^\s]*"
        r"|\"[\w.-]*(?:password|passwd|pwd|secret|token|api_?key)\\?\"\s*:\s*\\?\"(?!arn:|replaced?\b|replace[_ -]?me)"
        r"[^\"\\$<{%/][^\"\\]*"
        r"|(?<![\w-])--(?:[a-z0-9]{1,20}[_-]){0,3}(?:password|passwd|passphrase|token|api-?key|secret-?key|access-?key)"
        r"[ ]+[\"']?[^\s\"'$`<{%/-][^\s]*|\bauthorization[\"']?\s*[:=]\s*[\"']?basic +[A-Za-z0-9+/]{8,}=*",
    ),
}
_VAGUE = frozenset({"=", '":', "--"})
"""Marks that say nothing by themselves; the texts that matter hold the name of a secret too."""
_SHORTEST_TOKEN = 8
_NAMES = r"password|passwd|passphrase|pwd|secret|token|key|credential|dsn|connection|_auth(?![\w-])"
_IN_COMMENT = rf"(?i)#.*?\b[\w-]*(?:{_NAMES})[\w-]*[ ]*[:=][ ]*(\S.*)$"
_SUSPECTS = (
    *("pass", "pwd", "secret", "token", "key", "credential", "dsn", "connection", "auth"),
    *(mark for marks, _ in _TOKENS.values() for mark in marks if mark not in _VAGUE),
)
"""What is in every text that holds a secret, and in some that do not; in lower case."""
_SUSPICIOUS = rf"(?i){'|'.join(map(re.escape, _SUSPECTS))}"
_COLLECTIONS = ({"services", "secrets", "callers"}, {"endpoints", "calls"})


@dataclass(frozen=True, slots=True)
class Literal:
    """A plain-text secret in a file: the path of its key, what it looks like, and where it is."""

    path: str
    looks_like: str
    place: Place


def redact(root: Node, lines: list[str], facts_of_secrets: frozenset[str]) -> list[Literal]:
    """Masks every secret value of a document in its nodes and in its lines; returns what was found, in file order.

    `facts_of_secrets` are the keys a secret may have: what stands under any other key there may be its value.
    """
    walk = _Walk(facts_of_secrets)
    walk.gather(root, (), None)
    found: dict[Place, Literal] = {}
    for path, looks_like, node in walk.found:
        found.setdefault(node.place, Literal(".".join(path), looks_like, node.place))
    hide(root, lines, [node for _, _, node in walk.found])
    if is_suspicious("\n".join([line[line.index("#") :] for line in lines if "#" in line])):
        lines[:] = [masked_comment(line) if "#" in line else line for line in lines]
    return sorted(found.values(), key=lambda literal: literal.place)


def shown(text: str) -> list[str]:
    """The lines of a text that could not be parsed, or none where something in it may be a secret."""
    return [] if is_suspicious(text) else text.splitlines()


def is_suspicious(text: str) -> bool:
    """Whether a text may hold a secret; looking for plain words is many times quicker than the expression is."""
    if not text.isascii():  # some letters are equal to ASCII ones where case does not count
        return re.search(_SUSPICIOUS, text) is not None
    lowered = text.lower()
    return any(suspect in lowered for suspect in _SUSPECTS)


@lru_cache(maxsize=4096)
def looks_like_token(text: str) -> str | None:
    """What kind of secret a text holds by its looks, whatever key it stands under."""
    if len(text) < _SHORTEST_TOKEN:
        return None
    lowered = text.lower()
    for looks_like, (marks, pattern) in _TOKENS.items():
        if any(map(lowered.__contains__, marks)) and re.search(pattern, text):
            return looks_like
    return None


def tokens(text: str) -> list[tuple[int, int]]:
    """The spans of a text that are secrets by their looks."""
    return [found.span() for _, pattern in _TOKENS.values() for found in re.finditer(pattern, text)]


class _Walk:
    """Finds the secret scalars of a tree: the path of the key, what it looks like, the node."""

    def __init__(self, facts_of_secrets: frozenset[str]) -> None:
        self.facts_of_secrets = facts_of_secrets
        self.found: list[tuple[tuple[str, ...], str, Scalar]] = []

    def gather(self, node: Node, path: tuple[str, ...], key: str | None) -> None:
        """Adds what is secret in a node; `key` is the key it stands under, as far as that may name a secret."""
        match node:
            case Scalar():
                is_secret = self.is_secret(path, key, node.written)
                looks_like = looks_like_token(node.written) or (_hidden(node) if is_secret else None)
                if looks_like is not None:
                    self.found.append((path, looks_like, node))
            case Sequence():
                for item in node.items:
                    self.gather(item, path, key)
            case Mapping():
                self.gather_mapping(node, path, None if _is_name(path) or key is None or not names_secret(key) else key)

    def gather_mapping(self, node: Mapping, path: tuple[str, ...], key: str | None) -> None:
        """Adds what is secret in a mapping; all of it, where `key` names a secret."""
        name = node.items.get("name")
        named = name[1].written if name is not None and isinstance(name[1], Scalar) else None
        within_secret = len(path) == 2 and path[0] == "secrets"
        for inner, (key_node, value) in node.items.items():
            if looks_like_token(inner):
                self.gather(key_node, (*path, inner), None)
            under = key or (named if inner == "value" and named else inner)
            # Most values are words under keys of no interest: for these nothing more is done.
            if (
                within_secret
                or not isinstance(value, Scalar)
                or holds_secret(under, value.written)
                or looks_like_token(value.written) is not None
            ):
                self.gather(value, (*path, inner), under)

    def is_secret(self, path: tuple[str, ...], key: str | None, written: str) -> bool:
        """Whether what stands at a path is secret by the names it stands under."""
        if key is not None and holds_secret(key, written):
            return path[0] != "decisions" and path[-2:] != ("uses", "secrets")
        return len(path) == 3 and path[0] == "secrets" and path[2] not in self.facts_of_secrets


def _hidden(node: Scalar) -> str | None:
    """`password`, unless a value is empty or only refers to where the secret is."""
    if node.redacted or node.value is None or isinstance(node.value, bool) or is_reference(node.written):
        return None
    return "password"


def is_reference(written: str) -> bool:
    """Whether a value is empty, a switch, or only refers to where a secret is."""
    return re.fullmatch(_REFERENCE, written) is not None and not is_random_path(written)


def is_random_path(written: str) -> bool:
    """Whether a value begins as a path does, and is none by its looks: base64 may begin with `/`."""
    return written.lstrip().startswith("/") and re.search(_RANDOM_PART, written.strip()) is not None


def _is_name(path: tuple[str, ...]) -> bool:
    """Whether the last part of a path is the name of a subject, or of the collection they are in."""
    collection = path[-2] if len(path) in (2, 4) else path[-1] if len(path) in (1, 3) else ""
    return collection in _COLLECTIONS[len(path) > 2] or path[-2:] == ("uses", "secrets")


@lru_cache(maxsize=4096)
def names_secret(key: str) -> bool:
    """Whether a key or a variable is named like a secret."""
    name = re.sub(_CAMEL, "_", key)
    return re.search(_SECRET_NAME, name) is not None and not re.search(_COUNTED, name)


def holds_secret(key: str, written: str) -> bool:
    """Whether a value stands under the name of a secret, and is no word on how one signs in."""
    if names_secret(key):
        return True
    last = key[-4:].lower()
    if last == "auth":
        return bool(re.search(_AUTH_NAME, re.sub(_CAMEL, "_", key))) and not _is_manner(written)
    return last[1:] == "key" and _is_some_key(re.sub(_CAMEL, "_", key)) and re.fullmatch(_RANDOM, written) is not None


def _is_some_key(name: str) -> bool:
    """Whether a name is that of a key which may open something."""
    return re.search(_SOME_KEY, name) is not None and not re.search(_OPEN_KEY, name)


def _is_manner(written: str) -> bool:
    """Whether a text says how one signs in, and not by what."""
    return re.fullmatch(_MANNER, written.strip()) is not None


def masked_comment(line: str) -> str:
    """A line, or a comment alone, in which what looks like a secret behind the first `#` is masked."""
    at = line.index("#")
    comment = line[at:]
    if not is_suspicious(comment):
        return line
    for _, pattern in _TOKENS.values():
        comment = re.sub(pattern, MASK, comment)
    named = re.match(_IN_COMMENT, comment)
    return line[:at] + (comment[: named.start(1)] + MASK if named else comment)
