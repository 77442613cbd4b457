"""Which files that are read would be written over."""

import os
from collections.abc import Iterator, Sequence

from archadvisor.loading.discovery import is_folder, is_within, workload_files


def written_over(
    outputs: Sequence[str | None], paths: Sequence[str], others: Sequence[str | None] = ()
) -> Iterator[tuple[str, str]]:
    """The outputs that are also read, each with the name under which it is: by a path, within a folder, or besides."""
    for output in outputs:
        if output is None or not os.path.isfile(output):
            continue
        for file in (*_read(output, paths), *filter(None, others)):
            if os.path.exists(file) and os.path.samefile(output, file):
                yield output, file
                break


def _read(output: str, paths: Sequence[str]) -> Iterator[str]:
    """The files that are read of some paths; of folders that the output lies in, the files of other tools too."""
    yield from workload_files(list(paths)).files
    for folder in filter(is_folder, paths):
        if is_within(output, folder):
            from archadvisor.workflows.repository import repository

            yield from repository(folder).found
