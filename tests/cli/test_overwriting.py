"""Nothing is written over what it is made of."""

from pathlib import Path

import pytest

from tests.cli.command import run

TEXT = "version: 1\nname: x\nservices: {web: {kind: web}}\n"
COMMANDS = [
    "check w.yaml --format json=w.yaml",
    "check w.yaml -o link.yaml",
    "check . -o w.workload.yaml",
    "check w.yaml --lock other.lock -o other.lock",
    "report w.yaml -o w.yaml --format md",
    "lock w.yaml --lock w.yaml",
    "diagram w.yaml -o w.yaml --format mmd",
    "import compose.yaml -o compose.yaml --force",
    "init --answers w.yaml --force w.yaml",
]


@pytest.mark.parametrize("command", COMMANDS)
def test_an_output_that_is_read_is_refused(command: str, tmp_path: Path, cache: Path) -> None:
    for name in ("w.yaml", "w.workload.yaml", "other.lock"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    (tmp_path / "compose.yaml").write_text("services: {web: {image: x}}\n", encoding="utf-8")
    (tmp_path / "link.yaml").symlink_to("w.yaml")
    before = {file: file.read_bytes() for file in tmp_path.iterdir()}
    ran = run(*command.split(), cwd=tmp_path, cache=cache)
    assert (ran.status, "would be written over `" in ran.err) == (2, True)
    assert {file: file.read_bytes() for file in tmp_path.iterdir()} == before


def test_files_of_other_tools_in_a_folder_are_not_written_over(tmp_path: Path, cache: Path) -> None:
    (tmp_path / "compose.yaml").write_text("services: {web: {image: x}}\n", encoding="utf-8")
    ran = run("check", ".", "-o", "compose.yaml", cwd=tmp_path, cache=cache)
    assert (ran.status, "would be written over `" in ran.err) == (2, True)
