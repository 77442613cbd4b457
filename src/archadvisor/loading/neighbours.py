"""Files that given files name: read where they lie in the same folder, else refused with the reason."""

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from archadvisor.loading.discovery import is_within, read_bytes
from archadvisor.model.diagnostic import Diagnostic

_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:(?!\\).*|git@.*", re.DOTALL)
_LARGEST = 2 * 1024 * 1024
_MOST = 100


@dataclass(frozen=True, slots=True)
class Unread:
    """Why there is no text of a file, to be told after its name."""

    reason: str
    is_absent: bool = False


@dataclass(slots=True)
class Neighbours:
    """What may be read besides given files: all that is in a folder, and the given files themselves."""

    folder: str
    given: Sequence[str]
    contents: dict[str, bytes] = field(default_factory=dict)
    """What was read, in that order."""

    def read(self, folder: str, name: str) -> tuple[str, str | Unread]:
        """What a file is called that is named in a folder, and its text; links are followed only within the folder."""
        if _ELSEWHERE.match(name):
            return name, Unread("lies elsewhere, and nothing is fetched")
        file = os.path.normpath(os.path.join(folder, name))
        if "\0" in file:
            return file, Unread("is not there", is_absent=True)
        if not is_within(file, self.folder) and not self._is_given(file):
            return file, Unread(f"lies outside of `{self.folder}` and is not followed")
        return file, self._text(file)

    def _is_given(self, file: str) -> bool:
        return os.path.realpath(file) in map(os.path.realpath, self.given)

    def _text(self, file: str) -> str | Unread:
        if not os.path.isfile(file):
            is_there = os.path.exists(file)
            return Unread("is no file" if is_there else "is not there", is_absent=not is_there)
        if file not in self.contents and len(self.contents) == _MOST:
            return Unread(f"is not read after {_MOST} others")
        if os.path.getsize(file) > _LARGEST:
            return Unread(f"is larger than {_LARGEST // 1024**2} MiB")
        data = self.contents[file] if file in self.contents else read_bytes(file)
        if isinstance(data, Diagnostic):
            return Unread("cannot be read")
        self.contents[file] = data
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError:
            return Unread("is not UTF-8 text")
