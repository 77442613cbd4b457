"""A workload file to a `Workload`, or to everything that is wrong with the file."""

from functools import cache
from typing import Any

from archadvisor.errors import UnreadableInput
from archadvisor.loading.check import Checker
from archadvisor.loading.document import parse
from archadvisor.loading.fields import Fields, Part, Section, facts_of, fields_of
from archadvisor.loading.hiding import hide
from archadvisor.loading.home import published
from archadvisor.loading.layout import Layout
from archadvisor.loading.node import Mapping, Node, Scalar, Sequence, pairs_at, text_at, value_at
from archadvisor.loading.redaction import Literal, redact, shown
from archadvisor.loading.suppressions import suppressions
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.fact import FactType, Value, Vocabulary
from archadvisor.model.fix import Editor, uneditable
from archadvisor.model.frozen import dataclass, replace
from archadvisor.model.place import START, Place
from archadvisor.model.quantity import quantity
from archadvisor.model.suppression import Misfit, Suppression
from archadvisor.model.workload import Declaration, Stated, Subject, Workload

_SHARED = frozenset({"version", "name", "description", "services", "secrets"})
LARGEST = 2 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of reading a file: its workload, or the diagnostics that say why there is none."""

    file: str
    workload: Workload | None
    diagnostics: tuple[Diagnostic, ...]
    lines: tuple[str, ...]


def read_workload(data: bytes, file: str) -> Reading:
    """The workload in the bytes of a file named `file`, secrets masked."""
    if len(data) > LARGEST:
        return Reading(file, None, (Diagnostic(file, f"the file is larger than {LARGEST // 1024**2} MiB", START),), ())
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        from archadvisor.loading.syntax import undecodable

        return Reading(file, None, (undecodable(error, file),), ())
    try:
        root = parse(text, file)
    except UnreadableInput as error:
        return Reading(file, None, error.diagnostics, tuple(shown(text)))
    lines = text.splitlines()
    layout = Layout(tuple(map(len, lines)), "\r\n" if "\r\n" in text else "\n")
    return reading_of_tree(root, file, text, lines, layout)


def reading_of_tree(root: Node, file: str, text: str, lines: list[str], layout: Layout | None = None) -> Reading:
    """What came of a parsed file; its secrets are masked in the tree and in its lines.

    Without the layout of its text nothing can be fixed in it.
    """
    literals = redact(root, lines, _facts_of_secrets())
    problems = _problems(root, file, lines)
    if problems or not isinstance(root, Mapping):
        return Reading(file, None, tuple(problems), tuple(lines))
    workload = _workload(root, file, literals, tuple(lines), layout)
    found = list(suppressions(text, root))
    accepted = tuple(each for each in found if isinstance(each, Suppression))
    misfits = tuple(each for each in found if isinstance(each, Misfit))
    return Reading(file, replace(workload, suppressions=accepted, misfits=misfits), (), tuple(lines))


def _problems(root: Node, file: str, lines: list[str]) -> list[Diagnostic]:
    """What is wrong with the shape of a document; what may be a secret in the wrong place is masked before it is told.

    The hints are those that go with what was written: they name known words alone.
    """
    misfits = _checker().misfits(root, file)
    if not misfits:
        return []
    from archadvisor.loading.concealing import doubtful

    found = doubtful(root, [node for _, node in misfits])
    if not found:
        return [problem for problem, _ in misfits]
    hide(root, lines, found)
    hints = {id(node): problem.hint for problem, node in misfits}
    return [replace(problem, hint=hints.get(id(node))) for problem, node in _checker().misfits(root, file)]


def workload_fields() -> Fields:
    """What the keys of a workload file hold."""
    return _fields()


def is_workload_tree(root: Node) -> bool:
    """Whether a document is meant as a workload file: by its version, or by a key that no other tool has."""
    if not isinstance(root, Mapping):
        return False
    version = value_at(root, "version")
    own = frozenset(_schema()["properties"]) - _SHARED
    return (isinstance(version, Scalar) and version.value == 1) or not own.isdisjoint(root.items)


def stated_facts() -> Vocabulary:
    """Every fact that a workload file can state, by name."""
    return facts_of(_fields())


@cache
def _schema() -> dict[str, Any]:
    return published("workload")


@cache
def _checker() -> Checker:
    return Checker(_schema())


@cache
def _fields() -> Fields:
    return fields_of(_schema())


@cache
def _facts_of_secrets() -> frozenset[str]:
    secrets = _fields().by_key["secrets"]
    assert isinstance(secrets, Part)
    return frozenset(key for key, field in secrets.fields.by_key.items() if field)


def _workload(
    root: Mapping, file: str, literals: list[Literal], lines: tuple[str, ...], layout: Layout | None
) -> Workload:
    name = text_at(root, "name") or ""
    facts: dict[str, Stated] = {}
    parts: list[Subject] = []
    _gather(root, _fields(), "", facts, parts)
    parts += [_literal(literal) for literal in literals]
    whole = Subject("workload", name, "", facts, tuple(parts), root.items["name"][0].place)
    editor = _editor(root, lines, layout) if layout else uneditable
    return Workload(file, name, whole, tuple(_declarations(root)), lines, editor=editor)


def _editor(root: Mapping, lines: tuple[str, ...], layout: Layout) -> Editor:
    """The editor of a file, made ready when it is first asked: most files need no fix."""

    @cache
    def ready() -> Editor:
        from archadvisor.loading.edits import edits_in

        return edits_in(root, lines, layout)

    return lambda steps: ready()(steps)


def _subject(part: Part, name: str, path: str, node: Mapping | None, place: Place | None) -> Subject:
    facts: dict[str, Stated] = {}
    parts: list[Subject] = []
    _gather(node, part.fields, path, facts, parts)
    return Subject(part.subject, name, path, facts, tuple(parts), place)


def _gather(node: Mapping | None, fields: Fields, path: str, facts: dict[str, Stated], parts: list[Subject]) -> None:
    """Adds what a mapping states to `facts`, and the subjects it holds to `parts`."""
    held = node.items if node else {}
    for key, (_, value) in held.items():
        match fields.by_key.get(key):
            case FactType() as fact:
                facts[fact.name] = _stated(fact, value)
            case Section(inner) if isinstance(value, Mapping):
                _gather(value, inner, path, facts, parts)
            case Part(_, True) as part if isinstance(value, Mapping):
                parts += [_under(part, name, _joined(path, key, name), pair) for name, pair in value.items.items()]
            case _:
                pass
    for key, single in fields.single:
        pair = held.get(key)
        parts.append(_under(single, path.rpartition(".")[2], _joined(path, key), pair))


def _under(part: Part, name: str, path: str, pair: tuple[Scalar, Node] | None) -> Subject:
    """A subject that stands under a key, if that is there; its place is the key's."""
    if pair is None:
        return _subject(part, name, path, None, None)
    key, value = pair
    return _subject(part, name, path, value if isinstance(value, Mapping) else None, key.place)


