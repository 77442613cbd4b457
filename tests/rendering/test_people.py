"""The formats for people: text, concise lines, Markdown; their summaries, quiet and statistics."""

import re
from dataclasses import replace

import pytest
from markdown_it import MarkdownIt

from archadvisor.engine.program import Program
from archadvisor.rendering import FORMATS
from archadvisor.rendering.address import file_url, relative
from archadvisor.rendering.paint import Paper
from archadvisor.rendering.telling import Telling
from tests.rendering.reports import accepted, awkward, data, every, findings, plain, rendered

PEOPLE = ["text", "concise", "markdown"]
QUIET = Telling(quiet=True)
STATISTICS = Telling(statistics=True)


def flowing(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("form", PEOPLE)
def test_the_summary_counts_what_is_accepted_and_known_if_anything_is(form: str, built_in: Program) -> None:
    assert "; 1 suppressed; 1 known to the baseline;" in flowing(rendered(form, accepted(built_in)))
    assert not re.search("suppressed|baseline", rendered(form, plain(built_in)))


def test_the_json_counts_what_is_accepted_and_known(built_in: Program) -> None:
    told = data("json", accepted(built_in))
    assert isinstance(told, dict)
    summary, workload = told["summary"], told["workloads"][0]
    assert (summary["suppressed"], summary["baselined"]) == (1, 1)
    assert workload["suppressed"][0]["suppression"]["because"] == "agreed"
    assert workload["baselined"][0]["rule"] == "lint/plain-text-secret"
    assert workload["findings"][0]["fix"]["edits"][0]["text"] == "on"
    assert [(found["rule"], found["findings"]) for found in summary["statistics"]] == [
        ("lint/kaniko-is-archived", 1),
        ("lint/app-mesh-has-ended", 0),
        ("lint/plain-text-secret", 0),
    ]


@pytest.mark.parametrize("form", PEOPLE)
def test_quiet_shows_findings_alone(form: str, built_in: Program) -> None:
    text = rendered(form, plain(built_in), QUIET)
    assert [finding.rule for finding in findings(plain(built_in)) if finding.rule not in text] == []
    assert not re.search("checked against|orchestrator|Decisions", text)


@pytest.mark.parametrize("form", PEOPLE)
@pytest.mark.parametrize("name", ["clean", "nothing"])
def test_quiet_shows_nothing_where_all_is_well(form: str, name: str, built_in: Program) -> None:
    assert rendered(form, every(built_in)[name], QUIET) == ""


@pytest.mark.parametrize("form", PEOPLE)
def test_quiet_still_shows_what_could_not_be_used(form: str, built_in: Program) -> None:
    assert "/elsewhere/a b.yaml" in rendered(form, awkward(built_in), QUIET)


@pytest.mark.parametrize("form", PEOPLE)
def test_statistics_count_findings_by_rule(form: str, built_in: Program) -> None:
    told = plain(built_in)
    (advice,) = told.advices
    twice = replace(told, advices=(advice, replace(advice, findings=advice.findings[:1])))
    text = rendered(form, twice, STATISTICS)
    rows = re.findall(r"(\d)\W+(error|warning|note)\W+([\w-]+/[\w-]+)", text)
    assert rows == [
        ("2", "warning", "lint/kaniko-is-archived"),
        ("1", "error", "lint/app-mesh-has-ended"),
        ("1", "error", "lint/plain-text-secret"),
    ]
    assert "remedy" not in text
    assert "2 files checked against" in flowing(text)


def test_a_concise_line_is_place_severity_rule_message(built_in: Program) -> None:
    first = rendered("concise", plain(built_in)).splitlines()[0]
    finding = findings(plain(built_in))[0]
    assert first == f"{finding.file}:1:{finding.place.column}: warning lint/kaniko-is-archived {finding.message}"


@pytest.mark.parametrize("name", ["plain", "accepted", "awkward", "clean", "nothing"])
def test_concise_takes_one_line_a_finding_one_a_problem_and_one_to_sum_up(name: str, built_in: Program) -> None:
    told = every(built_in)[name]
    lines = rendered("concise", told).splitlines()
    assert len(lines) == len(findings(told)) + len(told.diagnostics) + 1
    assert all(re.match(r".*:\d+:\d+: (error|warning|note) \S+ \S", line) for line in lines[:-1])


def test_the_markdown_is_tables_that_no_text_breaks(built_in: Program) -> None:
    parser = MarkdownIt("commonmark", {"html": True}).enable("table")
    tokens = parser.parse(rendered("markdown", awkward(built_in)))
    rows = [token for token in tokens if token.type == "tr_open"]
    cells = [token for token in tokens if token.type in ("td_open", "th_open")]
    decisions = len({(found.decision, found.option, found.verdict) for found in awkward(built_in).advices[0].decisions})
    assert len(rows) == (1 + 2) + (1 + 1) + (1 + decisions)
    assert len(cells) == 4 * 3 + 6 * 2 + 4 * (1 + decisions)
    inline = [child.content for token in tokens for child in token.children or [] if child.type == "html_inline"]
    assert set(inline) == {"<br>"}


LINK = re.compile("\x1b]8;;([^\x1b]*)\x1b\\\\(.*?)\x1b]8;;\x1b\\\\", re.DOTALL)


@pytest.mark.parametrize("form", ["text", "concise"])
def test_links_lead_to_files_and_sources_and_leave_the_text_as_it_is(form: str, built_in: Program) -> None:
    told = plain(built_in)
    telling = Telling()
    linked = FORMATS[form](told, Paper(80, False, "/repository"), telling)
    assert LINK.sub(r"\2", linked) == rendered(form, told)
    targets = {url for url, _ in LINK.findall(linked)}
    assert "file:///repository/workload" in targets
    assert any(url.startswith("https://") for url in targets)


@pytest.mark.parametrize("form", ["text", "concise"])
def test_colours_leave_the_text_as_it_is(form: str, built_in: Program) -> None:
    told = plain(built_in)
    coloured = FORMATS[form](told, Paper(80, True), Telling())
    assert "\x1b[31" in coloured
    assert re.sub("\x1b\\[[0-9;]*m", "", coloured) == rendered(form, told)


PATHS = [
    ("a.yaml", "/r", "a.yaml"),
    ("./b/./c.yaml", "/r", "b/c.yaml"),
    ("/r/d.yaml", "/r", "d.yaml"),
    ("/rest/e.yaml", "/r", "/rest/e.yaml"),
    ("../f.yaml", "/r/s", "/r/f.yaml"),
    ("/g.yaml", "/", "g.yaml"),
    ("h/../i.yaml", "", "i.yaml"),
    ("/j.yaml", "", "/j.yaml"),
    ("", "/r", "."),
    ("k\\l.yaml", "C:\\r", "k/l.yaml"),
    ("C:\\r\\m.yaml", "C:\\r", "m.yaml"),
    ("D:\\n.yaml", "C:\\r", "D:/n.yaml"),
    ("o\\p.yaml", "/r", "o\\p.yaml"),
]


@pytest.mark.parametrize(("file", "folder", "expected"), PATHS)
def test_a_path_is_told_from_a_folder(file: str, folder: str, expected: str) -> None:
    assert relative(file, folder) == expected


def test_a_file_has_a_url() -> None:
    assert file_url("a b.yaml", "/r") == "file:///r/a%20b.yaml"
    assert file_url("a.yaml", "C:\\r") == "file:///C:/r/a.yaml"
