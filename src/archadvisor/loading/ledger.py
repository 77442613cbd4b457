"""The ledger of a pack: what it carries of the field and what it leaves out, from its files."""

from archadvisor.loading.document import parse
from archadvisor.loading.node import Mapping, Sequence, text_at, value_at, words_at
from archadvisor.model.ledger import Ledger


def ledger(sources: list[tuple[str, bytes]]) -> Ledger:
    """The ledger in the files of a pack, in their order."""
    carried: list[tuple[str, tuple[str, ...]]] = []
    deferred: list[tuple[str, str]] = []
    for file, data in sources:
        root = parse(data.decode("utf-8-sig"), file)
        for entry in _entries(root, "carried"):
            carried.append((text_at(entry, "row") or "", tuple(word.written for word in words_at(entry, "by"))))
        for entry in _entries(root, "deferred"):
            deferred.append((text_at(entry, "row") or "", text_at(entry, "because") or ""))
    return Ledger(tuple(carried), tuple(deferred))


def _entries(root: object, key: str) -> list[Mapping]:
    found = value_at(root, key) if isinstance(root, Mapping) else None
    return [item for item in found.items if isinstance(item, Mapping)] if isinstance(found, Sequence) else []
