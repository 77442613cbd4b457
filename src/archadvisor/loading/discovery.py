"""Which files a path means: a file is itself, a folder is the workload files in it."""

import os
from collections.abc import Iterator
from functools import partial
from itertools import islice

from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.frozen import dataclass

SKIPPED = frozenset({"node_modules", "__pycache__", "venv", "site-packages"})
"""Folders of what others have written."""
LOCK = "archadvisor.lock"
"""The name of the file in which a lock is looked for."""
_MODELINE = b"workload.schema.json"
_READING = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
_PIECE = 64 * 1024
_MOST = 16 * 1024 * 1024
"""What is read of a file at most, which is far more than most readers take; a device never ends."""


@dataclass(frozen=True, slots=True)
class Meant:
    """What paths mean."""

    files: list[str]
    """The files to check, each once."""
    missing: list[Diagnostic]
    """One for each path at which there is nothing."""
    unread: list[Diagnostic]
    """One for each folder that cannot be looked into."""

    @property
    def problems(self) -> list[Diagnostic]:
        """All that keeps files from being checked."""
        return [*self.missing, *self.unread]


def workload_files(paths: list[str]) -> Meant:
    """The files to check, and what there is in their way."""
    files: dict[str, str] = {}
    missing: list[Diagnostic] = []
    unread: dict[str, Diagnostic] = {}
    for path in paths:
        if os.path.isdir(path):
            for whole, file in _in_folder(path, unread):
                files.setdefault(whole, file)
        elif os.path.lexists(path) or path == "-":
            files.setdefault(path if path == "-" else os.path.abspath(path), path)
        else:
            missing.append(Diagnostic(path, _absence(path)))
    return Meant(list(files.values()), missing, list(unread.values()))


def _absence(path: str) -> str:
    """Why there is nothing at a path, as far as one can see."""
    try:
        os.lstat(path)
    except PermissionError:
        return "the file cannot be looked for: permission denied"
    except (OSError, ValueError):
        pass
    return "there is no such file or folder"


def is_folder(path: str) -> bool:
    """Whether a path is a folder."""
    return os.path.isdir(path)


def is_within(path: str, folder: str) -> bool:
    """Whether a path, with its links followed, lies in a folder."""
    root = os.path.realpath(folder)
    return os.path.commonpath([os.path.realpath(path), root]) == root


def read_bytes(file: str, most: int = _MOST) -> bytes | Diagnostic:
    """The content of a file, as far as about `most` bytes, or why it cannot be read."""
    try:
        descriptor = os.open(file, _READING)  # `open` takes as long again to find out what kind of file it is
        try:
            return b"".join(islice(iter(partial(os.read, descriptor, _PIECE), b""), -(-most // _PIECE)))
        finally:
            os.close(descriptor)
    except OSError as error:
        return Diagnostic(file, f"the file cannot be read: {(error.strerror or 'unknown reason').lower()}")


def folder_files(folder: str) -> list[tuple[str, bytes]]:
    """The YAML files of a folder of archadvisor's own, with their content, by name."""
    found = []
    for name in sorted(os.listdir(folder)):
        if name.endswith(".yaml"):
            with open(os.path.join(folder, name), "rb") as stream:
                found.append((os.path.join(folder, name), stream.read()))
    return found


def walked(folder: str, unread: dict[str, Diagnostic]) -> Iterator[tuple[str, list[str], list[str]]]:
    """What `os.walk` finds in a folder and below it; adds the folders that cannot be looked into."""

    def refuse(error: OSError) -> None:
        said = (error.strerror or "unknown reason").lower()
        where = error.filename or folder
        unread.setdefault(os.path.abspath(where), Diagnostic(where, f"the folder cannot be read: {said}"))

    return os.walk(folder, onerror=refuse)


def _in_folder(folder: str, unread: dict[str, Diagnostic]) -> Iterator[tuple[str, str]]:
    """The workload files in a folder, by their absolute paths."""
    for where, folders, names in walked(folder, unread):
        whole = os.path.abspath(where)
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in SKIPPED)
        for name in sorted(names):
            if name.endswith((".yaml", ".yml")) and not name.startswith("."):
                path = os.path.join(where, name)
                if _may_be_read(path) and (is_named_workload(name) or _may_have_modeline(path)):
                    yield os.path.join(whole, name), path


def _may_be_read(path: str) -> bool:
    """Whether reading a file ends; a pipe or a device is for those to name who mean it, a link to nothing is told."""
    return os.path.isfile(path) or not os.path.exists(path)


def is_named_workload(name: str) -> bool:
    """Whether a file is a workload file by its name alone."""
    stem = name.rpartition(".")[0]
    return stem == "workload" or stem.endswith(".workload")


def is_meant_as_workload(path: str, data: bytes) -> bool:
    """Whether a file is a workload file by its name or by its first line."""
    return is_named_workload(os.path.basename(path)) or _is_modeline(data.partition(b"\n")[0])


def _may_have_modeline(path: str) -> bool:
    """Whether the first line of a file names the schema; one that cannot be read may have it, and is told."""
    try:
        with open(path, "rb") as stream:
            return _is_modeline(stream.readline(500))
    except FileNotFoundError:
        return False
    except OSError:
        return True


def _is_modeline(line: bytes) -> bool:
    return b"yaml-language-server" in line and _MODELINE in line


def lock_above(folder: str) -> str | None:
    """The lock in a folder, which is absolute, or else in the nearest one above it."""
    while True:
        file = os.path.join(folder, LOCK)
        if os.path.isfile(file):
            return file
        above = os.path.dirname(folder)
        if above == folder:
            return None
        folder = above
