"""Which findings a suppression covers, and what becomes of those that cover nothing."""

import json
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archadvisor.engine.advise import advise
from archadvisor.loading.references import settled_suppressions
from archadvisor.loading.workload import read_workload
from archadvisor.model.advice import Advice, Finding
from archadvisor.model.suppression import Suppression
from archadvisor.model.workload import Workload
from archadvisor.policy.rules import RULES
from archadvisor.policy.suppressions import accepted
from tests.engine.house_pack import DAY, built_in, real
from tests.engine.random_workloads import document

KANIKO, SECRET, PLAIN = "lint/kaniko-is-archived", "lint/plain-text-secret", "lint/public-endpoint-in-plain-http"
COMMENT = "# archadvisor: ignore[{}] because we know"
FILE = """\
version: 1
name: x
services:
  web:
    kind: web
    environment:
      DB_PASSWORD: correct-horse-9
  api:
    kind: web
    environment:
      DB_PASSWORD: correct-horse-8
delivery:
  builder: kaniko
"""


def read(text: str) -> Workload:
    reading = read_workload(text.encode(), "x.yaml")
    assert reading.workload is not None, reading.diagnostics
    return settled_suppressions(reading.workload, built_in())


def judged(text: str, day: str = DAY) -> Advice:
    workload = read(text)
    return accepted(advise(workload, real()), workload, day)


def with_comment(line: int, comment: str, own_line: bool = False) -> str:
    lines = FILE.splitlines()
    if own_line:
        lines.insert(line - 1, comment)
    else:
        lines[line - 1] += f" {comment}"
    return "\n".join(lines) + "\n"


def told(found: Advice) -> list[tuple[str, str | None]]:
    return [(each.rule, each.subject) for each in found.findings if each.rule in (KANIKO, SECRET, *RULES)]


WEB, API = "services.web.environment.DB_PASSWORD", "services.api.environment.DB_PASSWORD"
ALL = {(SECRET, WEB), (SECRET, API), (KANIKO, None)}
# Where a comment stands and what it names -> what it accepts.
COVERED = [
    (7, False, SECRET, {(SECRET, WEB)}),
    (7, True, SECRET, {(SECRET, WEB)}),
    (11, False, SECRET, {(SECRET, API)}),
    (11, True, SECRET, {(SECRET, API)}),
    (13, False, KANIKO, {(KANIKO, None)}),
    (13, True, KANIKO, {(KANIKO, None)}),
    (2, False, KANIKO, {(KANIKO, None)}),
    (7, False, f"{KANIKO}, {SECRET}", {(SECRET, WEB)}),
    (7, False, KANIKO, set()),
    (4, False, SECRET, set()),
    (6, False, SECRET, set()),
    (8, True, SECRET, set()),
    (12, False, KANIKO, set()),
    (13, False, SECRET, set()),
]


@pytest.mark.parametrize(("line", "own_line", "rules", "covered"), COVERED)
def test_a_comment_covers_what_begins_on_its_line_or_is_about_what_is_named_there(
    line: int, own_line: bool, rules: str, covered: set[tuple[str, str | None]]
) -> None:
    found = judged(with_comment(line, COMMENT.format(rules), own_line))
    assert {(each.finding.rule, each.finding.subject) for each in found.suppressed} == covered
    shown = told(found)
    assert {each for each in shown if each[0] not in RULES} == ALL - covered
    unused = [each for each in found.findings if each.rule == "suppressions/unused"]
    assert len(unused) == len(rules.split(", ")) - len({rule for rule, _ in covered})


def test_a_comment_at_the_name_of_a_service_covers_what_is_about_the_service() -> None:
    text = "version: 1\nname: x\nservices:\n  web: {}\n  api:\n    gpus: 1\ndecisions: {compute: {api: fargate}}\n"
    found = judged(text.replace("  api:", f"  api:  {COMMENT.format('decisions/ruled-out')}"))
    assert [(each.finding.rule, each.finding.subject) for each in found.suppressed] == [
        ("decisions/ruled-out", "services.api")
    ]
    assert [each.rule for each in found.findings if each.rule in ("decisions/ruled-out", *RULES)] == []


def section(entries: str) -> str:
    return f"{FILE}suppressions: [{entries}]\n"


