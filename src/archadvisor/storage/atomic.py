"""Files that are written whole or not at all."""

import os
import tempfile


def write(path: str, text: str) -> None:
    """Replaces a file with `text`, as UTF-8; on failure the old file stays as it was.

    Raises:
        OSError: the folder cannot be written to.
    """
    folder = os.path.dirname(os.path.abspath(path))
    descriptor, partial = tempfile.mkstemp(dir=folder, prefix=f".{os.path.basename(path)}.")
    try:
        with open(descriptor, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        os.chmod(partial, _mode(path))
        os.replace(partial, path)
    finally:
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
