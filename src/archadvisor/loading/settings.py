"""Settings, `path=value`, made in the tree of a workload file, which is then read as any other."""

from collections.abc import Sequence as Many
from dataclasses import dataclass

from archadvisor.errors import UnreadableInput
from archadvisor.loading.document import DEEPEST, parse
from archadvisor.loading.fields import Fields, Part, Section
from archadvisor.loading.hiding import MASK
from archadvisor.loading.node import Mapping, Node, Scalar, Sequence
from archadvisor.loading.redaction import looks_like_token
from archadvisor.loading.wording import near_names
from archadvisor.loading.workload import Reading, read_workload, reading_of_tree, workload_fields
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.fact import FactType
from archadvisor.model.place import Place

Here = Fields | Part | None
"""What may stand at a place in the file; None where anything goes, or the check of the file will tell."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A path in a workload file, and the YAML text to be put there."""

    path: str
    value: str
    place: Place | None = None
    """Where it is said, if not where it would be written."""

    @property
    def name(self) -> str:
        """What messages call it: without the value, which may be a secret."""
        return f"--set {shown(self.path)}"


def shown(path: str) -> str:
    """A path, unless it looks like a secret."""
    return MASK if looks_like_token(path) else path


def setting(written: str) -> Setting:
    """The setting that `path=value` means.

    Raises:
        UnreadableInput: there is no path, or no value.
    """
    path, _, value = (part.strip() for part in written.partition("="))
    if not path or not value:
        message = "expected a path and a value, such as `services.web.gpus=1` or `team.hosts=unknown`"
        raise UnreadableInput([Diagnostic(f"--set {shown(path)}", message)])
    return Setting(path, value)


def read_with(data: bytes, file: str, settings: Many[Setting]) -> Reading:
    """The workload in the bytes of a file as if the settings stood in it; the file must be usable without them."""
    plain = read_workload(data, file)
    if plain.workload is None or not settings:
        return plain
    root = parse(data.decode("utf-8-sig"), file)
    assert isinstance(root, Mapping)
    try:
        apply(root, settings)
    except UnreadableInput as error:
        return Reading(file, None, error.diagnostics, plain.lines)
    found = reading_of_tree(root, file, data.decode("utf-8-sig"), list(plain.lines))
    return Reading(file, found.workload, found.diagnostics, plain.lines)


def apply(root: Mapping, settings: Many[Setting]) -> None:
    """Makes settings in a tree.

    Raises:
        UnreadableInput: some of them cannot be made; with every problem.
    """
    problems: list[Diagnostic] = []
    for each in settings:
        try:
            _set(root, each)
        except UnreadableInput as error:
            problems += error.diagnostics
    if problems:
        raise UnreadableInput(problems)


def _set(root: Mapping, given: Setting) -> None:
    """Puts the value where the path says, making groups on the way, but no subjects."""
    *way, last = given.path.split(".")
    if len(way) >= DEEPEST:
        message = f"the path has more than {DEEPEST} parts"
        raise UnreadableInput([Diagnostic(given.name, message, given.place)])
    node = root
    here: Here = workload_fields()
    for depth, key in enumerate(way):
        if isinstance(here, Part) and key not in node.items:
            raise _no_subject(given, ".".join(way[:depth]), key, node)
        here = _within(here, given, key)
        node = _entered(node, key, given)
    place = given.place or (node.items[last][1].place if last in node.items else node.place)
    node.items[last] = (Scalar(last, last, place), _value(given, place))


def _within(here: Here, given: Setting, key: str) -> Here:
    """What may stand under a key."""
    if isinstance(here, Part):
        return here.fields
    field = here.by_key.get(key) if here else None
    match field:
        case Part(_, True):
            return field
        case Section(fields) | Part(_, False, fields):
            return fields
        case FactType():
            message = f"`{key}` is a single value, and nothing can be set within it"
            raise UnreadableInput([Diagnostic(given.name, message, given.place)])
    return None


def _entered(node: Mapping, key: str, given: Setting) -> Mapping:
    """The mapping under a key, made where there is none."""
    pair = node.items.get(key)
    if pair is not None and isinstance(pair[1], Mapping):
        return pair[1]
    place = given.place or (pair[1].place if pair else node.place)
    inner = Mapping(place)
    node.items[key] = (Scalar(key, key, place), inner)
    return inner


def _no_subject(given: Setting, collection: str, key: str, node: Mapping) -> UnreadableInput:
    near = near_names(key, node.items)
    hint = near or f"to add it, set the whole of it: `{shown(f'{collection}.{key}')}={{…}}`"
    message = f"there is no `{shown(key)}` in `{collection}`"
    return UnreadableInput([Diagnostic(given.name, message, given.place, hint)])


def _value(given: Setting, place: Place) -> Node:
    """The value as a tree, all of it at one place of the file: where it would be written."""
    try:
        value = parse(given.value, given.name)
    except UnreadableInput:
        hint = "put quotes around text that holds `:`, `#`, `{`, `[` or the like"
        raise UnreadableInput([Diagnostic(given.name, "the value is no YAML", given.place, hint)]) from None
    _move(value, place)
    return value


def _move(node: Node, place: Place) -> None:
    node.place = place
    match node:
        case Mapping():
            for key, value in node.items.values():
                key.place = place
                _move(value, place)
        case Sequence():
            for item in node.items:
                _move(item, place)
        case Scalar():
            pass
