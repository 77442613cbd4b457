"""What sources mean: the files to check, in an order that only their names decide."""

import glob
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fsspec.core import url_to_fs  # type: ignore[import-untyped]

from archadvisor.errors import UnreadableInput
from archadvisor.fleet.addresses import below, fixed, is_local, is_pattern, meant, reachable, shown
from archadvisor.fleet.failures import refusing
from archadvisor.loading.discovery import SKIPPED, is_meant_as_workload, is_named_workload, workload_files
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.fleet import Item

_MARKS = (
    "CRC",
    "ETag",
    "LastModified",
    "created",
    "etag",
    "last_modified",
    "md5Hash",
    "modificationTime",
    "modify",
    "mtime",
    "sha",
    "updated",
)
"""What file systems say of a file that changes when it does; its size alone need not."""
_FIRST_LINE = 500
_ASTRAY = frozenset({".", ".."})
_PATHS = "expected names that go down from its root, with `/` between folders"
_ENDINGS = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class Listing:
    """The files to check, each once, and the sources that could not be listed."""

    items: tuple[Item, ...]
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A file that a source means, its path below the source, and the name of the folder that the source is or is in."""

    system: str
    path: str
    shown: str
    inner: str
    mark: str
    folder: str


def listing(sources: Sequence[str], team: re.Pattern[str] | None = None) -> Listing:
    """All files that sources mean; a team is the first folder below a source, or the first group of a pattern.

    Of several sources, what lies in one itself is the team's that it is named after.
    """
    items: dict[tuple[object, str], Item] = {}
    problems: list[Diagnostic] = []
    for source in sources:
        try:
            every = [*_found(meant(source))]
        except UnreadableInput as error:
            problems += error.diagnostics
            continue
        problems += [each for each in every if isinstance(each, Diagnostic)]
        found = [each for each in every if isinstance(each, Found)]
        place = url_to_fs(found[0].system)[0] if found and found[0].system else None  # fsspec makes each only once
        for each in found:
            own = _team(each, team, len(sources) > 1)
            items.setdefault((place, each.path), Item(shown(each.shown), each.system, each.path, each.mark, own))
    return Listing(tuple(sorted(items.values(), key=lambda item: item.uri)), tuple(problems))


def _team(found: Found, pattern: re.Pattern[str] | None, is_one_of_several: bool) -> str | None:
    if pattern is None:
        folder = found.inner.partition("/")[0] if "/" in found.inner else found.folder * is_one_of_several
        return shown(folder) or None
    match = pattern.search(shown(found.shown))
    return match[1] if match else None


def _found(source: str) -> Iterator[Found | Diagnostic]:
    """The files that a source means, and what is wrong with the names of others."""
    return _on_this_machine(source) if is_local(source) else _elsewhere(source)


def _on_this_machine(path: str) -> Iterator[Found]:
    pattern = is_pattern(path)
    meant = workload_files(sorted(glob.glob(path, recursive=True)) if pattern else [path])
    files = [*meant.files, *(each.file for each in meant.unread)]
    if meant.missing or (pattern and not files):
        raise UnreadableInput(meant.missing or [Diagnostic(path, "no file fits this pattern")])
    base = fixed(path) if pattern else path if os.path.isdir(path) else os.path.dirname(path)
    folder = "" if pattern else os.path.basename(os.path.abspath(base))
    for file in files:
        inner = os.path.relpath(file, base or ".").replace(os.sep, "/")
        yield Found("", os.path.abspath(file), file, inner, _state(file), folder)


def _state(file: str) -> str:
    try:
        found = os.stat(file)
    except OSError:
        return "unreadable"
    return f"{found.st_size} {found.st_mtime_ns}"


def _elsewhere(url: str) -> Iterator[Found | Diagnostic]:
    """The files that a URL means; their names are those of the URL, with what lies below it."""
    with refusing(url, "it cannot be read"):
        files, root = url_to_fs(system := reachable(url))
        pattern = is_pattern(url)
        folder, base = (fixed(url), fixed(root)) if pattern else (url, root)
        found = _matching(files, root) if pattern else _in_folder(files, root)
        stray = [] if pattern else [path for path in files.find(root) if _is_stray(path[len(root) :])]
    for path in stray:
        yield Diagnostic(shown(url), f"`{shown(path)}` is no path below it, and is not read", None, _PATHS)
    if not found and not stray:
        message = "no file fits this pattern" if pattern else "there is no such file or folder, or no workload in it"
        raise UnreadableInput([Diagnostic(shown(url), message)])
    name = "" if pattern else _folder(url, root, root in found)
    for path, about in sorted(found.items()):
        inner = path[len(base) :].strip("/")
        yield Found(system, path, below(folder, inner), inner or path.rpartition("/")[2], _mark(about), name)


def _folder(url: str, root: str, is_file: bool) -> str:
    """The name of the folder that a URL means or has its file in; of a whole archive that of the archive."""
    *folders, name = shown(root or url).rstrip("/").split("/")
    return folders[-1] if is_file and folders else name


def _matching(files: Any, pattern: str) -> dict[str, Mapping[str, object]]:
    found: dict[str, Mapping[str, object]] = {}
    for path, about in files.glob(pattern, detail=True).items():
        found |= _in_folder(files, path) if about["type"] == "directory" else {path: about}
    return found


def _in_folder(files: Any, root: str) -> dict[str, Mapping[str, object]]:
    """The workload files below a folder, as `check` finds them; a file is itself."""
    every = files.find(root, detail=True)
    if root in every:
        return {root: every[root]}
    yaml = [path for path in every if _is_considered(path[len(root) :])]
    unsure = [path for path in yaml if not is_named_workload(path.rpartition("/")[2])]
    firsts = files.cat_ranges(unsure, 0, _FIRST_LINE, on_error="return") if unsure else []
    other = {path for path, data in zip(unsure, firsts, strict=True) if not _is_workload(path, data)}
    return {path: every[path] for path in yaml if path not in other}


def _is_considered(inner: str) -> bool:
    *folders, name = inner.strip("/").split("/")
    hidden = any(part.startswith(".") for part in (*folders, name))
    return name.endswith(_ENDINGS) and not hidden and SKIPPED.isdisjoint(folders)


def _is_stray(inner: str) -> bool:
    """Whether a name that would be a workload file's leads elsewhere, or has the slashes of another system."""
    *folders, name = inner.replace("\\", "/").split("/")
    return is_named_workload(name) and name.endswith(_ENDINGS) and ("\\" in inner or not _ASTRAY.isdisjoint(folders))


def _is_workload(path: str, data: object) -> bool:
    """Whether its beginning says that a file is a workload; one that cannot be read may be one, and is told."""
    return not isinstance(data, bytes) or is_meant_as_workload(path, data)


def _mark(about: Mapping[str, object]) -> str:
    """What changes when a file does, with its size; empty where its file system does not say."""
    marks = [str(about[key]) for key in _MARKS if about.get(key)]
    return repr([*marks, str(about.get("size"))]) if marks else ""
