"""JUnit: what passes, fails, is skipped, and is in error."""

from xml.etree import ElementTree as ET

import pytest

from archadvisor.engine.program import Program
from archadvisor.model.advice import Report
from archadvisor.model.rule import Severity
from archadvisor.rendering.telling import Telling
from tests.rendering.reports import accepted, awkward, clean, plain, rendered

RESULTS = ("failure", "error", "skipped")


def suites(told: Report, fail_on: Severity | None = "error") -> list[ET.Element]:
    return list(ET.fromstring(rendered("junit", told, Telling(fail_on=fail_on))))


@pytest.mark.parametrize(("fail_on", "failures"), [("error", 2), ("warning", 3), ("note", 3), (None, 0)])
def test_what_fails_the_check_fails(built_in: Program, fail_on: Severity | None, failures: int) -> None:
    (suite,) = suites(plain(built_in), fail_on)
    assert (suite.get("failures"), suite.get("tests")) == (str(failures), "3")
    assert len(suite.findall("testcase/failure")) == failures
    assert len(suite.findall("testcase/system-out")) == 3 - failures


def test_a_file_without_findings_has_a_case_that_passes(built_in: Program) -> None:
    (suite,) = suites(clean(built_in))
    (case,) = suite
    assert list(case) == []
    assert suite.get("name") == "folder/work load.yaml"


def test_accepted_and_known_findings_are_skipped_with_the_reason(built_in: Program) -> None:
    (suite,) = suites(accepted(built_in))
    skipped = suite.findall("testcase/skipped")
    assert [found.get("message") for found in skipped] == ["agreed", "the baseline knows it"]
    assert (suite.get("skipped"), suite.get("tests")) == ("2", "3")


def test_files_that_cannot_be_used_are_suites_in_error(built_in: Program) -> None:
    _, first, second = suites(awkward(built_in))
    assert (first.get("errors"), second.get("errors")) == ("2", "1")
    assert second.get("name") == "/elsewhere/a b.yaml"


def test_the_totals_are_the_sums_of_the_suites(built_in: Program) -> None:
    root = ET.fromstring(rendered("junit", awkward(built_in)))
    for attribute in ("tests", "failures", "errors"):
        assert int(root.get(attribute, "")) == sum(int(suite.get(attribute, "")) for suite in root)
    assert root.get("tests") == str(len(root.findall("testsuite/testcase")))


def test_a_failure_tells_where_what_and_what_to_do(built_in: Program) -> None:
    failure = suites(plain(built_in))[0].find("testcase/failure")
    assert failure is not None
    assert failure.text is not None
    assert failure.text.startswith("folder/work load.yaml:1:") or failure.text.startswith("workload:1:")
    assert "remedy: " in failure.text
    assert failure.get("type") == "error"
