"""Files that are written whole or not at all."""

import errno
import os
import re
import stat
import tempfile
from contextlib import suppress

_OPEN = re.compile(r"/dev/(?:fd/([0-9]+)|(stdout)|(stderr))|/proc/self/fd/([0-9]+)")
"""Paths that stand for what this process has open."""


def write(path: str, data: bytes) -> None:
    """Replaces a file with `data`; on failure the old file stays as it was.

    Where the path is a link, the file it leads to is replaced and the link stays. What is no file, such as a device or
    a pipe, is written to.

    Raises:
        OSError: the folder cannot be written to.
    """
    if _is_passage(path):
        _write_through(path, data)
        return
    target = os.path.realpath(path)
    partial = _partial(target, data)
    try:
        os.replace(partial, target)
    finally:
        _remove(partial)


def _is_passage(path: str) -> bool:
    """Whether a path leads to something that is no file: a device, a pipe, or what this process has open."""
    if _OPEN.fullmatch(path):
        return True
    try:
        return not stat.S_ISREG(os.stat(path).st_mode)
    except FileNotFoundError:
        return False


def _write_through(path: str, data: bytes) -> None:
    opened = _OPEN.fullmatch(path)
    number = int(opened[1] or opened[4] or (1 if opened[2] else 2)) if opened else None
    with open(os.open(path, os.O_WRONLY) if number is None else os.dup(number), "wb") as stream:
        stream.write(data)


def replace(path: str, data: bytes, expected: bytes) -> bool:
    """Replaces the content of a file, which is `expected`; False, and nothing done, if it is another by now.

    Where the path is a link, the file it leads to is replaced and the link stays.

    Raises:
        OSError: the file or its folder cannot be written to.
    """
    target = os.path.realpath(path)
    if not os.path.isfile(target) or not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    partial = _partial(target, data)
    try:
        with open(target, "rb") as file:
            same = file.read() == expected
        if same:
            os.replace(partial, target)
        return same
    finally:
        _remove(partial)


def _partial(path: str, data: bytes) -> str:
    """A new file beside the one at a path, with its permissions."""
    folder = os.path.dirname(os.path.abspath(path))
    descriptor, partial = tempfile.mkstemp(dir=folder, prefix=f".{os.path.basename(path)}.")
    try:
        with open(descriptor, "wb") as file:
            file.write(data)
        _take_over(partial, path)
    except OSError:
        _remove(partial)
        raise
    return partial


def _remove(partial: str) -> None:
    if os.path.exists(partial):
        os.unlink(partial)


def _take_over(partial: str, path: str) -> None:
    """Gives a new file the owner, the group and the permissions of the one it replaces, as far as this user may."""
    try:
        old = os.stat(path)
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(partial, 0o666 & ~mask)
        return
    for owner, group in ((-1, old.st_gid), (old.st_uid, -1)) if hasattr(os, "chown") else ():
        with suppress(PermissionError):
            os.chown(partial, owner, group)
    os.chmod(partial, old.st_mode & 0o777)
