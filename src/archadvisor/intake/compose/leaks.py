"""Secrets that stand in plain text in Compose files and in the files of variables that they name."""

from collections.abc import Iterator, Sequence

from archadvisor.intake.arguments import secret_arguments
from archadvisor.intake.compose.extends import Layer
from archadvisor.intake.compose.forms import as_variables
from archadvisor.intake.compose.project import Part
from archadvisor.intake.compose.template import Filled, filled
from archadvisor.intake.embedded import holds_literal_secret
from archadvisor.intake.secrets import is_secret
from archadvisor.intake.tree import at, items, pairs
from archadvisor.intake.values import as_name
from archadvisor.loading.node import Mapping, Node, Scalar
from archadvisor.loading.node import Sequence as List
from archadvisor.loading.redaction import looks_like_token
from archadvisor.model.intake import Leak
from archadvisor.model.place import Place

_VARIABLES = (("environment",), ("build", "args"))
"""Where a service names variables and gives them values."""
_COMMANDS = (("command",), ("entrypoint",), ("healthcheck", "test"))
"""Where a service names arguments, in a line or in a list."""
_SAID = frozenset({"environment", "image", "extends", "env_file", "secrets", "depends_on"})
"""Keys that are looked at for themselves, or hold no values."""


def leaks(part: Part, service: str) -> list[Leak]:
    """The secrets in plain text of a service, each place once: of every layer, also where a later one replaces it."""
    found = [*_in_layers(part), *_in_files(part)]
    by_place = {place: (key, secret) for place, key, secret in reversed(found)}
    return [
        Leak(service, as_name(secret.lower()), place.file, place._replace(file=""), key)
        for place, (key, secret) in reversed(by_place.items())
    ]


def leaks_of_configs(file: str, documents: Sequence[Node]) -> Iterator[Leak]:
    """The configs of a file whose content is written with them and holds a secret in plain text."""
    for key, config in (pair for root in documents for pair in pairs(at(root, "configs"))):
        content = at(config, "content")
        text = filled(content.written, {}).text if isinstance(content, Scalar) else ""
        if content is not None and (looks_like_token(text) is not None or holds_literal_secret(text)):
            name = as_name(key.written)
            yield Leak(name, name.lower(), file, content.place, key.written)


def _in_layers(part: Part) -> Iterator[tuple[Place, str, str]]:
    for layer in part.layers:
        yield from _in_variables(part, layer)
        for path in _COMMANDS:
            for node, option in _secrets_in_command(at(layer.raw, *path)):
                yield node.place, path[0], option
        for name, (_, value) in layer.raw.items.items():
            if name not in _SAID:
                for node in _tokens(value):
                    yield node.place, name, f"{name}-of-{part.key.written}"


def _in_variables(part: Part, layer: Layer) -> Iterator[tuple[Place, str, str]]:
    for path in _VARIABLES:
        for key, value in pairs(as_variables(at(layer.raw, *path) or Mapping(part.key.place))):
            place = _secret_at(key, value, layer)
            if place is not None:
                yield place, key.written, key.written


def _secret_at(key: Scalar, value: Node, layer: Layer) -> Place | None:
    """Where the secret of a variable stands: with the variable itself, or in the file that sets what it is set to."""
    if not isinstance(value, Scalar) or not value.written:
        return None
    if is_secret(key.written, _known(filled(value.written, {}))):
        return key.place
    whole = filled(value.written, layer.document.variables)
    is_leak = bool(whole.places) and is_secret(key.written, _known(whole))
    return next((place for place in whole.places if place.file != key.place.file), None) if is_leak else None


def _known(found: Filled) -> str:
    """A text as far as it is known: what hangs on a variable that nothing sets is no secret that stands here."""
    return "" if found.missing and looks_like_token(found.text) is None else found.text


def _secrets_in_command(command: Node | None) -> Iterator[tuple[Node, str]]:
    """The arguments that hold a secret, each with the name of its option."""
    arguments = [command] if isinstance(command, Scalar) else items(command)
    texts = [filled(each.written, {}).text if isinstance(each, Scalar) else "" for each in arguments]
    for number, option in secret_arguments(texts):
        yield arguments[number], option


def _tokens(node: Node) -> Iterator[Scalar]:
    """The values in a tree that are secrets by their looks."""
    match node:
        case Scalar():
            if looks_like_token(filled(node.written, {}).text) is not None:
                yield node
        case List():
            for item in node.items:
                yield from _tokens(item)
        case Mapping():
            for _, value in node.items.values():
                yield from _tokens(value)


def _in_files(part: Part) -> Iterator[tuple[Place, str, str]]:
    for variables in part.env_files:
        for name, variable in variables.items():
            if is_secret(name, variable.value or ""):
                yield variable.place, name, name
