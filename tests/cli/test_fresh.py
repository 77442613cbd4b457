"""`report --check`, through the real command in a git repository."""

from pathlib import Path

import pytest

from tests.cli.command import Ran, run
from tests.cli.files import PACK, RULES, SOURCES
from tests.cli.repository import commit, put, repository

WORKLOAD = "version: 1\nname: shop\nservices: {web: {kind: web, cpu: 0.5}}\n"
EARLIER = "2026-11-20"


@pytest.fixture
def project(tmp_path: Path, cache: Path) -> Path:
    """A repository with a workload and its report, written on an earlier day."""
    folder = repository(tmp_path / "project", {"shop/workload.yaml": WORKLOAD, "docs/notes.md": "# Notes\n"})
    written = report(folder, cache, "shop/workload.yaml", "-o", "docs/shop.md", "--as-of", EARLIER)
    assert (written.status, written.shown) == (0, "")
    commit(folder)
    return folder


def report(folder: Path, cache: Path, *arguments: str) -> Ran:
    return run("report", *arguments, cwd=folder, cache=cache)


def test_the_report_says_how_it_was_made(project: Path) -> None:
    text = (project / "docs" / "shop.md").read_text(encoding="utf-8")
    assert f'<!-- archadvisor report {{"workload": "../shop/workload.yaml", "as_of": "{EARLIER}", "version"' in text


# Whatever the day is now and wherever the command runs, these find the report fresh.
@pytest.mark.parametrize(
    ("folder", "arguments"),
    [
        (".", ()),
        ("docs", ()),
        (".", ("-o", "docs/shop.md")),
        (".", ("shop/workload.yaml", "-o", "docs/shop.md")),
        ("docs", ("../shop/workload.yaml", "-o", "shop.md")),
    ],
)
def test_a_fresh_report_is_fine_on_any_day(project: Path, cache: Path, folder: str, arguments: tuple[str, ...]) -> None:
    ran = report(project / folder, cache, *arguments, "--check")
    assert (ran.status, ran.out, ran.err) == (0, "1 report checked, none out of date\n", "")


# An edit of a file -> what is said of the report.
STALE = [
    ("shop/workload.yaml", "cpu: 0.5", "cpu: 0.5, gpus: 1", "would not be the same now; write it again with"),
    ("docs/shop.md", "# Architecture", "# Structure", "line 1 would not be the same now"),
    ("docs/shop.md", '"version": "', '"version": "9', "and this is"),
    ("docs/shop.md", '"as_of": "2026', '"as_of": "x', "it does not say how it was made"),
    ("docs/shop.md", "../shop/workload.yaml\"", "../gone.yaml\"", "it is about `gone.yaml`"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "said"), STALE)
def test_a_report_that_is_out_of_date_fails_and_says_how_to_write_it_again(
    project: Path, cache: Path, file: str, old: str, new: str, said: str
) -> None:
    text = (project / file).read_text(encoding="utf-8")
    assert old in text
    put(project, {file: text.replace(old, new)})
    ran = report(project, cache, "shop/workload.yaml", "-o", "docs/shop.md", "--check")
    assert (ran.status, said in ran.out) == (1, True), ran
    again = "archadvisor report shop/workload.yaml -o docs/shop.md"
    assert f"write it again with `{again}`" in ran.out
    assert "1 report checked, 1 out of date" in ran.out


def test_writing_it_again_makes_it_fresh(project: Path, cache: Path) -> None:
    put(project, {"shop/workload.yaml": WORKLOAD.replace("0.5", "0.5, gpus: 1")})
    assert report(project, cache, "--check").status == 1
    assert report(project, cache, "shop/workload.yaml", "-o", "docs/shop.md").status == 0
    assert report(project, cache, "--check").status == 0


def test_a_report_that_is_not_there_is_not_fresh(project: Path, cache: Path) -> None:
    ran = report(project, cache, "shop/workload.yaml", "-o", "docs/none.md", "--check")
    assert (ran.status, "docs/none.md: out of date: there is no such report" in ran.out) == (1, True), ran
    assert not (project / "docs" / "none.md").exists()


def test_house_packs_count(project: Path, cache: Path) -> None:
    put(project, {"pack/pack.yaml": PACK, "pack/sources.yaml": SOURCES, "pack/rules.yaml": RULES})
    arguments = ("shop/workload.yaml", "-o", "docs/shop.md", "--pack", "pack")
    ran = report(project, cache, *arguments, "--check")
    assert (ran.status, "-o docs/shop.md --pack pack`" in ran.out) == (1, True), ran
    assert report(project, cache, *arguments).status == 0
    assert report(project, cache, *arguments, "--check").status == 0


def test_the_configuration_counts(project: Path, cache: Path) -> None:
    house = {"pack/pack.yaml": PACK, "pack/sources.yaml": SOURCES, "pack/rules.yaml": RULES}
    settings = {"archadvisor.toml": 'packs = ["pack"]\nignore = ["house/no-batch"]\n'}
    put(project, {**house, **settings, "shop/workload.yaml": WORKLOAD.replace("kind: web", "kind: batch")})
    assert report(project, cache, "--check").status == 1
    assert report(project, cache, "shop/workload.yaml", "-o", "docs/shop.md").status == 0
    assert report(project, cache, "--check").status == 0


def test_line_ends_of_another_system_do_not_matter(project: Path, cache: Path) -> None:
    file = project / "docs" / "shop.md"
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert report(project, cache, "--check").status == 0


def test_nothing_in_a_name_ends_the_comment(project: Path, cache: Path) -> None:
    put(project, {"a-->b/workload.yaml": WORKLOAD})
    assert report(project, cache, "a-->b/workload.yaml", "-o", "docs/b.md").status == 0
    assert (project / "docs" / "b.md").read_text(encoding="utf-8").splitlines()[-2].count("-->") == 1
    assert report(project, cache, "-o", "docs/b.md", "--check").status == 0


def test_where_git_tracks_no_report_nothing_was_checked(tmp_path: Path, cache: Path) -> None:
    ran = report(repository(tmp_path / "bare", {"notes.md": "x"}), cache, "--check")
    assert (ran.status, ran.err) == (3, "nothing was checked: git tracks no report here\n")


# The arguments -> what is said, with status 2.
REFUSED = [
    (("shop/workload.yaml", "--check"), "needs `-o FILE`"),
    (("--check", "--as-of", EARLIER), "takes the day from the report"),
    ((), "Missing argument 'WORKLOAD'"),
]


@pytest.mark.parametrize(("arguments", "said"), REFUSED)
def test_what_does_not_go_together_is_refused(
    project: Path, cache: Path, arguments: tuple[str, ...], said: str
) -> None:
    ran = report(project, cache, *arguments)
    assert (ran.status, said in ran.err) == (2, True), ran


def test_a_workload_that_cannot_be_used_is_told(project: Path, cache: Path) -> None:
    put(project, {"shop/workload.yaml": WORKLOAD.replace("version: 1", "version: 2")})
    ran = report(project, cache, "--check")
    assert (ran.status, "expected `1`, found `2`" in ran.err) == (2, True), ran
