"""A workload as it was stated: subjects, their facts, and where each is written."""

from collections.abc import Mapping
from typing import NamedTuple

from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.fact import SubjectKind, Value
from archadvisor.model.fix import Editor, uneditable
from archadvisor.model.frozen import dataclass, field
from archadvisor.model.place import Place
from archadvisor.model.suppression import Misfit, Suppression


class Stated(NamedTuple):
    """What a file says of a fact: a value, None where it says `unknown`, and where."""

    value: Value | None
    place: Place | None = None
    redacted: bool = False


@dataclass(frozen=True, slots=True)
class Subject:
    """Something rules speak of, with its stated facts and the subjects it contains."""

    kind: SubjectKind
    name: str
    path: str
    """Where it is in the file, such as `services.web.endpoints.shop`; empty for the workload."""
    facts: Mapping[str, Stated]
    parts: tuple["Subject", ...] = ()
    place: Place | None = None

    @property
    def short_name(self) -> str:
        """The path as people call it, without the names of collections: `web.shop`."""
        return short_name(self.path)

    def all(self) -> "list[Subject]":
        """This subject and all that it contains, in the order of the file."""
        found = [self]
        for part in self.parts:
            found += part.all() if part.parts else (part,)
        return found


def short_name(path: str) -> str:
    """A path without the names of collections: `web.shop` for `services.web.endpoints.shop`."""
    return ".".join(path.split(".")[1::2])


def is_named(path: str, name: str) -> bool:
    """Whether a name means the subject at a path: `web`, `web.shop`, or the whole path."""
    return name in (path, short_name(path))


@dataclass(frozen=True, slots=True)
class Declaration:
    """An option that the file says is already decided; without a subject it holds for all of them."""

    decision: str
    subject: str | None
    option: str
    place: Place | None = None

    def means(self, path: str) -> bool:
        """Whether it speaks of the subject at a path."""
        return self.subject is None or is_named(path, self.subject)


@dataclass(frozen=True, slots=True)
class Workload:
    """One workload file: its subjects, its declarations, and its lines with secrets masked."""

    file: str
    name: str
    root: Subject
    declarations: tuple[Declaration, ...] = ()
    lines: tuple[str, ...] = field(default=(), repr=False)
    suppressions: tuple[Suppression, ...] = ()
    misfits: tuple[Misfit, ...] = ()
    editor: Editor = field(default=uneditable, repr=False, compare=False)
    """What a fix comes to in the file."""
    files: tuple[tuple[str, tuple[str, ...]], ...] = field(default=(), repr=False)
    """The files it was read from, where they are of another tool, each with its lines, secrets masked."""
    left_out: tuple[tuple[str, Place], ...] = ()
    """What those files say and a workload does not, with where."""
    unread: tuple[Diagnostic, ...] = ()
    """Files that belong to it, and were not read."""
