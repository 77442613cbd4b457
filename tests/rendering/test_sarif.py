"""SARIF: what viewers and code scanning go by."""

import json
from dataclasses import replace
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

from archadvisor import advise, load_workload
from archadvisor.engine.program import Program
from archadvisor.model.advice import Report
from archadvisor.workflows.check import report
from tests.rendering.reports import STATED, accepted, awkward, clean, plain, rendered


def run(told: Report) -> Any:
    (only,) = json.loads(rendered("sarif", told))["runs"]
    return only


def test_a_result_points_to_its_rule_by_index(built_in: Program) -> None:
    told = run(awkward(built_in))
    rules = told["tool"]["driver"]["rules"]
    assert [rules[result["ruleIndex"]]["id"] for result in told["results"]] == [r["ruleId"] for r in told["results"]]
    assert len({rule["id"] for rule in rules}) == len(rules)


def test_a_rule_says_what_it_is_why_it_matters_and_where_to_read_on(built_in: Program) -> None:
    rules = {rule["id"]: rule for rule in run(plain(built_in))["tool"]["driver"]["rules"]}
    rule = rules["lint/plain-text-secret"]
    assert rule["shortDescription"]["text"] == "Plain text secret."
    assert rule["fullDescription"]["text"] in rule["help"]["text"]
    assert "Remedy: " in rule["help"]["text"]
    assert "](https://" in rule["help"]["markdown"]
    assert urlsplit(rule["helpUri"]).scheme == "https"
    assert rule["defaultConfiguration"]["level"] == "error"
    assert rule["properties"]["pack"] == "aws"


def test_a_rule_that_no_pack_has_gets_a_descriptor_all_the_same(built_in: Program) -> None:
    (rule,) = run(awkward(built_in))["tool"]["driver"]["rules"]
    assert (rule["id"], rule["shortDescription"]["text"]) == ("suppressions/unused", "Unused.")


def test_a_region_counts_characters_from_one_and_ends_after_the_last(built_in: Program) -> None:
    told = plain(built_in)
    log = run(told)
    assert log["columnKind"] == "unicodeCodePoints"
    finding = told.advices[0].findings[0]
    region = log["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert tuple(region.values()) == tuple(finding.place[:4])
    assert list(region) == ["startLine", "startColumn", "endLine", "endColumn"]


FILES = [
    ("folder/work load.yaml", "folder/work%20load.yaml", "%SRCROOT%"),
    ("./a/../b.yaml", "b.yaml", "%SRCROOT%"),
    ("/repository/deep/c.yaml", "deep/c.yaml", "%SRCROOT%"),
    ("../d.yaml", "file:///d.yaml", None),
    ("/elsewhere/e#1.yaml", "file:///elsewhere/e%231.yaml", None),
    ("100%.yaml", "100%25.yaml", "%SRCROOT%"),
    ("c:d.yaml", "c%3Ad.yaml", "%SRCROOT%"),
    ("\udcff.yaml", "%FF.yaml", "%SRCROOT%"),
    ("ünï.yaml", "%C3%BCn%C3%AF.yaml", "%SRCROOT%"),
]


@pytest.mark.parametrize(("file", "uri", "base"), FILES)
def test_a_file_is_named_by_a_uri_from_the_root_of_the_sources(
    built_in: Program, file: str, uri: str, base: str | None
) -> None:
    told = plain(built_in)
    (advice,) = told.advices
    moved = replace(advice, file=file, findings=tuple(replace(found, file=file) for found in advice.findings))
    log = run(replace(told, advices=(moved,)))
    for location in (log["artifacts"][0]["location"], *map(artifact, log["results"])):
        assert (location["uri"], location.get("uriBaseId")) == (uri, base)
    assert unquote(uri, errors="surrogateescape").endswith(file.rpartition("/")[2])


def artifact(result: Any) -> Any:
    return result["locations"][0]["physicalLocation"]["artifactLocation"]


def test_a_fingerprint_survives_an_edit_elsewhere_and_no_other(built_in: Program) -> None:
    def fingerprints(text: str) -> set[str]:
        from archadvisor.workflows.reading import workload_in

        advice = advise(workload_in("w.yaml", built_in.rulebook, text.encode()), built_in)
        results = run(report(built_in, (advice,)))["results"]
        return {result["partialFingerprints"]["archadvisorFinding/v1"] for result in results}

    text = "version: 1\nname: x\nservices:\n  web:\n    environment: {DB_PASSWORD: correct-horse-9}\n"
    assert len(fingerprints(text)) == 1
    assert fingerprints("# new\n\n" + text + "  api: {kind: web}\n") == fingerprints(text)
    assert fingerprints(text.replace("web", "shop")) != fingerprints(text)


def test_what_else_explains_a_finding_is_a_related_location(built_in: Program) -> None:
    result = run(accepted(built_in))["results"][0]
    (related,) = result["relatedLocations"]
    assert related["message"]["text"] == "said here"
    assert related["physicalLocation"]["region"]["startLine"] == 2


def test_an_accepted_finding_is_carried_with_its_justification(built_in: Program) -> None:
    results = run(accepted(built_in))["results"]
    (result,) = [result for result in results if "suppressions" in result]
    (suppression,) = result["suppressions"]
    assert (suppression["kind"], suppression["status"]) == ("inSource", "accepted")
    assert suppression["justification"] == "agreed"
    assert suppression["properties"] == {"form": "comment", "until": "2027-03-01"}
    assert suppression["location"]["physicalLocation"]["region"]["startLine"] == 7


def test_every_result_says_how_it_stands_to_a_baseline_where_there_is_one(built_in: Program) -> None:
    assert [result["baselineState"] for result in run(accepted(built_in))["results"]] == ["new", "new", "unchanged"]
    assert all("baselineState" not in result for result in run(plain(built_in))["results"])


def test_a_fix_says_what_to_delete_and_what_to_put_there(built_in: Program) -> None:
    (fix,) = run(accepted(built_in))["results"][0]["fixes"]
    (change,) = fix["artifactChanges"]
    assert fix["description"]["text"] == "write `on`"
    assert fix["properties"]["safe"] is False
    assert [(r["deletedRegion"]["startLine"], r["insertedContent"]["text"]) for r in change["replacements"]] == [
        (2, "on"),
        (9, "x: 1\n"),
    ]


def test_a_run_on_files_that_cannot_be_used_did_not_succeed(built_in: Program) -> None:
    (invocation,) = run(awkward(built_in))["invocations"]
    assert invocation["executionSuccessful"] is False
    assert [told["level"] for told in invocation["toolExecutionNotifications"]] == ["error"] * 3
    (fine,) = run(clean(built_in))["invocations"]
    assert fine == {"executionSuccessful": True, "toolExecutionNotifications": []}


def test_the_files_that_were_checked_are_artifacts_findings_or_not(built_in: Program) -> None:
    told = run(clean(built_in))
    assert [found["location"]["uri"] for found in told["artifacts"]] == ["folder/work%20load.yaml"]
    assert told["results"] == []


def test_the_evidence_of_a_secret_holds_no_value(built_in: Program) -> None:
    text = rendered("sarif", report(built_in, (advise(load_workload(STATED, built_in), built_in),)))
    assert "lint/plain-text-secret" in text
    assert "correct-horse" not in text
