"""A folder of results: on this machine, or wherever fsspec can write."""

import json
import os
from collections.abc import Iterable
from glob import has_magic
from typing import Any

from fsspec.core import url_to_fs  # type: ignore[import-untyped]
from fsspec.implementations.local import LocalFileSystem  # type: ignore[import-untyped]
from fsspec.implementations.memory import MemoryFileSystem  # type: ignore[import-untyped]

from archadvisor.errors import UnreadableInput
from archadvisor.fleet.addresses import reachable, shown
from archadvisor.fleet.contents import fetched
from archadvisor.fleet.failures import refusing
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.storage import atomic


class Store:
    """A folder; each file in it appears whole or not at all.

    Raises:
        UnreadableInput: it cannot be one.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        if not url.strip():
            raise _unusable("''", "this is no name of a folder for results")
        with refusing(url, "the folder cannot be used"):
            self.address = reachable(url)
            self.files, self.root = url_to_fs(self.address)
        if isinstance(self.files, MemoryFileSystem):
            raise _unusable(url, "what is in memory is gone when this command ends; expected a folder that stays")

    def path(self, name: str) -> str:
        """The path of a file on its file system."""
        return f"{self.root.rstrip('/')}/{name}"

    def write(self, name: str, data: bytes) -> None:
        """Writes a file; elsewhere than on this machine a put is whole by itself.

        Raises:
            UnreadableInput: it cannot be written.
        """
        path = self.path(name)
        with refusing(f"{self.url}/{name}", "the file cannot be written"):
            if isinstance(self.files, LocalFileSystem):
                os.makedirs(os.path.dirname(path), exist_ok=True)
                atomic.write(path, data)
            else:
                self.files.pipe_file(path, data)

    def write_json(self, name: str, value: object) -> None:
        """Writes a file of JSON data."""
        self.write(name, (json.dumps(value, indent=1, ensure_ascii=False) + "\n").encode())

    def read_json(self, names: Iterable[str]) -> dict[str, Any]:
        """The data in files, by name; what is not there, or is no JSON, is left out."""
        asked = [*names]
        found = fetched(self.files, [self.path(name) for name in asked])
        return {name: value for name, data in zip(asked, found, strict=True) if (value := _parsed(data)) is not None}

    def sizes(self, folder: str) -> dict[str, int | None]:
        """The names of the files in a folder, each with its size where that is known; none where there is no folder."""
        with refusing(self.url, "the folder cannot be read"):
            self.files.invalidate_cache()
            found = self.files.find(self.path(folder), maxdepth=1, detail=True)
        return {f"{folder}/{path.rpartition('/')[2]}": about.get("size") for path, about in sorted(found.items())}

    def names(self) -> list[str]:
        """The names of the files and folders in it; none where it is not there."""
        with refusing(self.url, "the folder cannot be read"):
            self.files.invalidate_cache()
            found = self.files.ls(self.root, detail=False) if self.files.isdir(self.root) else []
        return sorted(path.rstrip("/").rpartition("/")[2] for path in found)

    def remove(self, names: Iterable[str]) -> None:
        """Removes files.

        Raises:
            UnreadableInput: one cannot be removed.
        """
        paths = [self.path(name) for name in names]
        with refusing(self.url, "the folder cannot be written"):
            if paths and not has_magic(self.root):
                self.files.rm(paths)  # all at once, but names are patterns to it
                return
            for path in paths:
                self.files.rm_file(path)


def _unusable(url: str, message: str) -> UnreadableInput:
    return UnreadableInput([Diagnostic(shown(url), message)])


def _parsed(data: object) -> object | None:
    try:
        return json.loads(data) if isinstance(data, bytes) else None
    except ValueError:
        return None
