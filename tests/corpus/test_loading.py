"""Real files that are no workloads: each is refused with a diagnostic, never with a traceback, never silently."""

import pytest

from archadvisor.loading.workload import read_workload
from tests.corpus.files import CORPUS, FOLDERS, PRESENT


@PRESENT
@pytest.mark.parametrize("folder", FOLDERS)
def test_a_file_of_another_kind_is_refused_with_what_is_wrong(folder: str) -> None:
    files = [file for file in sorted((CORPUS / folder).rglob("*")) if file.is_file()]
    assert files
    for file in files:
        reading = read_workload(file.read_bytes(), file.name)
        assert reading.workload is None, file
        assert reading.diagnostics, file
        assert all(found.message for found in reading.diagnostics), file
