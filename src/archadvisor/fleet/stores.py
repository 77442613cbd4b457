"""A folder of results: on this machine, or wherever fsspec can write."""

import json
import os
from collections.abc import Iterable, Mapping
from typing import Any

from fsspec.core import url_to_fs  # type: ignore[import-untyped]
from fsspec.implementations.local import LocalFileSystem  # type: ignore[import-untyped]

from archadvisor.fleet.addresses import reachable
from archadvisor.fleet.failures import refusing
from archadvisor.storage import atomic


class Store:
    """A folder; each file in it appears whole or not at all."""

    def __init__(self, url: str) -> None:
        self.url = url
        with refusing(url, "the folder cannot be used"):
            self.address = reachable(url)
            self.files, self.root = url_to_fs(self.address)

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
        paths = {self.path(name): name for name in names}
        with refusing(self.url, "the folder cannot be read"):
            found: Mapping[str, object] = self.files.cat([*paths], on_error="omit") if paths else {}
        return {paths[path]: value for path, data in found.items() if (value := _parsed(data)) is not None}

    def names(self, folder: str) -> list[str]:
        """The names of the files in a folder, in order; none where there is no such folder."""
        with refusing(self.url, "the folder cannot be read"):
            self.files.invalidate_cache()
            found = self.files.find(self.path(folder), maxdepth=1)
        return sorted(path.rpartition("/")[2] for path in found)

    def remove(self, names: Iterable[str]) -> None:
        """Removes files.

        Raises:
            UnreadableInput: one cannot be removed.
        """
        paths = [self.path(name) for name in names]
        with refusing(self.url, "the folder cannot be written"):
            if paths:
                self.files.rm(paths)


def _parsed(data: object) -> object | None:
    try:
        return json.loads(data) if isinstance(data, bytes) else None
    except ValueError:
        return None
