"""Files that are written whole or not at all."""

import errno
import os
import tempfile


def write(path: str, data: bytes) -> None:
    """Replaces a file with `data`; on failure the old file stays as it was.

    Raises:
        OSError: the folder cannot be written to.
    """
    partial = _partial(path, data)
    try:
        os.replace(partial, path)
    finally:
        _remove(partial)


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
        os.chmod(partial, _mode(path))
    except OSError:
        _remove(partial)
        raise
    return partial


def _remove(partial: str) -> None:
    if os.path.exists(partial):
        os.unlink(partial)


def _mode(path: str) -> int:
    """The permissions of the file replaced, else those of a new file."""
    try:
        return os.stat(path).st_mode & 0o777
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
