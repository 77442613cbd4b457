"""The lines of a file of another tool, with what is secret in them masked."""

import re
from collections.abc import Collection, Iterable, Iterator

from archadvisor.loading.hiding import MASK, mask
from archadvisor.loading.node import Mapping, Node, Scalar, Sequence, text_at
from archadvisor.loading.redaction import (
    Literal,
    holds_secret,
    is_reference,
    looks_like_token,
    masked_comment,
    names_secret,
    tokens,
)
from archadvisor.model.place import Place

_COLLECTIONS = frozenset({"secret", "secrets"})
"""Keys under which other tools list the names of secrets."""
_OF_A_SECRET = frozenset({"data", "stringData"})
_VARIABLE = re.compile(r"\s*(?:export\s+)?[A-Za-z_][\w.-]*\s*[=:]")
_DEFAULT = re.compile(r"\$\{\w+:?-[^}]")


def masked(roots: Iterable[Node], text: str, leaks: Collection[Place]) -> tuple[tuple[str, ...], dict[Place, Literal]]:
    """The lines of a text that was parsed to `roots`, and what stands at each of the `leaks`.

    A leak is the place of a key, of a value or of a list item that holds a secret, or that of a word in a script.
    """
    lines = text.splitlines()
    search = _Search(lines, frozenset(leaks))
    for root in roots:
        search.look(root, False)
    for place in search.secrets:
        mask(lines, place)
    return tuple(masked_comment(line) if "#" in line else line for line in lines), search.exposed


def masked_variables(text: str) -> tuple[str, ...]:
    """The lines of a file of variables, with names only: every value is masked, and so is what goes over lines."""
    return tuple(_named(line) for line in text.splitlines())


def _named(line: str) -> str:
    if line.lstrip().startswith("#") or not line.strip():
        return masked_comment(line) if "#" in line else line
    found = _VARIABLE.match(line)
    return f"{found[0]}{MASK}" if found else MASK


class _Search:
    """Looks for secrets in a tree: `secrets` is where they stand, `exposed` what stands at the known leaks."""

    def __init__(self, lines: list[str], leaks: frozenset[Place]) -> None:
        self.lines = lines
        self.leaks = leaks
        self.secrets: dict[Place, None] = {}
        self.exposed: dict[Place, Literal] = {}

    def look(self, node: Node, secret: bool) -> None:
        """Adds what is secret in a node, which may be so by the key that it stands under."""
        match node:
            case Scalar():
                if not secret and self.is_script(node):
                    self.script(node)
                elif looks_like_token(node.written) or (secret and _is_value(node)):
                    self.secrets[node.place] = None
            case Sequence():
                for item in node.items:
                    self.item(item, secret)
            case Mapping():
                self.mapping(node, secret)

    def item(self, node: Node, secret: bool) -> None:
        """Adds an item of a list, which may be a variable as `NAME=value`."""
        if not isinstance(node, Scalar):
            self.look(node, secret)
        elif node.place in self.leaks:
            self.leaked(node.place, node, self.behind_name(node))
        elif self.is_script(node) and not secret:
            self.script(node)
        else:
            name, equals, value = node.written.partition("=")
            self.look(node, secret or (bool(equals) and holds_secret(name.strip(), value)))

    def mapping(self, node: Mapping, secret: bool) -> None:
        """Adds what is secret under the keys of a mapping."""
        named = holds_secret(text_at(node, "name") or "", text_at(node, "value") or "")
        of_a_secret = text_at(node, "kind") == "Secret"
        for name, (key, value) in node.items.items():
            if looks_like_token(name):
                self.secrets[key.place] = None
            own = (
                holds_secret(name, value.written)
                if isinstance(value, Scalar)
                else names_secret(name) and name.lower() not in _COLLECTIONS
            )
            self.look(value, secret or own or (named and name == "value") or (of_a_secret and name in _OF_A_SECRET))
            for place in self.leaks & {key.place, value.place}:
                self.leaked(place, value, value.place)

    def leaked(self, leak: Place, node: Node, where: Place) -> None:
        """Adds what stands at a known leak."""
        written = node.written if isinstance(node, Scalar) else ""
        self.exposed[leak] = Literal("", looks_like_token(written) or "password", where)
        self.secrets[where] = None

    def is_script(self, node: Scalar) -> bool:
        """Whether words of a value are known leaks; a private key goes over lines, so that all of it counts."""
        return looks_like_token(node.written) != "private_key" and any(self.words(node))

    def words(self, node: Scalar) -> Iterator[Place]:
        """The known leaks within a value."""
        start, end = node.place[:2], node.place[2:4]
        for leak in self.leaks:
            if leak != node.place and start <= leak[:2] and leak[2:4] <= end:
                yield leak

    def script(self, node: Scalar) -> None:
        """Adds the words of a script that are known leaks, and what else has the looks of a secret on its lines."""
        leaks = sorted(self.words(node))
        for leak in leaks:
            text = self.lines[leak.line - 1][
                leak.column - 1 : leak.end_column - 1 if leak.line == leak.end_line else None
            ]
            self.exposed[leak] = Literal("", looks_like_token(text) or "password", leak)
            self.secrets[leak] = None
        for number in range(node.place.line, node.place.end_line + 1):
            for start, end in tokens(self.lines[number - 1]):
                known = [leak.column for leak in leaks if leak.line == number and start < leak.column <= end]
                self.secrets[Place(number, min(known, default=start + 1), number, end + 1)] = None

    def behind_name(self, item: Scalar) -> Place:
        """The place of the value in `NAME=value`; the whole item where it is not plainly written so on one line."""
        place, name = item.place, item.written.partition("=")[0]
        line = self.lines[place.line - 1][: place.end_column - 1] if place.line == place.end_line else ""
        at = line.find(f"{name}=", place.column - 1)
        if at < 0 or not re.fullmatch(r"\w+", name):
            return place
        closing = line[-1] in "'\"" and line[place.column - 1] == line[-1]
        start = at + len(name) + 2
        return place._replace(column=start, end_column=max(start + 1, place.end_column - closing))


def _is_value(node: Scalar) -> bool:
    """Whether a scalar under the name of a secret is one, and no reference to it."""
    if node.value is None or isinstance(node.value, bool):
        return False
    return not is_reference(node.written) or _DEFAULT.search(node.written) is not None
