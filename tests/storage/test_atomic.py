"""Files are replaced whole, with their permissions, through links, and only while they are what they were."""

import os
from pathlib import Path

import pytest

from archadvisor.storage import atomic


def test_a_file_is_replaced_and_keeps_its_permissions(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_bytes(b"old")
    file.chmod(0o640)
    assert atomic.replace(str(file), b"new\r\n", b"old")
    assert (file.read_bytes(), file.stat().st_mode & 0o777, os.listdir(tmp_path)) == (b"new\r\n", 0o640, ["a"])


def test_a_file_that_is_another_by_now_stays(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_bytes(b"newer")
    assert not atomic.replace(str(file), b"new", b"old")
    assert (file.read_bytes(), os.listdir(tmp_path)) == (b"newer", ["a"])


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "b").symlink_to("a")
    assert atomic.replace(str(tmp_path / "b"), b"new", b"old")
    assert ((tmp_path / "a").read_bytes(), (tmp_path / "b").is_symlink()) == (b"new", True)


def test_what_is_written_goes_through_a_link_that_stays(tmp_path: Path) -> None:
    for name, there in (("a", True), ("b", False)):
        if there:
            (tmp_path / name).write_bytes(b"old")
        (tmp_path / f"to-{name}").symlink_to(name)
        atomic.write(str(tmp_path / f"to-{name}"), b"new")
        assert ((tmp_path / name).read_bytes(), (tmp_path / f"to-{name}").is_symlink()) == (b"new", True)


def test_a_pipe_is_written_to_and_stays(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    atomic.write(str(tmp_path / "pipe"), b"new")
    atomic.write(f"/dev/fd/{os.open(tmp_path / 'pipe', os.O_WRONLY)}", b"er")
    assert (os.read(reader, 9), (tmp_path / "pipe").is_fifo(), os.listdir(tmp_path)) == (b"newer", True, ["pipe"])


def test_a_folder_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(IsADirectoryError):
        atomic.write(str(tmp_path / "folder"), b"new")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give files away")
def test_a_file_keeps_its_owner_and_group(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_bytes(b"old")
    os.chown(file, 1234, 4321)
    file.chmod(0o600)
    atomic.write(str(file), b"new")
    assert (file.stat().st_uid, file.stat().st_gid, file.stat().st_mode & 0o777) == (1234, 4321, 0o600)


@pytest.mark.skipif(os.geteuid() == 0, reason="everything can be written by this user")
def test_a_file_that_may_not_be_written_stays(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_bytes(b"old")
    file.chmod(0o400)
    with pytest.raises(PermissionError):
        atomic.replace(str(file), b"new", b"old")
    assert (file.read_bytes(), os.listdir(tmp_path)) == (b"old", ["a"])


def test_what_is_no_file_is_not_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(PermissionError):
        atomic.replace(str(tmp_path / "pipe"), b"new", b"old")
