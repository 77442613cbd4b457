"""A folder of data that can be made again: never an error if it is absent, corrupt or read-only."""

import json
import os
import tempfile

_FOLDER = "archadvisor"


def load(key: str) -> object | None:
    """What was saved under a key, or None."""
    folder = _folder()
    if folder is None:
        return None
    try:
        with open(os.path.join(folder, f"{key}.json"), encoding="utf-8") as file:
            saved = json.load(file)
    except (OSError, ValueError, RecursionError):
        return None
    return saved.get("data") if isinstance(saved, dict) and saved.get("key") == key else None


def save(key: str, data: object) -> None:
    """Saves JSON data under a key where that can be done; the file appears whole or not at all."""
    folder = _folder()
    if folder is None:
        return
    try:
        descriptor, partial = tempfile.mkstemp(dir=folder, suffix=".partial")
        with open(descriptor, "w", encoding="utf-8") as file:
            json.dump({"key": key, "data": data}, file, separators=(",", ":"))
        os.replace(partial, os.path.join(folder, f"{key}.json"))
    except OSError:
        return


def _folder() -> str | None:
    """The cache folder, made if need be; None unless it is this user's alone."""
    base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    folder = os.path.join(base, _FOLDER)
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
        found = os.stat(folder)
    except OSError:
        return None
    if hasattr(os, "getuid") and (found.st_uid != os.getuid() or found.st_mode & 0o022):
        return None
    return folder
