"""Files of other tools as a workload in memory, whose places are those of the files."""

from collections.abc import Sequence
from dataclasses import replace

from archadvisor.errors import UnknownKind, UnreadableInput
from archadvisor.loading.discovery import is_meant_as_workload, read_bytes
from archadvisor.loading.document import parse, parse_foreign
from archadvisor.loading.masking import masked, masked_variables
from archadvisor.loading.node import Mapping, Scalar, text_at
from archadvisor.loading.redaction import Literal
from archadvisor.loading.settings import Setting, apply
from archadvisor.loading.workload import Reading, is_workload_tree, reading_of_tree
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.intake import Imported, Leak
from archadvisor.model.place import START, Place
from archadvisor.model.workload import Stated, Subject, Workload
from archadvisor.rendering.sheet import bare_file
from archadvisor.workflows.decoding import decoded
from archadvisor.workflows.intake import joined, survey_of
from archadvisor.workflows.together import Together, together

_HINT = "a workload file begins with `version: 1` and a `name`"


def reading_of_foreign(reading: Reading, given: bytes | None) -> Reading:
    """What came of a file that is no workload file: the workload it describes, if it is another tool's.

    What is plainly meant as a workload file keeps its own diagnostics.
    """
    data = read_bytes(reading.file) if given is None else given
    if isinstance(data, Diagnostic) or _is_workload(reading.file, data):
        return reading
    try:
        content = reading.file, data
        return foreign_reading(reading.file, together([(content, survey_of(*content))]))
    except UnknownKind as error:
        if _has_quoted_version(reading.file, data):
            return reading
        unknown = tuple(replace(found, hint=_HINT) for found in error.diagnostics)
        return replace(reading, diagnostics=unknown)
    except UnreadableInput as error:
        return replace(reading, diagnostics=error.diagnostics)


def foreign_reading(name: str, files: Together) -> Reading:
    """The workload that surveyed files describe together, under a name for all of them."""
    found = joined(files.surveys)
    shown = {file: _masked(file, data, found.leaks) for file, data in files.contents}
    root = parse(bare_file(found.sheet), name)
    assert isinstance(root, Mapping)
    _move(root, found, files.surveys[0][0])
    apply(root, [Setting(fact.path, fact.written, fact.place._replace(file=fact.file)) for fact in found.facts])
    reading = reading_of_tree(root, name, "", [])
    if reading.workload is None:
        return reading
    exposed = {(file, leak): literal for file, (_, leaks) in shown.items() for leak, literal in leaks.items()}
    texts = tuple((file, lines) for file, (lines, _) in shown.items())
    return replace(reading, workload=_with_origin(reading.workload, found, texts, exposed))


def _with_origin(
    workload: Workload,
    found: Imported,
    files: tuple[tuple[str, tuple[str, ...]], ...],
    exposed: dict[tuple[str, Place], Literal],
) -> Workload:
    """The workload with the secrets in plain text of its files, their lines, and what was left out of them."""
    literals = [_literal(leak, exposed.get((leak.file, leak.place))) for leak in found.leaks]
    said = [each for each in found.remarks if not each.is_unread]
    left_out = tuple((each.message, each.place._replace(file=each.file)) for each in said)
    unread = tuple(Diagnostic(each.file, each.message, each.place) for each in found.remarks if each.is_unread)
    root = replace(workload.root, parts=(*workload.root.parts, *literals))
    return replace(workload, root=root, files=files, left_out=left_out, unread=unread)


def _literal(leak: Leak, literal: Literal | None) -> Subject:
    place = (literal.place if literal else leak.place)._replace(file=leak.file)
    facts = {"literal.looks_like": Stated(literal.looks_like if literal else "password")}
    return Subject("literal", leak.key, f"services.{leak.service}.{leak.key}", facts, (), place)


def _masked(file: str, data: bytes, leaks: Sequence[Leak]) -> tuple[tuple[str, ...], dict[Place, Literal]]:
    """The lines of a file, secrets masked, and what its leaks look like; of a file of variables only their names."""
    try:
        text = decoded(data, file)
        roots = parse_foreign(text, file)
    except UnreadableInput:
        return masked_variables(data.decode("utf-8", "replace")), {}
    if all(isinstance(root, Scalar) for root in roots):
        return masked_variables(text), {}
    return masked(roots, text, [leak.place for leak in leaks if leak.file == file])


def _move(root: Mapping, found: Imported, first: str) -> None:
    """Gives the names in a tree the places they have in the files."""
    places: dict[str, Place] = {}
    for leak in found.leaks:
        places.setdefault(f"secrets.{leak.secret}", leak.place._replace(file=leak.file))
    for fact in found.facts:
        for part in _owners(fact.path):
            places.setdefault(part, fact.place._replace(file=fact.file))
    places |= dict(found.places)
    _move_into(root, "", places, START._replace(file=first))


def _owners(path: str) -> list[str]:
    """The paths of what contains a fact."""
    names = path.split(".")
    return [".".join(names[:depth]) for depth in range(2, len(names))]


def _move_into(node: Mapping, path: str, places: dict[str, Place], default: Place) -> None:
    node.place = default
    for name, (key, value) in node.items.items():
        where = f"{path}.{name}" if path else name
        key.place = value.place = places.get(where, default)
        if isinstance(value, Mapping):
            _move_into(value, where, places, key.place)


def _has_quoted_version(file: str, data: bytes) -> bool:
    """Whether a file of no known kind has the version of a workload file, though as text."""
    root = parse_foreign(decoded(data, file), file)[0]
    return isinstance(root, Mapping) and text_at(root, "version") == "1"


def _is_workload(file: str, data: bytes) -> bool:
    """Whether a file is meant as a workload file: by its name, by its first line, or by a key no other tool has."""
    if is_meant_as_workload(file, data):
        return True
    try:
        root = parse_foreign(decoded(data, file), file)[0]
    except UnreadableInput:
        return False
    return not isinstance(root, Mapping) or is_workload_tree(root)
