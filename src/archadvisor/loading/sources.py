"""The files of a pack."""

import os

from archadvisor.errors import UnusablePack
from archadvisor.loading.discovery import read_bytes
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
    names = sorted(
        os.path.join(where, name)
        for where, _, files in os.walk(folder)
        for name in files
        if name.endswith((".yaml", ".yml"))
    )
    read = [(name, read_bytes(name)) for name in names]
    unreadable = [content for _, content in read if isinstance(content, Diagnostic)]
    if unreadable:
        raise UnusablePack(unreadable)
    found = [(name, content) for name, content in read if isinstance(content, bytes)]
    if not any(os.path.basename(name) in ("pack.yaml", "pack.yml") for name in names):
        raise UnusablePack(
            [Diagnostic(folder, "the pack has no `pack.yaml`", None, "it holds `pack:` (a name) and `version:`")]
        )
    return found
