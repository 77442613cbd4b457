"""Folders of rules to a rulebook, or to everything that is wrong with them."""

import re
from collections.abc import Mapping as Lookup
from collections.abc import Sequence
from functools import cache
from typing import Any

from archadvisor.errors import UnusablePack
from archadvisor.loading.check import Checker
from archadvisor.loading.document import parse_anyway
from archadvisor.loading.home import published
from archadvisor.loading.node import Mapping, text_at
from archadvisor.loading.packfile import PackFile, well_formed
from archadvisor.loading.rulebook import Merge
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.fact import Vocabulary
from archadvisor.model.place import START
from archadvisor.model.rule import PackName, Rulebook

_LEAST = "a file of a pack holds `pack`, `sources`, `decision` or `rules`"
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")


def read_packs(packs: Sequence[Sequence[tuple[str, bytes]]], vocabulary: Vocabulary) -> Rulebook:
    """The rulebook that packs make together.

    Raises:
        UnusablePack: with every problem of every file.
    """
    problems: list[Diagnostic] = []
    names: list[PackName] = []
    files: list[PackFile] = []
    for sources in packs:
        roots = [(name, root) for name, data in sources if (root := _root(name, data, problems)) is not None]
        sound = [(name, root, _sound(name, root, problems)) for name, root in roots]
        named = _name_in([kept for _, _, kept in sound])
        names.append(named)
        files += [PackFile(named.name, name, kept, root) for name, root, kept in sound]
    texts = {name: data.decode("utf-8", "replace") for sources in packs for name, data in sources}
    merge = Merge(files, vocabulary, _unsure(texts, files))
    rulebook = merge.rulebook(names)
    problems += merge.problems
    if problems:
        raise UnusablePack(_in_order(problems, list(texts)), {name: text.splitlines() for name, text in texts.items()})
    return rulebook


def pack_name(sources: Sequence[tuple[str, bytes]]) -> str:
    """The name of a pack, from its files; what is wrong with them is told where they are read."""
    return _name_in([root for name, data in sources if (root := _root(name, data, [])) is not None]).name


def _root(name: str, data: bytes, problems: list[Diagnostic]) -> Mapping | None:
    """All that stands in a file, as far as it can be read; None where it is no mapping."""
    try:
        root, found = parse_anyway(data.decode("utf-8-sig"), name, _LEAST)
    except UnicodeDecodeError:
        root, found = None, [Diagnostic(name, "the file is not UTF-8 text", START)]
    problems += found
    if root is not None and not isinstance(root, Mapping):
        problems += _checker().problems(root, name)
    return root if isinstance(root, Mapping) else None


def _sound(name: str, root: Mapping, problems: list[Diagnostic]) -> Mapping:
    """What of a file is well formed: the root itself, where all of it is."""
    found = _checker().problems(root, name)
    problems += found
    return well_formed(root, _schema()) if found else root


def _unsure(texts: Lookup[str, str], files: Sequence[PackFile]) -> frozenset[str]:
    """All that may be a name in the files that cannot be read."""
    read = {file.file for file in files}
    return frozenset(word for name, text in texts.items() if name not in read for word in _NAME.findall(text))


def _in_order(problems: Sequence[Diagnostic], files: Sequence[str]) -> list[Diagnostic]:
    """Problems by file and place, each once."""
    return sorted(dict.fromkeys(problems), key=lambda found: (files.index(found.file), found.place or ()))


@cache
def _schema() -> dict[str, Any]:
    return published("pack")


@cache
def _checker() -> Checker:
    return Checker(_schema())


def _name_in(roots: Sequence[Mapping]) -> PackName:
    for root in roots:
        if "pack" in root.items:
            return PackName(text_at(root, "pack") or "", text_at(root, "version") or "0")
    return PackName("unnamed", "0")
