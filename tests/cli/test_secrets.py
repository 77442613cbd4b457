"""No command, format, log or cache shows a secret that stands in a workload file."""

import base64
import json
import random
import shutil
import string
from pathlib import Path

import pytest

from tests.cli.command import DAY, run
from tests.loading.secrets import LOOK_ALIKES, positions

POSITIONS = list(positions())
PIECE = 7
FORMATS = [
    (),
    ("-v",),
    ("--format", "json"),
    ("--format", "json", "-v", "--assume-nothing"),
    ("--diff", "--unsafe-fixes"),
    ("-v", "--fail-on", "never"),
    ("--statistics",),
    *(("--format", form) for form in ("concise", "sarif", "junit", "github", "gitlab", "markdown")),
]


def canary(number: int) -> str:
    """A secret that is the same in every run."""
    chosen = random.Random(number).choices(string.ascii_letters + string.digits, k=20)
    return "Qz7" + "".join(chosen)


def forms(secret: str) -> set[str]:
    """A secret's pieces, and its base64 at each of the three offsets, ends left out."""
    pieces = {secret[at : at + PIECE] for at in range(len(secret) - PIECE + 1)}
    encoded = {base64.b64encode(b"\0" * at + secret.encode()).decode()[4:-4] for at in range(3)}
    return pieces | encoded


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a file for every position, each with a secret of its own."""
    folder = tmp_path_factory.mktemp("planted")
    for number, (_, template) in enumerate(POSITIONS):
        text = template.format(*[canary(number)] * 3)
        (folder / f"{number}.workload.yaml").write_bytes(text.encode())
    return folder


def shown_positions(shown: str) -> list[str]:
    begun = {shown[at : at + PIECE] for at in range(len(shown) - PIECE + 1)}  # most forms need not be looked for

    def is_shown(form: str) -> bool:
        return form[:PIECE] in begun and form in shown

    return [name for number, (name, _) in enumerate(POSITIONS) if any(map(is_shown, forms(canary(number))))]


@pytest.mark.parametrize("options", FORMATS, ids=" ".join)
def test_check_shows_no_secret_and_keeps_none(planted: Path, tmp_path: Path, options: tuple[str, ...]) -> None:
    ran = run("check", ".", *options, "--as-of", DAY, cwd=planted, cache=tmp_path)
    assert ran.status == 2
    assert shown_positions(ran.shown) == []
    kept = "".join(path.read_text(encoding="latin-1") for path in tmp_path.rglob("*") if path.is_file())
    assert kept
    assert shown_positions(kept) == []


def test_fixing_shows_no_secret_and_keeps_only_those_it_cannot_move(planted: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(planted, tmp_path / "files")
    ran = run("check", ".", "--fix", "--unsafe-fixes", "--as-of", DAY, cwd=folder, cache=tmp_path)
    assert shown_positions(ran.shown) == []
    moved = [
        name for number, (name, _) in enumerate(POSITIONS) if "${" in (folder / f"{number}.workload.yaml").read_text()
    ]
    assert {"under DB_PASSWORD", "double quotes", "a literal block", "quotes over two lines", *moved} == {*moved}
    kept = [number for number, (name, _) in enumerate(POSITIONS) if name in moved]
    texts = "".join((folder / f"{number}.workload.yaml").read_text(encoding="utf-8") for number in kept)
    assert shown_positions(texts) == []


def test_check_reads_a_file_for_every_position(planted: Path, tmp_path: Path) -> None:
    ran = run("check", ".", "--format", "json", "--as-of", DAY, cwd=planted, cache=tmp_path)
    summary = json.loads(ran.out)["summary"]
    assert summary["files"] + summary["unusable"] == len(POSITIONS)
    assert summary["files"] > len(POSITIONS) // 5


@pytest.mark.parametrize("number", range(0, len(POSITIONS), 20))
def test_a_report_and_a_check_of_stdin_show_no_secret(planted: Path, cache: Path, tmp_path: Path, number: int) -> None:
    name = f"{number}.workload.yaml"
    to_file = run("report", name, "-o", str(tmp_path / "report.md"), "--as-of", DAY, cwd=planted, cache=cache)
    written = "".join(path.read_text(encoding="utf-8") for path in tmp_path.rglob("*.md"))
    assert bool(written) == (to_file.status == 0)
    piped = run("check", "-", "-v", cwd=planted, cache=cache, stdin=(planted / name).read_bytes())
    assert shown_positions(written + to_file.shown + piped.shown) == []


def test_a_secret_is_an_error_that_names_its_key_and_place(tmp_path: Path, cache: Path) -> None:
    text = "version: 1\nname: x\nservices: {web: {environment: {DB_PASSWORD: correct-horse-9}}}\n"
    (tmp_path / "x.yaml").write_text(text, encoding="utf-8")
    ran = run("check", "x.yaml", "--format", "json", "--as-of", DAY, cwd=tmp_path, cache=cache)
    (found,) = json.loads(ran.out)["workloads"][0]["findings"]
    assert ran.status == 1
    assert (found["rule"], found["severity"]) == ("lint/plain-text-secret", "error")
    assert (found["line"], found["column"], found["end_line"], found["end_column"]) == (3, 45, 3, 60)
    assert "`DB_PASSWORD`" in found["message"]
    shown = run("check", "x.yaml", "--as-of", DAY, cwd=tmp_path, cache=cache).out
    assert "DB_PASSWORD: ****           }}}\n" in shown


def test_an_access_key_is_shown_nowhere(tmp_path: Path, cache: Path) -> None:
    text = "version: 1\nname: x\nservices: {web: {kind: wob, environment: {ID: AKIAIOSFODNN7EXAMPLE}}}\n"
    for number, content in enumerate((text, text.replace("wob", "web"), text + "x: [", f"# {text}", text * 2)):
        (tmp_path / f"{number}.workload.yaml").write_text(content, encoding="utf-8")
    for options in FORMATS:
        ran = run("check", ".", *options, "--as-of", DAY, cwd=tmp_path, cache=cache)
        assert "IOSFODNN7" not in ran.shown
    assert "lint/plain-text-access-key" in ran.out


def test_the_fingerprint_of_a_finding_does_not_tell_two_secrets_apart(tmp_path: Path, cache: Path) -> None:
    found = set()
    for secret in ("correct-horse-9", "battery-stapl-7"):
        text = f"version: 1\nname: x\nservices: {{web: {{environment: {{DB_PASSWORD: {secret}}}}}}}\n"
        (tmp_path / "x.yaml").write_text(text, encoding="utf-8")
        found.add(run("check", "x.yaml", "--format", "json", "--as-of", DAY, cwd=tmp_path, cache=cache).out)
    assert len(found) == 1


def test_look_alikes_are_no_findings(tmp_path: Path, cache: Path) -> None:
    head = "version: 1\nname: x\nservices:\n"
    lines = [f"  s{number}:\n    environment:\n      {text}\n" for number, text in enumerate(LOOK_ALIKES)]
    (tmp_path / "x.yaml").write_text(head + "".join(lines), encoding="utf-8")
    ran = run("check", "x.yaml", "--format", "json", "--as-of", DAY, cwd=tmp_path, cache=cache)
    (workload,) = json.loads(ran.out)["workloads"]
    assert [found for found in workload["findings"] if found["rule"].startswith("lint/plain-text")] == []
