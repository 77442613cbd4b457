"""Services that extend others, of the same file or of another one."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field

from archadvisor.intake.compose.files import Files, size_of
from archadvisor.intake.compose.forms import said
from archadvisor.intake.compose.merge import merged
from archadvisor.intake.compose.template import Variables
from archadvisor.intake.tree import at
from archadvisor.loading.node import Mapping, Node, Scalar, value_at


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """The services of a document, as written and with its variables filled in."""

    section: str
    raw: Mapping
    filled: Mapping
    variables: Variables
    folder: str
    """What relative paths in it start from."""

    def service(self, name: str) -> Node | None:
        """What it says of a service."""
        return at(self.filled, self.section, name)


@dataclass(frozen=True, slots=True)
class Layer:
    """What one document says of a service, as written and with its variables filled in."""

    document: Document
    raw: Mapping
    filled: Mapping


@dataclass(frozen=True, slots=True)
class Whole:
    """A service with all that it extends: the layers of that, and how many values they have."""

    node: Node
    layers: tuple[Layer, ...]
    size: int


_Link = tuple[Document, str]


@dataclass(slots=True)
class Extended:
    """Finds what services extend; each is put together once."""

    files: Files
    known: dict[_Link, Whole] = field(default_factory=dict)
    documents: dict[tuple[str, str], list[Document]] = field(default_factory=dict)

    def service(self, document: Document, name: str) -> tuple[Node, tuple[Layer, ...]]:
        """A service of a document over what it extends, and that over what it extends in its turn.

        One that extends nothing is still as written: its tags count against files before this one.
        """
        chain = list(self.chain((document, name)))
        if len(chain) == 1 and chain[0] not in self.known:
            return self.alone(document, name)
        whole = self.known[chain.pop()] if chain[-1] in self.known else None
        for link in reversed(chain):
            whole = self.known[link] = self.over(whole, link)
        assert whole is not None, "a service is in its own chain"
        return whole.node, whole.layers

    def chain(self, link: _Link | None) -> Iterator[_Link]:
        """A service, what it extends, and so on, up to one that is known already."""
        seen: set[_Link] = set()
        while link is not None:
            if link in seen:
                key = link[0].service(link[1])
                assert key is not None
                self.files.remark(key.place, f"`{link[1]}` extends itself in the end, which stops here")
                return
            seen.add(link)
            yield link
            link = None if link in self.known else self.base(link)

    def alone(self, document: Document, name: str) -> tuple[Node, tuple[Layer, ...]]:
        """A service without what it extends."""
        path = (document.section, name)
        node, raw = at(document.filled, *path), at(document.raw, *path)
        assert node is not None
        if not isinstance(node, Mapping) or not isinstance(raw, Mapping):
            return node, ()
        own = Mapping(node.place)
        own.items = {key: pair for key, pair in node.items.items() if key != "extends"}
        return own, (Layer(document, raw, node),)

    def over(self, base: Whole | None, link: _Link) -> Whole:
        """A service over what it extends."""
        document, name = link
        own, layers = self.alone(document, name)
        size = size_of(own) + (base.size if base is not None else 0)
        self.files.hold(size, own.place)
        node = merged(base.node if base is not None else None, own, (document.section, name))
        return Whole(node, (*(base.layers if base is not None else ()), *layers), size)

    def base(self, link: _Link) -> _Link | None:
        """What a service extends; None where that is nothing, or is not to be found."""
        document, name = link
        given = at(document.service(name), "extends")
        wanted = value_at(given, "service") if isinstance(given, Mapping) else given
        base = said(wanted)
        if given is None or wanted is None or base is None:
            return None
        file = value_at(given, "file") if isinstance(given, Mapping) else None
        others = self.others(document, file) if isinstance(file, Scalar) else [document]
        for found in others or []:
            if found.service(base) is not None:
                return found, base
        if others is None:
            return None
        told = f"`{name}` extends `{base}`, which is not there; what it says is left out"
        self.files.remark(wanted.place, told, is_unread=True)
        return None

    def others(self, document: Document, file: Scalar) -> list[Document] | None:
        """The documents of another file; None where it is not read."""
        found = self.files.documents(document.folder, file, "extends")
        if found is None:
            return None
        name, roots = found
        key = (name, document.section)
        if key not in self.documents:
            folder = os.path.dirname(name)
            self.documents[key] = [
                Document(document.section, root, filled, document.variables, folder)
                for root in roots
                if isinstance(root, Mapping)
                and isinstance(filled := self.files.filled(root, document.variables), Mapping)
            ]
        return self.documents[key]
