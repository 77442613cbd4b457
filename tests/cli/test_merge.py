"""`archadvisor import` onto a workload file that is there, through the real command."""

import codecs
from pathlib import Path

import pytest

from tests.cli.command import DAY, Ran, run

COMPOSE = """\
services:
  web: {image: example/web, cpus: 1, ports: ["80:80"]}
  worker: {image: example/worker, mem_limit: 1g}
"""


def merged(folder: Path, cache: Path, *options: str) -> Ran:
    return run("import", "compose.yaml", *options, cwd=folder, cache=cache)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "compose.yaml").write_text(COMPOSE, encoding="utf-8")
    return tmp_path


# A workload file -> what is in it when it is merged.
HEAD = "version: 1\nname: mine  # ours\n"
MERGED = [
    (
        HEAD + "services:\n  web:\n    cpu: 2  # measured\n",
        [
            "    cpu: 2  # measured\n",
            "    endpoints:\n      port-80: {}\n",
            "  worker:\n    kind: worker  # compose.yaml:3: services.worker\n    memory: 1 GiB  # compose.yaml:3:",
        ],
    ),
    (
        HEAD + "services: {web: {cpu: 2}}\n",
        [
            "web: {cpu: 2, ",
            "endpoints: {port-80: {}}",
            "worker: {kind: worker, memory: 1 GiB, image: {registry: docker_hub}}",
        ],
    ),
    (HEAD + "services: {}\n", ["cpu: 1", "memory: 1 GiB"]),
]


@pytest.mark.parametrize(("before", "lines"), MERGED)
def test_what_is_new_is_added_and_what_stands_there_stays(
    folder: Path, cache: Path, before: str, lines: list[str]
) -> None:
    (folder / "workload.yaml").write_text(before, encoding="utf-8")
    ran = merged(folder, cache, "--merge")
    text = (folder / "workload.yaml").read_text(encoding="utf-8")
    assert (ran.status, ran.out.splitlines()[0]) == (0, "merged into workload.yaml"), ran.shown
    assert text.startswith(HEAD)
    assert not [line for line in lines if line not in text], text
    assert not [line for line in before.splitlines() if line not in text and not line.startswith("services: {")]
    assert run("check", "workload.yaml", "--as-of", DAY, cwd=folder, cache=cache).status in (0, 1)
    again = merged(folder, cache, "--merge")
    assert (again.status, again.out.splitlines()[0]) == (0, "workload.yaml: there is nothing new")
    assert (folder / "workload.yaml").read_text(encoding="utf-8") == text


def test_without_merge_a_diff_shows_what_is_new_and_nothing_is_written(folder: Path, cache: Path) -> None:
    before = HEAD + "services:\n  web:\n    cpu: 2\n    environment: {DB_PASSWORD: correct-horse-9}\n"
    (folder / "workload.yaml").write_text(before, encoding="utf-8")
    ran = merged(folder, cache)
    assert ran.status == 2
    assert "+  worker:" in ran.out
    assert "`--merge` adds this to it" in ran.err
    assert "`services.web.cpu` is otherwise in the files, and stays" in ran.err
    assert "correct-horse-9" not in ran.shown
    assert (folder / "workload.yaml").read_text(encoding="utf-8") == before


def test_line_ends_of_the_file_are_kept(folder: Path, cache: Path) -> None:
    (folder / "workload.yaml").write_bytes(HEAD.replace("\n", "\r\n").encode() + b"services:\r\n  web: {}\r\n")
    assert merged(folder, cache, "--merge").status == 0
    data = (folder / "workload.yaml").read_bytes()
    assert data.count(b"\r\n") == data.count(b"\n")


def test_a_mark_at_the_beginning_is_kept(folder: Path, cache: Path) -> None:
    file = folder / "workload.yaml"
    file.write_text(HEAD, encoding="utf-8-sig")
    assert merged(folder, cache, "--merge").status == 0
    assert file.read_bytes().startswith(codecs.BOM_UTF8 + b"version: 1")
    before = file.read_bytes()
    assert merged(folder, cache, "--merge").status == 0
    assert file.read_bytes() == before


REFUSED = [
    ("mine\n", ["--merge"], "no workload file to merge with"),
    (HEAD + "services: {web: }\n", ["--merge"], "expected a mapping"),
    (HEAD, ["--merge", "--force"], "take one of them"),
    (HEAD + "services:\n  web: &web {cpu: 1}\n  other: *web\n", ["--merge"], "cannot be merged"),
]


@pytest.mark.parametrize(("before", "options", "said"), REFUSED)
def test_what_cannot_be_merged_is_left_as_it_is(
    folder: Path, cache: Path, before: str, options: list[str], said: str
) -> None:
    (folder / "workload.yaml").write_text(before, encoding="utf-8")
    ran = merged(folder, cache, *options)
    assert (ran.status, said in " ".join(ran.shown.split())) == (2, True), ran.shown
    assert (folder / "workload.yaml").read_text(encoding="utf-8") == before
