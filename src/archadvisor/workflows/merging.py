"""Importing again: what is new goes into the workload file, and what a person has written there stays."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from archadvisor.editing.diff import unified
from archadvisor.editing.spans import applied
from archadvisor.errors import UnreadableInput
from archadvisor.loading.discovery import read_bytes
from archadvisor.loading.document import parse
from archadvisor.loading.layout import Layout
from archadvisor.loading.node import Mapping as Group
from archadvisor.loading.node import value_at
from archadvisor.loading.outline import Outline, Unclear
from archadvisor.loading.workload import Reading, read_workload
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.fact import Known
from archadvisor.model.fix import Edit
from archadvisor.model.intake import Imported
from archadvisor.rendering.intake import imported_file
from archadvisor.rendering.paint import printable
from archadvisor.rendering.sheet import Tree, in_block, in_flow, tree_of
from archadvisor.storage import atomic
from archadvisor.workflows.decoding import encoded_as

_FORCE = "`--force` replaces it"
_MOST = 1000


@dataclass(frozen=True, slots=True)
class Merge:
    """A workload file as it is and as it would be."""

    file: str
    before: Reading
    after: Reading
    data: bytes
    """What it would be."""
    original: bytes
    kept: tuple[str, ...]
    """The paths of facts that the files say otherwise, and that stay as they are."""

    @property
    def is_changed(self) -> bool:
        """Whether there is anything new."""
        return self.data != self.original

    def diff(self) -> str:
        """What is new, as a diff in which secrets are masked."""
        before, after = ([f"{printable(line)}\n" for line in each.lines] for each in (self.before, self.after))
        return unified(printable(self.file), before, after)


def merge(found: Imported, file: str) -> Merge:
    """What was imported, merged into the workload file that is there.

    Raises:
        UnreadableInput: that cannot be read, is no workload file, or has no place for what is new.
    """
    data = read_bytes(file)
    if isinstance(data, Diagnostic):
        raise UnreadableInput([data])
    before = read_workload(data, file)
    if before.workload is None:
        message = "it is there already, and is no workload file to merge with"
        problems = [Diagnostic(file, message, None, _FORCE), *before.diagnostics]
        raise UnreadableInput(problems, {file: before.lines})
    text = _with_all(data.decode("utf-8-sig"), found, file)
    made = encoded_as(data, text)
    after = read_workload(made, file)
    if after.workload is None:
        raise _no_room(file)
    return Merge(file, before, after, made, data, tuple(_kept(after, found)))


def _with_all(text: str, found: Imported, file: str) -> str:
    """The text with all that is new, one key after the other."""
    about = {fact.path: fact.evidence for fact in found.facts}
    for _ in range(_MOST):
        root = parse(text, file)
        assert isinstance(root, Group)
        missing = next(_missing(root, tree_of(found.sheet), ""), None)
        if missing is None:
            return text
        try:
            text = applied(text, [_addition(Outline(root, text.splitlines(), _layout(text)), missing, about)])
        except Unclear:
            raise _no_room(file) from None
    raise _no_room(file)


@dataclass(frozen=True, slots=True)
class _Missing:
    """A key that a group has not, with what is to stand under it."""

    group: Group
    parent: str
    key: str
    value: Tree | str


def _missing(group: Group, tree: Tree, path: str) -> Iterator[_Missing]:
    """What a tree has and a group of the file has not."""
    for key, value in tree.items():
        inner = value_at(group, key)
        if inner is None:
            yield _Missing(group, path, key, value)
        elif isinstance(inner, Group) and isinstance(value, dict):
            yield from _missing(inner, value, f"{path}.{key}" if path else key)


def _addition(outline: Outline, missing: _Missing, about: Mapping[str, str]) -> Edit:
    if outline.is_flow(missing.group):
        return outline.with_pair(missing.group, in_flow(missing.key, missing.value))
    indent = outline.layout.newline + " " * (missing.group.place.column - 1)
    lines = in_block(missing.key, missing.value, missing.parent, about)
    return outline.with_pair(missing.group, indent.join(lines))


def _layout(text: str) -> Layout:
    return Layout(tuple(map(len, text.splitlines())), "\r\n" if "\r\n" in text else "\n")


def _kept(after: Reading, found: Imported) -> Iterator[str]:
    """The facts that the file says otherwise than what was imported."""
    own = _facts(after)
    real = _facts(read_workload(imported_file(found).encode(), after.file))
    yield from (path for path, value in real.items() if path in own and own[path] != value)


def _facts(reading: Reading) -> dict[str, Known]:
    subjects = reading.workload.root.all() if reading.workload else ()
    return {
        f"{subject.path}.{name.partition('.')[2]}" if subject.path else name: stated.value
        for subject in subjects
        for name, stated in subject.facts.items()
        if subject.kind != "literal"
    }


def _no_room(file: str) -> UnreadableInput:
    message = "what is new cannot be merged into it without touching something else"
    return UnreadableInput([Diagnostic(file, message, None, f"{_FORCE}, and `-o` names another file")])


def save_merge(made: Merge) -> None:
    """Writes the merged file.

    Raises:
        UnreadableInput: it has changed meanwhile, or cannot be written.
    """
    try:
        if atomic.replace(made.file, made.data, made.original):
            return
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        raise UnreadableInput([Diagnostic(made.file, f"the file cannot be written: {reason}")]) from None
    message = "the file changed while it was merged, and was left as it is"
    raise UnreadableInput([Diagnostic(made.file, message, None, "run it again")])