@pytest.mark.parametrize(
    ("entries", "covered"),
    [
        (f"{{rule: {KANIKO}, because: x}}", {(KANIKO, None)}),
        (f"{{rule: {SECRET}, subject: {WEB}, because: x}}", {(SECRET, WEB)}),
        (f"{{rule: {SECRET}, because: x}}", set()),
        (f"{{rule: {SECRET}, subject: web, because: x}}", set()),
        (f"{{rule: {KANIKO}, subject: web, because: x}}", set()),
    ],
)
def test_an_entry_covers_the_findings_of_its_rule_about_its_subject(
    entries: str, covered: set[tuple[str, str | None]]
) -> None:
    found = judged(section(entries))
    assert {(each.finding.rule, each.finding.subject) for each in found.suppressed} == covered
    assert ("suppressions/unused" in [each.rule for each in found.findings]) is not bool(covered)


def test_an_unused_one_says_where_its_rule_does_find_something() -> None:
    remedies = [
        each.remedy
        for text in (section(f"{{rule: {SECRET}, because: x}}"), with_comment(4, COMMENT.format(SECRET)))
        for each in judged(text).findings
        if each.rule == "suppressions/unused"
    ]
    assert remedies == [
        "remove it, or move it to `subject: web.DB_PASSWORD` or `subject: api.DB_PASSWORD`",
        "remove it, or move it to line 7 or line 11",
    ]


def test_one_that_covers_nothing_more_is_unused() -> None:
    found = judged(section(f"{{rule: {KANIKO}, because: x}}, {{rule: {KANIKO}, because: y}}"))
    assert [each.suppression.because for each in found.suppressed] == ["x"]
    assert [rule for rule, _ in told(found) if rule in RULES] == ["suppressions/unused"]


@pytest.mark.parametrize(("day", "accepts"), [("2026-11-22", True), ("2026-11-23", True), ("2026-11-24", False)])
@pytest.mark.parametrize("form", ["comment", "section"])
def test_a_suppression_counts_until_the_end_of_its_last_day(form: str, day: str, accepts: bool) -> None:
    comment = with_comment(13, f"{COMMENT.format(KANIKO)} until 2026-11-23")
    found = judged(comment if form == "comment" else section(f"{{rule: {KANIKO}, because: x, until: 2026-11-23}}"), day)
    shown = [rule for rule, _ in told(found) if rule != SECRET]
    assert sorted(shown) == ([] if accepts else [KANIKO, "suppressions/expired"])
    assert len(found.suppressed) == accepts


def test_findings_stay_in_the_order_of_the_file() -> None:
    found = judged(section(f"{{rule: {SECRET}, because: x}}, {{rule: {SECRET}, subject: zz, because: x}}")).findings
    assert [each.place for each in found] == sorted(each.place for each in found)


def about(found: Finding) -> tuple[str, str | None, int]:
    return found.rule, found.subject, found.place.line


@given(st.integers(0, 2**32).map(Random))
def test_a_suppression_never_hides_another_finding(random: Random) -> None:
    text = json.dumps({"version": 1, "name": "x", **document(random)}, indent=1)
    workload = read(text)
    plain = advise(workload, real())
    if not plain.findings:
        return
    chosen = random.choice(plain.findings)
    entry = {"rule": chosen.rule, "because": "x"} | ({"subject": chosen.subject} if chosen.subject else {})
    by_entry = {**json.loads(text), "suppressions": [entry]}
    line = text.splitlines()[chosen.place.line - 1]
    by_comment = text.replace(line, f"{line} {COMMENT.format(chosen.rule)}", 1)
    for given_text in (json.dumps(by_entry, indent=1), by_comment if text.count(line) == 1 else text):
        found = judged(given_text)
        hidden = [each.finding for each in found.suppressed]
        own = [each for each in found.findings if each.rule not in RULES]
        assert sorted(map(repr, map(about, [*own, *hidden]))) == sorted(map(repr, map(about, plain.findings)))
        assert all(each.rule == chosen.rule for each in hidden)
        assert all(each.subject == chosen.subject or each.place.line == chosen.place.line for each in hidden)
        assert given_text == text or about(chosen) in map(about, hidden)


def test_the_first_of_two_that_cover_a_finding_gets_it() -> None:
    text = with_comment(13, COMMENT.format(KANIKO)) + f"suppressions: [{{rule: {KANIKO}, because: later}}]\n"
    found = judged(text)
    assert [(each.suppression.form, type(each.suppression)) for each in found.suppressed] == [("comment", Suppression)]
