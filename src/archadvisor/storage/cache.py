"""A folder of data that can be made again: never an error if it is absent, corrupt or read-only."""

import json
import os

_FOLDER = "archadvisor"


def load(key: str, folder: str | None = None) -> object | None:
    """What was saved under a key, in the user's cache folder or in another, or None."""
    folder = folder or cache_folder()
    if folder is None:
        return None
    try:
        with open(os.path.join(folder, file_name(key)), encoding="utf-8") as file:
            saved = json.load(file)
    except (OSError, ValueError, RecursionError):
        return None
    return saved.get("data") if isinstance(saved, dict) and saved.get("key") == key else None


def save(key: str, data: object, folder: str | None = None) -> None:
    """Saves JSON data under a key where that can be done; the file appears whole or not at all."""
    folder = folder or cache_folder()
    if folder is None:
        return
    from archadvisor.storage import atomic

    text = json.dumps({"key": key, "data": data}, separators=(",", ":"))
    try:
        atomic.write(os.path.join(folder, file_name(key)), text.encode())
    except OSError:
        return


def file_name(key: str) -> str:
    """The name of the file for a key."""
    return f"{key}.json"


def clean() -> int | None:
    """Removes all that is kept in the cache folder; the bytes that were freed, None where the folder is not used."""
    folder = cache_folder()
    if folder is None:
        return None
    freed = 0
    for entry in os.scandir(folder):
        if entry.is_file(follow_symlinks=False):
            freed += entry.stat(follow_symlinks=False).st_size
            os.unlink(entry.path)
    return freed


def cache_folder() -> str | None:
    """The cache folder, made if need be; None unless it is this user's alone."""
    base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    folder = os.path.join(base, _FOLDER)
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
        found = os.stat(folder)
    except OSError:
        return None
    if hasattr(os, "getuid") and (found.st_uid != os.getuid() or found.st_mode & 0o077):
        return None
    return folder
