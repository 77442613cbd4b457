"""What git tells of a folder."""

from pathlib import Path

import pytest

from archadvisor.errors import UnreadableInput
from archadvisor.storage import git
from archadvisor.storage.git import Moved
from tests.cli.repository import git as command
from tests.cli.repository import put, repository


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return repository(tmp_path / "project", {"a": "1\n" * 9, "b": "2\n", "c": "3\n" * 9})


def test_what_changed_comes_with_the_name_it_had(project: Path) -> None:
    put(project, {"a": "other\n", "new": "new\n"})
    command(project, "rm", "-q", "b")
    command(project, "mv", "c", "d")
    a, b, c, d, new = (str(project / name) for name in ("a", "b", "c", "d", "new"))
    assert set(git.changed(str(project))) == {Moved(a, a), Moved(b, None), Moved(c, d), Moved(None, new)}


def test_a_file_is_read_as_it_was(project: Path) -> None:
    put(project, {"b": "other\n"})
    assert git.content(str(project), "HEAD", str(project / "b")) == b"2\n"
    assert git.content(str(project), "HEAD", str(project / "never")) is None


@pytest.mark.parametrize("ref", ["--output=written", "nowhere", "HEAD:a", ""])
def test_what_is_no_revision_is_refused_and_is_no_option_of_git(project: Path, ref: str) -> None:
    with pytest.raises(UnreadableInput, match="no such revision"):
        git.changed(str(project), ref)
    assert not (project / "written").exists()
