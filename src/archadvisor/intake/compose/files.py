"""The files that Compose files name, read once each by whoever may read them."""

from collections import ChainMap
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from archadvisor.errors import UnreadableInput
from archadvisor.intake.compose.dotenv import variables_of
from archadvisor.intake.compose.forms import said
from archadvisor.intake.compose.template import Variables, filled
from archadvisor.loading.document import MOST_NODES, parse_foreign
from archadvisor.loading.hiding import MASK
from archadvisor.loading.neighbours import Unread
from archadvisor.loading.node import Mapping, Node, Scalar
from archadvisor.loading.node import Sequence as Items
from archadvisor.loading.redaction import looks_like_token
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.intake import Remark
from archadvisor.model.place import START, Place

Read = Callable[[str, str], tuple[str, str | Unread]]
"""Reads a file by the folder it is named in and its name; gives what it is called, and its text."""
_MOST_CHARACTERS = 16_000_000
_WHOLE = frozenset({"include", "extends"})
"""What names files without which services are missing; a file of variables is often not kept where the others are."""


@dataclass(slots=True)
class Files:
    """What was read of files, and what there is to say of those that were not."""

    read: Read
    remarks: dict[Remark, None] = field(default_factory=dict)
    parsed: dict[str, list[Node]] = field(default_factory=dict)
    size: int = 0
    """How many values and, in `filled_size`, how many characters there are so far."""
    filled_size: int = 0

    def remark(self, place: Place, message: str, is_unread: bool = False) -> None:
        """Notes what was seen and is left out, perhaps as a file that is not read; each thing once."""
        self.remarks.setdefault(Remark(place.file, place._replace(file=""), message, is_unread))

    def hold(self, values: int, place: Place) -> None:
        """Counts values that are held.

        Raises:
            UnreadableInput: there are too many.
        """
        self.size += values
        if self.size > MOST_NODES:
            what = f"there are more than {MOST_NODES} values, with what services extend and the files that they name"
            raise _too_large(what, place)

    def text(self, folder: str, named: Scalar, what: str, needed: bool = True) -> tuple[str, str] | None:
        """What a file is called that `what` names, and its text; None where it is not read."""
        name = said(named)
        if name is None:
            told = f"which file `{what}` names hangs on a variable; what it says is left out"
            self.remark(named.place, told, what in _WHOLE)
            return None
        file, found = self.read(folder, name)
        if isinstance(found, str):
            return file, found
        if needed or not found.is_absent:
            told = f"`{what}` names `{_shown(name)}`, which {found.reason}; what it says is left out"
            self.remark(named.place, told, what in _WHOLE or not found.is_absent)
        return None

    def documents(self, folder: str, named: Scalar, what: str) -> tuple[str, list[Node]] | None:
        """What a file is called that `what` names, and its documents; None where it is not read."""
        found = self.text(folder, named, what)
        if found is None:
            return None
        file, text = found
        try:
            if file not in self.parsed:
                self.parsed[file] = located(parse_foreign(text, file), file)
            return file, self.parsed[file]
        except UnreadableInput as error:
            reason = error.diagnostics[0].message
            self.remark(named.place, f"`{what}` names `{file}`, which cannot be read: {reason}", is_unread=True)
            return None

    def variables(self, folder: str, known: Variables) -> Variables:
        """The variables of the `.env` in a folder, behind those that are known already."""
        file, text = self.read(folder, ".env")
        if not isinstance(text, str):
            if not text.is_absent:
                self.remark(START._replace(file=file), f"`.env` {text.reason}", is_unread=True)
            return known
        return ChainMap(dict(known), variables_of(text, file, known))

    def filled(self, node: Node, variables: Variables) -> Node:
        """A tree with the variables in its values filled in; a value with one that nothing sets is no value."""
        match node:
            case Scalar():
                return self._scalar(node, variables) if "$" in node.written else node
            case Items():
                whole = Items(node.place)
                whole.items = [self.filled(item, variables) for item in node.items]
                return whole
            case Mapping():
                pairs = Mapping(node.place)
                pairs.items = {name: (key, self.filled(value, variables)) for name, (key, value) in node.items.items()}
                return pairs

    def _scalar(self, node: Scalar, variables: Variables) -> Scalar:
        found = filled(node.written, variables)
        self.filled_size += len(found.text)
        if self.filled_size > _MOST_CHARACTERS:
            raise _too_large(f"with variables filled in, there are more than {_MOST_CHARACTERS} characters", node.place)
        return Scalar(None if found.missing else found.text, found.text, node.place)


def _shown(name: str) -> str:
    """A name as it may be told: an address may hold a password."""
    return MASK if looks_like_token(name) else name


def _too_large(what: str, place: Place) -> UnreadableInput:
    return UnreadableInput([Diagnostic(place.file, what, place._replace(file=""))])


def located(roots: Sequence[Node], file: str) -> list[Node]:
    """The same trees, in which every place says which file it is in."""
    for root in roots:
        _locate(root, file)
    return list(roots)


def _locate(node: Node, file: str) -> None:
    node.place = node.place._replace(file=file)
    match node:
        case Mapping():
            for key, value in node.items.values():
                key.place = key.place._replace(file=file)
                _locate(value, file)
        case Items():
            for item in node.items:
                _locate(item, file)
        case Scalar():
            pass


def size_of(node: Node) -> int:
    """How many values there are in a tree."""
    match node:
        case Mapping():
            return 1 + sum(size_of(value) for _, value in node.items.values())
        case Items():
            return 1 + sum(map(size_of, node.items))
        case Scalar():
            return 1