def _joined(*parts: str) -> str:
    return ".".join(filter(None, parts))


def _stated(fact: FactType, node: Node) -> Stated:
    if not isinstance(node, Scalar):
        return Stated(_value(fact, node), node.place)
    return Stated(None if node.redacted else _value(fact, node), node.place, node.redacted)


def _value(fact: FactType, node: Node) -> Value | None:
    if isinstance(node, Sequence):
        return tuple(dict.fromkeys(item.written for item in node.items if isinstance(item, Scalar)))
    assert isinstance(node, Scalar)
    if node.value == "unknown" or node.value is None:
        return None
    if fact.unit is not None and not (isinstance(node.value, str) and node.value in fact.words):
        return quantity(node.value, fact.unit)
    return node.value


def _literal(literal: Literal) -> Subject:
    facts = {"literal.looks_like": Stated(literal.looks_like)}
    return Subject("literal", literal.path.rpartition(".")[2], literal.path, facts, (), literal.place)


def _declarations(root: Mapping) -> list[Declaration]:
    """What the file has decided: `compute: fargate` for all subjects, `compute: {web: fargate}` for one."""
    found: list[Declaration] = []
    for key, value in pairs_at(root, "decisions"):
        decision = key.written
        match value:
            case Scalar():
                found.append(Declaration(decision, None, value.written, value.place))
            case Mapping():
                named = [(name, inner) for name, (_, inner) in value.items.items() if isinstance(inner, Scalar)]
                found += [Declaration(decision, name, inner.written, inner.place) for name, inner in named]
    return found
