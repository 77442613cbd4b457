"""What git knows of a folder: tracked and changed files, and files as they were."""

import os
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from archadvisor.errors import UnreadableInput
from archadvisor.model.diagnostic import Diagnostic

HEAD = "HEAD"
_QUIET = ("-c", "core.fsmonitor=false", "-c", "core.quotePath=false")
_DIFF = ("diff", "--no-ext-diff", "--name-status", "-z", "--find-renames")


@dataclass(frozen=True, slots=True)
class Moved:
    """A file as git compares it: its path then and now, absolute; None where it is not there."""

    before: str | None
    after: str | None


def tracked(folder: str) -> frozenset[str]:
    """The files of the repository that git tracks, as absolute paths.

    Raises:
        UnreadableInput: the folder is in no repository, or git cannot be run.
    """
    top = _top(folder)
    return frozenset(_listed(top))


def changed(folder: str, ref: str = HEAD) -> tuple[Moved, ...]:
    """The files of the repository that are not as they were at `ref`: staged, unstaged or untracked.

    Raises:
        UnreadableInput: the folder is in no repository, it has no such revision, or git cannot be run.
    """
    top = _top(folder)
    known = _is_revision(top, ref)
    if not known and ref != HEAD:
        hint = f"name the revision before the path, as in `{HEAD} {ref}`" if os.path.exists(ref) else None
        raise UnreadableInput([Diagnostic(ref, "there is no such revision in this git repository", None, hint)])
    untracked = _listed(top, "--others", "--exclude-standard")
    # Without HEAD, nothing is committed yet.
    compared = _compared(top, ref) if known else (Moved(None, path) for path in _listed(top))
    return (*compared, *(Moved(None, path) for path in untracked))


def outside(folder: str, paths: Iterable[str]) -> list[str]:
    """The paths that are not within the repository of a folder.

    Raises:
        UnreadableInput: the folder is in no repository, or git cannot be run.
    """
    top = os.path.join(_top(folder), "")
    return [path for path in paths if not os.path.join(_followed(path), "").startswith(top)]


def _followed(path: str) -> str:
    return os.path.realpath(path) if os.path.isdir(path) else located(path)


def unignored(folder: str) -> list[str] | None:
    """The files below a folder that git does not ignore, from there and with `/`; None where git knows nothing."""
    try:
        ran = _run(folder, "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate")
    except UnreadableInput:
        return None
    return _names(ran.stdout) if ran.returncode == 0 else None


def content(folder: str, ref: str, path: str) -> bytes | None:
    """A file, by its absolute path, as it was at `ref`; None if it was not there."""
    top = _top(folder)
    name = os.path.relpath(path, top).replace(os.sep, "/")
    ran = _run(top, "cat-file", "blob", f"{ref}:{name}")
    return ran.stdout if ran.returncode == 0 else None


def located(path: str) -> str:
    """The absolute path of a file as git names it: links in its folder are followed, the file itself may be one."""
    folder, name = os.path.split(os.path.abspath(path))
    return os.path.join(os.path.realpath(folder), name)


def _listed(top: str, *which: str) -> list[str]:
    return list(_absolute(top, _names(_output(top, "ls-files", "-z", *which))))


def _compared(top: str, ref: str) -> Iterator[Moved]:
    """What differs, from a list of a letter and a path each, or two paths for what was renamed."""
    words = iter(_names(_output(top, *_DIFF, "--end-of-options", ref, "--")))
    for letter in words:
        (path,) = _absolute(top, [next(words)])
        match letter[0]:
            case "A":
                yield Moved(None, path)
            case "D":
                yield Moved(path, None)
            case "R" | "C":
                (after,) = _absolute(top, [next(words)])
                yield Moved(path, after)
            case _:
                yield Moved(path, path)


def _top(folder: str) -> str:
    top = os.fsdecode(_output(folder, "rev-parse", "--show-toplevel")).rstrip("\r\n")
    return os.path.realpath(top)


def _is_revision(top: str, ref: str) -> bool:
    return _run(top, "rev-parse", "--quiet", "--verify", "--end-of-options", f"{ref}^{{commit}}").returncode == 0


def _names(listed: bytes) -> list[str]:
    return [os.fsdecode(name) for name in listed.split(b"\0") if name]


def _absolute(top: str, names: Iterable[str]) -> Iterator[str]:
    return (os.path.join(top, *name.split("/")) for name in names)


def _output(folder: str, *arguments: str) -> bytes:
    ran = _run(folder, *arguments)
    if ran.returncode != 0:
        raise UnreadableInput([Diagnostic(folder, _trouble(ran.stderr.decode("utf-8", "replace")))])
    return ran.stdout


def _trouble(said: str) -> str:
    if "not a git repository" in said:
        return "this folder is in no git repository, so what has changed is not known"
    reason = next((line for line in said.splitlines() if line.startswith("fatal: ")), "fatal: no reason given")
    return f"git failed: {reason.removeprefix('fatal: ')}"


def _run(folder: str, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"}
    try:
        return subprocess.run(
            ["git", *_QUIET, *arguments], cwd=folder, env=environment, capture_output=True, check=False
        )
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        raise UnreadableInput([Diagnostic("git", f"the program cannot be run: {reason}")]) from None
