"""The files of a repository that other tools may have written something in."""

import os
import re
from collections.abc import Iterator, Sequence

from pathspec import GitIgnoreSpec

from archadvisor.loading.discovery import SKIPPED, is_within, walked
from archadvisor.model.diagnostic import Diagnostic

_ENDINGS = (".yaml", ".yml", ".json", ".template")
_OF_TOOLS = frozenset(
    {
        *(".git", ".hg", ".svn", ".idea", ".vscode", ".cache", ".venv", ".tox", ".nox", ".eggs", ".npm", ".yarn"),
        *(".pnpm-store", ".gradle", ".mypy_cache", ".pytest_cache", ".ruff_cache", ".hypothesis", ".next", ".nuxt"),
        *(".terraform", ".terragrunt-cache", ".aws-sam", ".serverless"),
    }
)
"""Hidden folders in which tools keep what they have made."""
_IGNORING = ".gitignore"
Specs = tuple[tuple[str, GitIgnoreSpec], ...]
"""What is ignored, by the folder that says so; the deepest last."""


def files_below(folder: str, unread: dict[str, Diagnostic]) -> Iterator[str]:
    """The files below a folder that no `.gitignore` there means, with `/` and from there; links are not followed.

    Adds the folders that cannot be looked into.
    """
    known: dict[str, Specs] = {}
    for where, folders, names in walked(folder, unread):
        path = "" if where == folder else os.path.relpath(where, folder).replace(os.sep, "/")
        specs = known.get(os.path.dirname(path), ()) if path else ()
        known[path] = (*specs, *_specs(where, path))
        kept = (name for name in sorted(folders) if not _is_passed_over(name))
        folders[:] = [name for name in kept if not _is_ignored(f"{_joined(path, name)}/", known[path])]
        links = [name for name in folders if os.path.islink(os.path.join(where, name))]
        for name in sorted([*names, *links]):
            if not _is_ignored(_joined(path, name), known[path]):
                yield _joined(path, name)


def candidates(folder: str, files: Sequence[str]) -> tuple[list[str], list[Diagnostic]]:
    """The files that may be read, by their paths from here; and links out of the folder, which are not followed."""
    found: list[str] = []
    refused: list[Diagnostic] = []
    for name in sorted(files):
        path = os.path.normpath(os.path.join(folder, *name.split("/")))
        if not _is_candidate(name, os.path.islink(path) and os.path.isdir(path)):
            continue
        if os.path.islink(path) and not is_within(path, folder):
            refused.append(Diagnostic(path, "this is a link out of the folder, and is not followed"))
        elif os.path.isfile(path):
            found.append(path)
    return found, refused


def _is_candidate(name: str, linked_folder: bool) -> bool:
    *folders, last = name.split("/")
    return not any(map(_is_passed_over, folders)) and (linked_folder or last.endswith(_ENDINGS))


def _is_passed_over(folder: str) -> bool:
    return folder in SKIPPED or folder in _OF_TOOLS


def _specs(where: str, path: str) -> Iterator[tuple[str, GitIgnoreSpec]]:
    try:
        with open(os.path.join(where, _IGNORING), encoding="utf-8", errors="replace") as lines:
            yield path, GitIgnoreSpec.from_lines(filter(_is_pattern, lines))
    except OSError:
        return


def _is_pattern(line: str) -> bool:
    """Whether a line is a pattern; git passes over those that are none."""
    try:
        GitIgnoreSpec.from_lines([line])
    except (ValueError, re.error):
        return False
    return True


def _is_ignored(path: str, specs: Specs) -> bool:
    """Whether the deepest `.gitignore` that says something of a path means it."""
    for folder, spec in reversed(specs):
        said = spec.check_file(path.removeprefix(f"{folder}/") if folder else path).include
        if said is not None:
            return said
    return False


def _joined(path: str, name: str) -> str:
    return f"{path}/{name}" if path else name
