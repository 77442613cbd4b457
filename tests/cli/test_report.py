"""`archadvisor report` and `archadvisor diagram`, through the real command."""

import json
import os
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from tests.cli.command import DAY, ROOT, Ran, run
from tests.conftest import needs_browser

WEBSHOP = str(ROOT / "samples" / "webshop" / "workload.yaml")
SVG = "{http://www.w3.org/2000/svg}"


def made(command: str, folder: Path, cache: Path, *arguments: str, **environment: str) -> Ran:
    return run(command, WEBSHOP, "--as-of", DAY, *arguments, cwd=folder, cache=cache, environment=environment)


@pytest.mark.parametrize(
    ("file", "begins"),
    [("a.md", b"# Architecture"), ("a.html", b"<!doctype html>"), ("a.HTM", b"<!doctype html>"), ("a.json", b"{\n")],
)
def test_the_ending_of_the_file_says_what_is_written(tmp_path: Path, cache: Path, file: str, begins: bytes) -> None:
    ran = made("report", tmp_path, cache, "-o", file)
    assert (ran.status, ran.shown) == (0, "")
    assert (tmp_path / file).read_bytes().startswith(begins)


def test_json_holds_the_advice_and_the_cost(tmp_path: Path, cache: Path) -> None:
    found = json.loads(made("report", tmp_path, cache, "--format", "json").out)
    assert (found["schema"], found["advice"]["schema"], found["cost"]["schema"]) == ("report/1", "advice/1", "cost/1")


@pytest.mark.parametrize("form", ["md", "html", "json"])
def test_a_report_is_the_same_byte_for_byte_under_any_hash_seed(tmp_path: Path, cache: Path, form: str) -> None:
    one, other = (made("report", tmp_path, cache, "--format", form, PYTHONHASHSEED=seed).out for seed in ("1", "2"))
    assert one == other
    assert len(one) > 10_000


@needs_browser
def test_a_pdf_is_printed_and_the_same_each_time(tmp_path: Path, cache: Path) -> None:
    for name in ("one.pdf", "two.pdf"):
        ran = made("report", tmp_path, cache, "-o", name)
        assert (ran.status, ran.shown) == (0, "")
    one = (tmp_path / "one.pdf").read_bytes()
    assert one.startswith(b"%PDF-")
    assert f"(D:{DAY.replace('-', '')}000000".encode() in one
    assert one == (tmp_path / "two.pdf").read_bytes()


def test_without_a_browser_a_pdf_is_refused_plainly(tmp_path: Path, cache: Path) -> None:
    ran = made("report", tmp_path, cache, "-o", "a.pdf", PATH=str(tmp_path))
    assert ran.status == 2
    assert "the PDF cannot be made: no browser was found to print with" in ran.err
    assert "FILE.html" in ran.err
    assert os.listdir(tmp_path) == []


def test_without_the_extra_a_page_is_refused_plainly(tmp_path: Path, cache: Path) -> None:
    (tmp_path / "pygraphviz.py").write_text("raise ModuleNotFoundError('none here', name='pygraphviz')\n")
    for command, file in (("report", "a.html"), ("diagram", "a.svg")):
        ran = made(command, tmp_path, cache, "-o", file, PYTHONPATH=str(tmp_path))
        assert ran.status == 2
        assert "needs `pygraphviz`" in ran.err
        assert "pip install 'archadvisor[report]'" in ran.err
        assert not (tmp_path / file).exists()


@pytest.mark.parametrize(("command", "file"), [("report", "a.docx"), ("report", "a"), ("diagram", "a.png")])
def test_an_ending_that_is_not_known_is_refused(tmp_path: Path, cache: Path, command: str, file: str) -> None:
    ran = made(command, tmp_path, cache, "-o", file)
    assert ran.status == 2
    assert f"`{file}` ends with" in ran.err
    assert "`--format` says what to write" in ran.err


def test_a_diagram_is_svg_with_a_title_and_a_description(tmp_path: Path, cache: Path) -> None:
    ran = made("diagram", tmp_path, cache, "-o", "a.svg")
    assert (ran.status, ran.shown) == (0, "")
    root = ElementTree.parse(tmp_path / "a.svg").getroot()
    told = {each.tag.removeprefix(SVG): each.text or "" for each in root if each.tag in (f"{SVG}title", f"{SVG}desc")}
    assert told["title"] == "Recommended architecture of webshop"
    assert "On Amazon ECS: AWS Fargate: storefront, checkout, fulfilment, reindex." in told["desc"]
    shown = {text.text for text in root.iter(f"{SVG}text")}
    assert {"shoppers", "Cognito user pool", "Amazon ECR", "payment_key", "AWS, eu-west-1"} <= shown


def test_a_diagram_is_mermaid_where_nothing_else_is_asked_for(tmp_path: Path, cache: Path) -> None:
    ran = made("diagram", tmp_path, cache)
    assert ran.status == 0
    assert ran.out.startswith("flowchart LR\n")
    assert ran.out in (ROOT / "tests" / "golden" / "webshop.md").read_text(encoding="utf-8")


def test_a_page_that_is_out_of_date_is_found(tmp_path: Path, cache: Path) -> None:
    workload = tmp_path / "workload.yaml"
    workload.write_text("version: 1\nname: shop\nservices: {web: {kind: web, cpu: 0.5}}\n", encoding="utf-8")
    run("report", "workload.yaml", "-o", "shop.html", "--as-of", DAY, cwd=tmp_path, cache=cache)
    fresh = run("report", "--check", "-o", "shop.html", cwd=tmp_path, cache=cache)
    assert (fresh.status, fresh.out) == (0, "1 report checked, none out of date\n")
    workload.write_text(workload.read_text(encoding="utf-8").replace("0.5", "20"), encoding="utf-8")
    stale = run("report", "--check", "-o", "shop.html", cwd=tmp_path, cache=cache)
    assert stale.status == 1
    assert "shop.html: out of date" in stale.out


def test_a_workload_may_come_by_stdin_but_records_name_a_file(tmp_path: Path, cache: Path) -> None:
    data = Path(WEBSHOP).read_bytes()
    assert run("report", "-", cwd=tmp_path, cache=cache, stdin=data).out.startswith("# Architecture of webshop")
    refused = run("report", "-", "--adr", "adr", cwd=tmp_path, cache=cache, stdin=data)
    assert refused.status == 2
    assert "`-` is none" in refused.err
    assert not (tmp_path / "adr").exists()
