"""Which files a path means."""

import os
from pathlib import Path

import pytest

from archadvisor.loading.discovery import Meant, read_bytes, workload_files
from archadvisor.model.diagnostic import Diagnostic
from tests.deep import make_too_deep

MODELINE = "# yaml-language-server: $schema=../schema/workload.schema.json\n"
TREE = {
    "workload.yaml": "",
    "b/shop.workload.yml": "",
    "a/workload.yml": "",
    "b/marked.yaml": MODELINE,
    "b/other.yaml": "# $schema=workload.schema.json\n",
    "b/marked-late.yaml": "\n" + MODELINE,
    "b/marked.json": MODELINE,
    "b/myworkload.yaml": "",
    "b/workload.yaml.bak": "",
    ".git/workload.yaml": "",
    ".hidden.workload.yaml": "",
    "node_modules/x/workload.yaml": "",
    "venv/workload.yaml": "",
    "a/__pycache__/workload.yaml": "",
}


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, text in TREE.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_folder_means_its_workload_files_in_order(tree: Path) -> None:
    meant = workload_files([str(tree)])
    assert meant.problems == []
    assert [os.path.relpath(file, tree) for file in meant.files] == [
        "workload.yaml",
        "a/workload.yml",
        "b/marked.yaml",
        "b/shop.workload.yml",
    ]


@pytest.mark.parametrize("name", ["b/other.yaml", "b/marked.json", ".git/workload.yaml", "-"])
def test_a_file_that_is_named_is_itself(tree: Path, name: str) -> None:
    assert workload_files([name]) == Meant([name], [], [])


def test_a_file_that_is_named_twice_is_checked_once(tree: Path) -> None:
    assert workload_files(["a/workload.yml", "a", "a/workload.yml"]) == Meant(["a/workload.yml"], [], [])


@pytest.mark.parametrize("again", ["./a/workload.yml", "a//workload.yml", "b/../a/workload.yml"])
def test_a_file_that_is_named_in_two_ways_is_checked_once(tree: Path, again: str) -> None:
    assert len(workload_files(["a/workload.yml", again]).files) == 1


def test_every_path_that_does_not_exist_is_told(tree: Path) -> None:
    meant = workload_files(["gone.yaml", "a", "nowhere/"])
    assert meant.files == ["a/workload.yml"]
    assert meant.problems == [Diagnostic(path, "there is no such file or folder") for path in ("gone.yaml", "nowhere/")]


def test_a_link_to_nothing_is_no_silence(tree: Path) -> None:
    (tree / "gone.workload.yaml").symlink_to(tree / "gone.yaml")
    (file,) = [file for file in workload_files([str(tree)]).files if file.endswith("gone.workload.yaml")]
    assert read_bytes(file) == Diagnostic(file, "the file cannot be read: no such file or directory")


def test_links_that_go_in_circles_end(tree: Path) -> None:
    (tree / "b" / "again").symlink_to(tree, target_is_directory=True)
    assert len(workload_files([str(tree)]).files) == 4


def test_a_folder_that_cannot_be_read_is_no_silence(tmp_path: Path) -> None:
    (tmp_path / "workload.yaml").write_text("version: 1\n")
    make_too_deep(tmp_path)
    meant = workload_files([str(tmp_path), f"{tmp_path}/"])
    assert meant.files == [str(tmp_path / "workload.yaml")]
    assert [each.message for each in meant.unread] == ["the folder cannot be read: file name too long"]
    assert meant.problems == meant.unread


def test_the_content_of_a_file_is_its_bytes(tree: Path) -> None:
    (tree / "x").write_bytes(b"\xff\x00\r\n")
    assert read_bytes(str(tree / "x")) == b"\xff\x00\r\n"


def test_what_never_ends_is_no_file_of_a_folder_and_is_read_as_far_as_any_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "workload.yaml")
    (tmp_path / "zero.workload.yaml").symlink_to("/dev/zero")
    (tmp_path / "gone.workload.yaml").symlink_to("nowhere")
    (tmp_path / "notes.yaml").symlink_to("/dev/zero")
    assert workload_files([str(tmp_path)]) == Meant([str(tmp_path / "gone.workload.yaml")], [], [])
    data = read_bytes(str(tmp_path / "zero.workload.yaml"))
    assert isinstance(data, bytes)
    assert len(data) == 16 * 1024 * 1024
