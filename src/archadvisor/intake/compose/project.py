"""Several Compose files as the one project that Compose makes of them."""

import os
from collections import ChainMap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from archadvisor.intake.compose.dotenv import variables_of
from archadvisor.intake.compose.extends import Document, Extended, Layer
from archadvisor.intake.compose.files import Files, Read, located, size_of
from archadvisor.intake.compose.forms import as_list, is_true, said
from archadvisor.intake.compose.merge import merged
from archadvisor.intake.compose.template import Variable, Variables
from archadvisor.intake.tree import at, items, pairs
from archadvisor.loading.node import Mapping, Node, Scalar, value_at
from archadvisor.model.intake import Remark
from archadvisor.model.place import START

SECTIONS = ("services", "jobs")
_NAME = "COMPOSE_PROJECT_NAME"
Given = tuple[str, Sequence[Node]]
"""A file and its documents."""


@dataclass(frozen=True, slots=True)
class Part:
    """A service or a job, with the layers it was made of, the last one on top."""

    section: str
    key: Scalar
    node: Mapping
    layers: tuple[Layer, ...]
    env_files: tuple[Variables, ...]
    """The variables that files give to it."""


@dataclass(frozen=True, slots=True)
class Project:
    """What Compose files come to together."""

    root: Mapping
    parts: tuple[Part, ...]
    name: str | None
    remarks: tuple[Remark, ...]


def project(given: Sequence[Given], read: Read) -> Project:
    """The project of some files, the later ones over the earlier ones; other files are read where those name them.

    Raises:
        UnreadableInput: what it comes to is too large.
    """
    return _Assembly(Files(read)).project(given)


@dataclass(slots=True)
class _Assembly:
    """Puts files together, and notes the layers of each service and which files are included."""

    files: Files
    layers: dict[tuple[str, str], list[Layer]] = field(default_factory=dict)
    included: set[str] = field(default_factory=set)
    extended: Extended = field(init=False)

    def __post_init__(self) -> None:
        self.extended = Extended(self.files)

    def project(self, given: Sequence[Given]) -> Project:
        folder = os.path.dirname(given[0][0])
        variables = self.files.variables(folder, {})
        root = self.whole(given, folder, variables)
        parts = tuple(self.parts(root, folder, variables))
        name = variables.get(_NAME)
        return Project(root, parts, _name(root, name), tuple(self.files.remarks))

    def whole(self, given: Sequence[Given], folder: str, variables: Variables) -> Mapping:
        """All documents of some files, each over those before it."""
        root = Mapping(START._replace(file=given[0][0]))
        for file, documents in given:
            for document in located(documents, file):
                if isinstance(document, Mapping):
                    root = self.over(root, document, folder, variables)
        return root

    def over(self, root: Mapping, raw: Mapping, folder: str, variables: Variables) -> Mapping:
        """A document, with what it includes and extends, over what was there before."""
        known = ChainMap(dict(variables), _own_name(root, raw))
        filled = self.files.filled(raw, known)
        assert isinstance(filled, Mapping)
        for item in items(value_at(filled, "include")):
            root = self.include(root, item, folder, known)
        rest = Mapping(filled.place)
        rest.items = {name: pair for name, pair in filled.items.items() if name not in (*SECTIONS, "include")}
        whole = merged(root, rest)
        assert isinstance(whole, Mapping)
        for section in SECTIONS:
            document = Document(section, raw, filled, known, folder)
            self.section(whole, document)
        return whole

    def section(self, root: Mapping, document: Document) -> None:
        """Puts the services of a document over those of the root."""
        if document.section not in document.filled.items:
            return
        key, found = document.filled.items[document.section]
        before = value_at(root, document.section)
        whole = Mapping(found.place)
        whole.items = dict(before.items) if isinstance(before, Mapping) else {}
        root.items[document.section] = (key, whole if isinstance(found, Mapping) else found)
        for key, _ in pairs(found):
            node, layers = self.extended.service(document, key.written)
            kept = value_at(whole, key.written)
            path = (document.section, key.written)
            whole.items[key.written] = (key, merged(kept, node, path))
            self.layers.setdefault(path, []).extend(layers)

    def include(self, root: Mapping, item: Node, folder: str, variables: Variables) -> Mapping:
        """The root with an included project in it."""
        read = (self.files.documents(folder, path, "include") for path in _paths(item))
        given = [found for found in read if found is not None]
        if not given or given[0][0] in self.included:
            return root
        self.included.add(given[0][0])
        own = said(value_at(item, "project_directory")) if isinstance(item, Mapping) else None
        inner = os.path.dirname(given[0][0]) if own is None else os.path.join(folder, own)
        known = self.inner_variables(item, folder, inner, variables)
        project = self.whole(given, inner, known)
        whole = merged(root, project)
        assert isinstance(whole, Mapping)
        return whole

    def inner_variables(self, item: Node, folder: str, inner: str, variables: Variables) -> Variables:
        """The variables of an included project; those of what includes it count before its own."""
        named = at(item, "env_file")
        if named is None:
            return self.files.variables(inner, variables)
        found: dict[str, Variable] = {}
        for path in items(as_list(named)):
            text = self.files.text(folder, path, "env_file") if isinstance(path, Scalar) else None
            if text is not None:
                found |= variables_of(text[1], text[0], variables)
        return ChainMap(dict(variables), found)

    def parts(self, root: Mapping, folder: str, variables: Variables) -> Iterator[Part]:
        for section in SECTIONS:
            for key, node in pairs(value_at(root, section)):
                if isinstance(node, Mapping):
                    layers = tuple(self.layers.get((section, key.written), ()))
                    read = tuple(self.env_files(node, layers, folder, variables))
                    self.files.hold(size_of(node) + sum(len(each) for each in read), key.place)
                    yield Part(section, key, node, layers, read)

    def env_files(
        self, node: Mapping, layers: Sequence[Layer], folder: str, variables: Variables
    ) -> Iterator[Variables]:
        """The files of variables that a service names, each by the folder of what names it."""
        folders = {layer.filled.place.file: layer.document.folder for layer in layers}
        for item in items(value_at(node, "env_file")):
            named = value_at(item, "path") if isinstance(item, Mapping) else item
            if not isinstance(named, Scalar):
                continue
            required = value_at(item, "required") if isinstance(item, Mapping) else None
            needed = required is None or is_true(required)
            found = self.files.text(folders.get(named.place.file, folder), named, "env_file", needed)
            if found is not None:
                raw = isinstance(item, Mapping) and said(value_at(item, "format")) == "raw"
                yield variables_of(found[1], found[0], variables, raw)


def _paths(item: Node) -> list[Scalar]:
    named = value_at(item, "path") if isinstance(item, Mapping) else item
    return [path for path in items(as_list(named)) if isinstance(path, Scalar)] if named is not None else []


def _own_name(root: Mapping, raw: Mapping) -> dict[str, Variable]:
    """The name of the project as the variable that Compose makes of it."""
    for each in (raw, root):
        name = value_at(each, "name")
        if isinstance(name, Scalar) and name.value is not None and "$" not in name.written:
            return {_NAME: Variable(name.written, name.place)}
    return {}


def _name(root: Mapping, variable: Variable | None) -> str | None:
    return variable.value if variable is not None else said(value_at(root, "name"))
