"""Which files a path means: a file is itself, a folder is the workload files in it."""

import os
from collections.abc import Iterator
from functools import partial
from itertools import islice
from operator import attrgetter

from archadvisor.model.diagnostic import Diagnostic

SKIPPED = frozenset({"node_modules", "__pycache__", "venv", "site-packages"})
"""Folders of what others have written."""
LOCK = "archadvisor.lock"
"""The name of the file in which a lock is looked for."""
_MODELINE = b"workload.schema.json"
_READING = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
_PIECE = 64 * 1024
_MOST_PIECES = 256
"""What is read of a file at most, which is far more than any reader takes; a device never ends."""


def workload_files(paths: list[str]) -> tuple[list[str], list[Diagnostic]]:
    """The files to check, each once, and a diagnostic for what is not there and for folders that cannot be read."""
    files: dict[str, str] = {}
    problems: list[Diagnostic] = []
    for path in paths:
        if os.path.isdir(path):
            for found in _in_folder(path):
                if isinstance(found, Diagnostic):
                    problems.append(found)
                else:
                    files.setdefault(*found)
        elif os.path.lexists(path) or path == "-":
            files.setdefault(path if path == "-" else os.path.abspath(path), path)
        else:
            problems.append(Diagnostic(path, "there is no such file or folder"))
    return list(files.values()), problems


def is_folder(path: str) -> bool:
    """Whether a path is a folder."""
    return os.path.isdir(path)


def is_within(path: str, folder: str) -> bool:
    """Whether a path, with its links followed, lies in a folder."""
    root = os.path.realpath(folder)
    return os.path.commonpath([os.path.realpath(path), root]) == root


def read_bytes(file: str) -> bytes | Diagnostic:
    """The content of a file, or why it cannot be read."""
    try:
        descriptor = os.open(file, _READING)  # `open` takes as long again to find out what kind of file it is
        try:
            return b"".join(islice(iter(partial(os.read, descriptor, _PIECE), b""), _MOST_PIECES))
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


def _in_folder(folder: str) -> Iterator[tuple[str, str] | Diagnostic]:
    """The workload files in a folder, by their absolute paths, and the folders in it that cannot be read."""
    pending = [folder]
    while pending:
        where = pending.pop()
        try:
            with os.scandir(where) as entries:
                listed = sorted(entries, key=attrgetter("name"))
        except OSError as error:
            yield Diagnostic(where, f"the folder cannot be read: {(error.strerror or 'unknown reason').lower()}")
            continue
        whole = os.path.abspath(where)
        yield from ((os.path.join(whole, entry.name), entry.path) for entry in listed if _is_workload(entry))
        folders = [entry for entry in listed if entry.is_dir(follow_symlinks=False)]
        pending += [entry.path for entry in reversed(folders) if _is_walked(entry.name)]


def _is_workload(entry: "os.DirEntry[str]") -> bool:
    if not entry.name.endswith((".yaml", ".yml")) or entry.name.startswith(".") or not _may_be_read(entry):
        return False
    return is_named_workload(entry.name) or _has_modeline(entry.path)


def _is_walked(name: str) -> bool:
    return not name.startswith(".") and name not in SKIPPED


def _may_be_read(entry: "os.DirEntry[str]") -> bool:
    """Whether reading a file ends; a pipe or a device is for those to name who mean it, a link to nothing is told."""
    if entry.is_symlink():
        return os.path.isfile(entry.path) or not os.path.exists(entry.path)
    return entry.is_file(follow_symlinks=False)


def is_named_workload(name: str) -> bool:
    """Whether a file is a workload file by its name alone."""
    stem = name.rpartition(".")[0]
    return stem == "workload" or stem.endswith(".workload")


def is_meant_as_workload(path: str, data: bytes) -> bool:
    """Whether a file is a workload file by its name or by its first line."""
    return is_named_workload(os.path.basename(path)) or _is_modeline(data.partition(b"\n")[0])


def _has_modeline(path: str) -> bool:
    try:
        with open(path, "rb") as stream:
            first = stream.readline(500)
    except OSError:
        return False
    return _is_modeline(first)


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
