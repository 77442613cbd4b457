"""The workload files that git says something of."""

from collections.abc import Collection, Sequence

from archadvisor.loading.discovery import workload_files
from archadvisor.storage import git


def changed_files(paths: Sequence[str], ref: str) -> tuple[str, ...]:
    """Of the files that paths mean, those that are not as they were at a revision; and paths that mean nothing.

    Raises:
        UnreadableInput: this folder is in no git repository, or it has no such revision.
    """
    return _among(paths, {moved.after for moved in git.changed(".", ref) if moved.after is not None})


def tracked_files(paths: Sequence[str]) -> tuple[str, ...]:
    """Of the files that paths mean, those that git tracks; and paths that mean nothing.

    Raises:
        UnreadableInput: this folder is in no git repository.
    """
    return _among(paths, git.tracked("."))


def _among(paths: Sequence[str], known: Collection[str]) -> tuple[str, ...]:
    found = workload_files(list(paths))
    return (*(file for file in found.files if git.located(file) in known), *(each.file for each in found.missing))
