"""Folders of rules to a rulebook, or to everything that is wrong with them."""

from collections.abc import Sequence
from functools import cache

from archadvisor.errors import UnreadableInput, UnusablePack
from archadvisor.loading.check import Checker
from archadvisor.loading.document import parse
from archadvisor.loading.home import published
from archadvisor.loading.node import Mapping, text_at
from archadvisor.loading.packfile import PackFile
from archadvisor.loading.rulebook import Merge
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.fact import Vocabulary
from archadvisor.model.place import START
from archadvisor.model.rule import PackName, Rulebook


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
        named = _name_in(roots)
        names.append(named)
        files += [PackFile(named.name, name, root) for name, root in roots]
    lines = {name: data.decode("utf-8", "replace").splitlines() for sources in packs for name, data in sources}
    if problems:
        raise UnusablePack(problems, lines)
    merge = Merge(files, vocabulary)
    rulebook = merge.rulebook(names)
    if merge.problems:
        raise UnusablePack(merge.problems, lines)
    return rulebook


def pack_name(sources: Sequence[tuple[str, bytes]]) -> str:
    """The name of a pack, from its files; what is wrong with them is told where they are read."""
    return _name_in([(name, root) for name, data in sources if (root := _root(name, data, [])) is not None]).name


def _root(name: str, data: bytes, problems: list[Diagnostic]) -> Mapping | None:
    try:
        root = parse(data.decode("utf-8-sig"), name)
    except UnicodeDecodeError:
        problems.append(Diagnostic(name, "the file is not UTF-8 text", START))
        return None
    except UnreadableInput as error:
        problems.extend(error.diagnostics)
        return None
    found = _checker().problems(root, name)
    problems.extend(found)
    return root if isinstance(root, Mapping) and not found else None


@cache
def _checker() -> Checker:
    return Checker(published("pack"))


def _name_in(roots: list[tuple[str, Mapping]]) -> PackName:
    for _, root in roots:
        if "pack" in root.items:
            return PackName(text_at(root, "pack") or "", text_at(root, "version") or "0")
    return PackName("unnamed", "0")
