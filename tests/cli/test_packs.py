"""Packs of one's own: begun with `rules new`, and offered by an installed distribution."""

from pathlib import Path

import pytest

from tests.cli.command import DAY, run
from tests.cli.files import PACK, RULES, SOURCES

UNKNOWN = [
    ("--decision", "comput", "there is no decision `comput`", "did you mean `compute`?"),
    ("--subject", "sevice", "there is no kind of subject `sevice`", "did you mean `service`?"),
]
BATCH = "version: 1\nname: batch\nservices: {job: {kind: batch}}\n"


def test_a_new_pack_passes_its_own_tests_and_finds_what_it_says(tmp_path: Path, cache: Path) -> None:
    made = run("rules", "new", "house-rules", cwd=tmp_path, cache=cache)
    assert made.status == 0
    assert "wrote house-rules/rules.yaml" in made.out
    tested = run("rules", "test", "--pack", "house-rules", cwd=tmp_path, cache=cache)
    assert (tested.status, "no problems" in tested.out) == (0, True), tested.shown
    text = "version: 1\nname: x\nservices: {site: {kind: web, replicas: {min: 1, max: 2}}}\n"
    (tmp_path / "workload.yaml").write_text(text, encoding="utf-8")
    ran = run("check", "workload.yaml", "--pack", "house-rules", "--as-of", DAY, cwd=tmp_path, cache=cache)
    assert "house-rules/web-services-run-twice" in ran.out


@pytest.mark.parametrize("folder", ["used", "Not A Name", "1x", "file"])
def test_nothing_is_overwritten_and_a_bad_name_is_refused(tmp_path: Path, cache: Path, folder: str) -> None:
    (tmp_path / "used").mkdir()
    (tmp_path / "used" / "mine.yaml").write_text("mine", encoding="utf-8")
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    ran = run("rules", "new", folder, cwd=tmp_path, cache=cache)
    assert ran.status == 2
    assert sorted(path.name for path in tmp_path.rglob("*") if "cache" not in path.parts) == [
        "file",
        "mine.yaml",
        "used",
    ]


@pytest.mark.parametrize(("option", "name", "message", "hint"), UNKNOWN)
def test_rules_of_what_is_not_there_are_not_listed(
    tmp_path: Path, cache: Path, option: str, name: str, message: str, hint: str
) -> None:
    ran = run("rules", "list", option, name, cwd=tmp_path, cache=cache)
    assert (ran.status, ran.out, message in ran.err, hint in ran.err) == (2, "", True, True), ran.shown


def test_an_example_that_does_not_hold_is_shown_with_its_line(tmp_path: Path, cache: Path) -> None:
    for name, text in (("pack", PACK), ("sources", SOURCES), ("rules", RULES.replace("{service.kind: web}", "{}"))):
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    ran = run("rules", "test", "--pack", ".", cwd=tmp_path, cache=cache)
    assert (ran.status, "examples: {fires: {one:" in ran.err) == (1, True), ran.shown


def installed(site: Path, value: str) -> dict[str, str]:
    """A folder of packages with a distribution that offers a pack, whose code must not be run."""
    rules = site / "acme_rules" / "packs" / "house"
    rules.mkdir(parents=True)
    (site / "acme_rules" / "__init__.py").write_text("raise SystemExit('imported')\n", encoding="utf-8")
    for name, text in (("pack", PACK), ("sources", SOURCES), ("rules", RULES)):
        (rules / f"{name}.yaml").write_text(text, encoding="utf-8")
    about = site / "acme_rules-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: acme-rules\nVersion: 1.0\n", encoding="utf-8")
    (about / "entry_points.txt").write_text(f"[archadvisor.packs]\nacme = {value}\n", encoding="utf-8")
    return {"PYTHONPATH": str(site)}


@pytest.mark.parametrize("value", ["acme_rules.packs.house", "acme_rules:packs.house"])
def test_an_installed_pack_is_used_by_name_and_its_code_is_not_run(tmp_path: Path, cache: Path, value: str) -> None:
    environment = installed(tmp_path / "site", value)
    (tmp_path / "workload.yaml").write_text(BATCH, encoding="utf-8")
    arguments = ("check", "workload.yaml", "--as-of", DAY)
    ran = run(*arguments, "--pack", "acme", cwd=tmp_path, cache=cache, environment=environment)
    assert "house/no-batch" in ran.out, ran.shown
    (tmp_path / "archadvisor.toml").write_text('packs = ["acme"]\n', encoding="utf-8")
    ran = run(*arguments, cwd=tmp_path, cache=cache, environment=environment)
    assert "house/no-batch" in ran.out, ran.shown


def test_an_installed_pack_without_a_folder_and_a_misspelled_one_are_refused(tmp_path: Path, cache: Path) -> None:
    environment = installed(tmp_path / "site", "acme_rules.nowhere")
    (tmp_path / "workload.yaml").write_text(BATCH, encoding="utf-8")
    for pack, message in (("acme", "no folder of its distribution"), ("acm", "did you mean `acme`?")):
        ran = run("check", "workload.yaml", "--pack", pack, cwd=tmp_path, cache=cache, environment=environment)
        assert (ran.status, message in " ".join(ran.err.split())) == (2, True), ran.shown
