"""Real files, chosen for variety, hold what somebody found in them who read them by eye."""

from pathlib import Path

import pytest
import yaml

from tests.corpus.expectation import Expected, differences
from tests.corpus.files import PRESENT, imported

EXPECTED = {
    name: Expected.model_validate(found)
    for file in sorted((Path(__file__).parent / "expected").glob("*.yaml"))
    for name, found in yaml.safe_load(file.read_text(encoding="utf-8")).items()
}


@PRESENT
@pytest.mark.parametrize("name", EXPECTED, ids=list(EXPECTED))
def test_a_file_says_what_a_careful_reader_finds_in_it(name: str) -> None:
    found = differences(EXPECTED[name], imported(name))
    assert not found, "\n".join([f"{name}: {EXPECTED[name].about}", *found])


def test_the_files_are_of_all_formats() -> None:
    assert len(EXPECTED) >= 40
    assert {name.partition("/")[0] for name in EXPECTED} == {"cfn", "compose", "ecs", "k8s", "tfplan"}
