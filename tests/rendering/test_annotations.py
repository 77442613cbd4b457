"""GitHub's annotations and GitLab's issues."""

import re
from typing import Any

import pytest

from archadvisor.engine.program import Program
from archadvisor.model.advice import Report
from archadvisor.rendering.paint import printable
from tests.rendering.reports import AWKWARD, accepted, awkward, clean, data, findings, plain, rendered

COMMAND = re.compile(r"::(?P<name>\w+) (?P<properties>[^:]*)::(?P<message>.*)")
ESCAPES = (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%"))


def commands(told: Report) -> list[dict[str, str]]:
    """The annotations as the runner reads them."""
    found = []
    for line in rendered("github", told).splitlines():
        match = COMMAND.fullmatch(line)
        assert match is not None, line
        properties = dict(pair.split("=", 1) for pair in match["properties"].split(","))
        message = unescaped(match["message"], ("%3A", "%2C"))
        found.append({"name": match["name"], "message": message, **{k: unescaped(v) for k, v in properties.items()}})
    return found


def unescaped(text: str, left_out: tuple[str, ...] = ()) -> str:
    for escape, meant in ESCAPES:
        text = text if escape in left_out else text.replace(escape, meant)
    return text


def test_an_annotation_has_the_level_place_rule_and_message_of_its_finding(built_in: Program) -> None:
    told = plain(built_in)
    levels = {"error": "error", "warning": "warning", "note": "notice"}
    for finding, command in zip(findings(told), commands(told), strict=True):
        assert (command["name"], command["title"]) == (levels[finding.severity], finding.rule)
        assert command["message"] == f"{finding.message}\nremedy: {finding.remedy}"
        places = [int(command[key]) for key in ("line", "col", "endLine", "endColumn")]
        assert places == list(finding.place[:4])


def test_awkward_texts_come_back_as_they_were(built_in: Program) -> None:
    first, *_, gone = commands(awkward(built_in))
    assert first["message"] == f"{printable(AWKWARD)}\nremedy: {printable(AWKWARD)}"
    assert first["file"] == printable(AWKWARD)
    assert (gone["name"], gone["file"], gone["title"]) == ("error", "/elsewhere/a b.yaml", "unusable")


def test_columns_are_left_out_where_a_place_has_several_lines(built_in: Program) -> None:
    first, *_ = commands(awkward(built_in))
    assert (first["line"], first["endLine"]) == ("2", "4")
    assert not first.keys() & {"col", "endColumn"}


@pytest.mark.parametrize("form", ["github", "gitlab"])
def test_accepted_and_known_findings_are_not_annotated(form: str, built_in: Program) -> None:
    shown = rendered(form, accepted(built_in))
    assert [rule for rule in ("lint/app-mesh-has-ended", "lint/plain-text-secret") if rule in shown] == []
    assert "lint/kaniko-is-archived" in shown


def test_nothing_found_is_nothing_annotated(built_in: Program) -> None:
    assert rendered("github", clean(built_in)) == ""
    assert data("gitlab", clean(built_in)) == []


def issues(told: Report) -> Any:
    return data("gitlab", told)


def test_an_issue_has_the_severity_place_rule_and_message_of_its_finding(built_in: Program) -> None:
    told = plain(built_in)
    severities = {"error": "major", "warning": "minor", "note": "info"}
    for finding, issue in zip(findings(told), issues(told), strict=True):
        assert (issue["check_name"], issue["severity"]) == (finding.rule, severities[finding.severity])
        assert issue["description"].startswith(finding.message)
        assert issue["location"]["lines"] == {"begin": finding.place.line, "end": finding.place.end_line}


def test_every_issue_has_a_fingerprint_of_its_own_that_stays(built_in: Program) -> None:
    told = issues(awkward(built_in))
    marks = [issue["fingerprint"] for issue in told]
    assert len(set(marks)) == len(marks) == 5
    assert marks == [issue["fingerprint"] for issue in issues(awkward(built_in))]


def test_an_unusable_file_is_a_blocker(built_in: Program) -> None:
    assert [issue["severity"] for issue in issues(awkward(built_in))] == ["minor"] * 2 + ["blocker"] * 3
