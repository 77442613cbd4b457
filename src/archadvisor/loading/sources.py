"""The files of a pack."""

import os
from collections.abc import Iterator

from archadvisor.errors import UnusablePack
from archadvisor.loading.discovery import SKIPPED, read_bytes, walked
from archadvisor.model.diagnostic import Diagnostic


def pack_sources(folder: str) -> list[tuple[str, bytes]]:
    """The YAML files of a pack, by name.

    Raises:
        UnusablePack: the folder cannot be read, or holds no rules.
    """
    if not os.path.isdir(folder):
        raise UnusablePack(
            [Diagnostic(folder, "the pack is not a folder", None, "a pack is a folder with a `pack.yaml`")]
        )
    closed: dict[str, Diagnostic] = {}
    names = sorted(_names(folder, closed))
    read = [(name, read_bytes(name)) for name in names]
    unreadable = [*closed.values(), *(content for _, content in read if isinstance(content, Diagnostic))]
    if unreadable:
        raise UnusablePack(unreadable)
    found = [(name, content) for name, content in read if isinstance(content, bytes)]
    if not any(os.path.basename(name) in ("pack.yaml", "pack.yml") for name in names):
        raise UnusablePack(
            [Diagnostic(folder, "the pack has no `pack.yaml`", None, "it holds `pack:` (a name) and `version:`")]
        )
    return found


def _names(folder: str, closed: dict[str, Diagnostic]) -> Iterator[str]:
    """The YAML files in a folder and below it; what is hidden, or written by others, is no part of a pack."""
    for where, folders, files in walked(folder, closed):
        folders[:] = [name for name in folders if not name.startswith(".") and name not in SKIPPED]
        for name in files:
            if name.endswith((".yaml", ".yml")) and not name.startswith("."):
                yield os.path.join(where, name)
