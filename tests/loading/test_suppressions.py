"""What a file accepts is read in one form; what is nearly that is told, and all other comments are left alone."""

import json
import subprocess
import sys

import pytest

from archadvisor.loading.references import settled_suppressions
from archadvisor.loading.workload import read_workload
from archadvisor.model.suppression import Misfit, Suppression
from archadvisor.model.workload import Workload
from tests.engine.house_pack import built_in

HEAD = "version: 1\nname: x\n"
KANIKO = "lint/kaniko-is-archived"
SECRET = "lint/plain-text-secret"


def read(text: str | bytes) -> Workload:
    reading = read_workload(text if isinstance(text, bytes) else text.encode(), "x.yaml")
    assert reading.workload is not None, reading.diagnostics
    return settled_suppressions(reading.workload, built_in())


def commented(comment: str) -> Workload:
    return read(f"{HEAD}delivery:\n  builder: kaniko {comment}\n")


# A comment -> the rules it names, its reason and its last day.
WELL_FORMED: dict[str, tuple[list[str], str, str | None]] = {
    f"# archadvisor: ignore[{KANIKO}] because we move": ([KANIKO], "we move", None),
    f"#archadvisor:ignore[{KANIKO}] because we move": ([KANIKO], "we move", None),
    f"##  archadvisor:  ignore[ {KANIKO} ]  because  we  move  ": ([KANIKO], "we  move", None),
    f"# archadvisor: ignore[{KANIKO}, {SECRET}] because of #7": ([KANIKO, SECRET], "of #7", None),
    f"# archadvisor: ignore[{KANIKO},{SECRET}] because we move": ([KANIKO, SECRET], "we move", None),
    f"# archadvisor: ignore[{KANIKO}] because we move until 2027-03-01": ([KANIKO], "we move", "2027-03-01"),
    f"# archadvisor: ignore[{KANIKO}] because it stays until spring": ([KANIKO], "it stays until spring", None),
    f"# archadvisor: ignore[{KANIKO}] because 引越し中 until 2028-02-29": ([KANIKO], "引越し中", "2028-02-29"),
    f"# archadvisor: ignore[{KANIKO}] because [see] plan, until: later": ([KANIKO], "[see] plan, until: later", None),
}  # fmt: skip


@pytest.mark.parametrize("comment", WELL_FORMED)
def test_a_well_formed_comment_is_read(comment: str) -> None:
    found = commented(comment)
    rules, because, until = WELL_FORMED[comment]
    assert [(each.rule, each.because, each.until) for each in found.suppressions] == [
        (rule, because, until) for rule in rules
    ]
    assert found.misfits == ()
    line = found.lines[3]
    assert [line[each.place.column - 1 : each.place.end_column - 1] for each in found.suppressions] == rules


# A comment -> what its problem says.
MALFORMED: dict[str, str] = {
    "# archadvisor:": "does not begin with",
    "# archadvisor: ignore": "does not begin with",
    f"# archadvisor ignore[{KANIKO}] because we move": "does not begin with",
    f"# archadvisor; ignore[{KANIKO}] because we move": "does not begin with",
    f"# archadvisor = ignore[{KANIKO}] because we move": "does not begin with",
    f"# Archadvisor: ignore[{KANIKO}] because we move": "does not begin with",
    f"# ARCHADVISOR: IGNORE[{KANIKO}] BECAUSE WE MOVE": "does not begin with",
    f"# archadvisor : ignore[{KANIKO}] because we move": "does not begin with",
    f"# archadviser: ignore[{KANIKO}] because we move": "does not begin with",
    f"# arch-advisor: ignore[{KANIKO}] because we move": "does not begin with",
    f"# archadvisor: ignored[{KANIKO}] because we move": "does not begin with",
    f"# archadvisor: ignor[{KANIKO}] because we move": "does not begin with",
    f"# archadvisor: disable[{KANIKO}] because we move": "does not begin with",
    f"# archadvisor: suppress {KANIKO} because we move": "does not begin with",
    f"# archadvisor: ignore {KANIKO} because we move": "does not begin with",
    f"# archadvisor: ignore [{KANIKO}] because we move": "does not begin with",
    f"# archadvisor: ignore({KANIKO}) because we move": "does not begin with",
    f"# archadvisor: ignore: {KANIKO}": "does not begin with",
    f"# TODO archadvisor: ignore[{KANIKO}] because we move": "does not begin with",
    f"# because we move # archadvisor: ignore[{KANIKO}]": "does not begin with",
    f"# archadvisor ignore {KANIKO} because we move": "does not begin with",
    f"# please, archadvisor, ignore {KANIKO}": "does not begin with",
    "# archadvisor: ignore because we move": "does not begin with",
    f"# archadvisor: ignore[{KANIKO} because we move": "one pair of brackets",
    f"# archadvisor: ignore[[{KANIKO}]] because we move": "one pair of brackets",
    f"# archadvisor: ignore[{KANIKO}][{SECRET}] because we move": "what follows the rules",
    "# archadvisor: ignore[] because we move": "leaves out the name",
    "# archadvisor: ignore[ ] because we move": "leaves out the name",
    f"# archadvisor: ignore[{KANIKO},] because we move": "leaves out the name",
    f"# archadvisor: ignore[,{KANIKO}] because we move": "leaves out the name",
    f"# archadvisor: ignore[{KANIKO},,{SECRET}] because we move": "leaves out the name",
    f"# archadvisor: ignore[{KANIKO} {SECRET}] because we move": "is not one rule",
    f"# archadvisor: ignore[{KANIKO}]": "gives no reason",
    f"# archadvisor: ignore[{KANIKO}] because": "gives no reason",
    f"# archadvisor: ignore[{KANIKO}] because  ": "gives no reason",
    f"# archadvisor: ignore[{KANIKO}] because …": "gives no reason",
    f"# archadvisor: ignore[{KANIKO}] because until 2027-03-01": "gives no reason",
    f"# archadvisor: ignore[{KANIKO}] we move": "what follows the rules",
    f"# archadvisor: ignore[{KANIKO}]because we move": "what follows the rules",
    f"# archadvisor: ignore[{KANIKO}]: because we move": "what follows the rules",
    f"# archadvisor: ignore[{KANIKO}] because: we move": "what follows the rules",
    f"# archadvisor: ignore[{KANIKO}] Because we move": "what follows the rules",
    f"# archadvisor: ignore[{KANIKO}] becuase we move": "what follows the rules",
    f"# archadvisor: ignore[{KANIKO}] until 2027-03-01": "`until` before `because`",
    f"# archadvisor: ignore[{KANIKO}] until 2027-03-01 because we move": "`until` before `because`",
    f"# archadvisor: ignore[{KANIKO}] because we move until 2027-02-30": "`2027-02-30` is no day",
    f"# archadvisor: ignore[{KANIKO}] because we move until 2027-3-1": "`2027-3-1` is no day",
    f"# archadvisor: ignore[{KANIKO}] because we move until 20270301": "`20270301` is no day",
    f"# archadvisor: ignore[{KANIKO}] because we move until 01.03.2027": "`01.03.2027` is no day",
    f"# archadvisor: ignore[{KANIKO}] because we move until 2027-03-01.": "`2027-03-01.` is no day",
    f"# archadvisor: ignore[{KANIKO}] because until 2027-03-01 we move": "more after `until`",
    f"# archadvisor: ignore[{KANIKO}] because we move until: 2027-03-01": "more after `until`",
    f"# archadvisor: ignore[{KANIKO}] because x until 2027-03-01 until 2027-04-01": "more after `until`",
}  # fmt: skip


@pytest.mark.parametrize("comment", MALFORMED)
def test_a_malformed_comment_is_told_and_accepts_nothing(comment: str) -> None:
    found = commented(comment)
    assert found.suppressions == ()
    (misfit,) = found.misfits
    assert (misfit.fault, MALFORMED[comment] in misfit.problem) == ("malformed", True), misfit
    assert (misfit.place.line, misfit.place.column) == (4, 19)


@pytest.mark.parametrize(
    "comment",
    [
        "# archadvisor reads this file",
        "# see archadvisor: the manual",
        "# image: registry.example.com/archadvisor:latest",
        "# we ignore what archadvisor says",
        f"# ignore[{KANIKO}] because we move",
        "# yamllint disable-line",
        "# archadvisor",
    ],
)
def test_other_comments_are_left_alone(comment: str) -> None:
    found = commented(comment)
    assert (found.suppressions, found.misfits) == ((), ())


COMMENT = f"# archadvisor: ignore[{KANIKO}] because we move"
INSIDE = [
    f'description: "{COMMENT}"\n',
    f"description: '{COMMENT}'\n",
    f"description: |\n  {COMMENT}\n",
    f"description: >-\n  x\n\n  {COMMENT}\n",
    f"description: 'x\n  {COMMENT}'\n",
]


@pytest.mark.parametrize("text", INSIDE)
def test_a_value_is_never_a_comment(text: str) -> None:
    found = read(HEAD + text)
    assert (found.suppressions, found.misfits) == ((), ())


def test_a_byte_order_mark_and_windows_line_ends_move_nothing() -> None:
    text = f"{HEAD}description: 日本\n{COMMENT}\ndelivery:\n  builder: kaniko {COMMENT}\n"
    plain = read(text).suppressions
    assert [each.lines for each in plain] == [(5,), (6,)]
    assert read(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()).suppressions == plain


def test_a_secret_in_a_reason_is_masked() -> None:
    found = commented(f"# archadvisor: ignore[{KANIKO}] because the key was AKIAIOSFODNN7EXAMPLE once")
    assert [each.because for each in found.suppressions] == ["the key was **** once"]
    assert "AKIA" not in repr(commented("# archadvisor: AKIAIOSFODNN7EXAMPLE"))


def section(**entry: object) -> Workload:
    stated = {"version": 1, "name": "x", "services": {"web": {"endpoints": {"shop": {}}}}, "suppressions": [entry]}
    return read(json.dumps(stated))


@pytest.mark.parametrize(
    ("subject", "path"),
    [
        (None, None),
        ("web", "services.web"),
        ("services.web", "services.web"),
        ("web.shop", "services.web.endpoints.shop"),
    ],
)
def test_an_entry_of_the_section_names_its_subject(subject: str | None, path: str | None) -> None:
    entry = {"rule": KANIKO, "because": "we move", "until": "2027-03-01"} | ({"subject": subject} if subject else {})
    (found,) = section(**entry).suppressions
    assert (found.rule, found.subject, found.because, found.until) == (KANIKO, path, "we move", "2027-03-01")


MISFITS: list[tuple[dict[str, object], str, str, str]] = [
    ({"rule": "lint/kaniko-is-archive"}, "unknown-rule", "there is no rule", f"did you mean `{KANIKO}`?"),
    ({"rule": "zzz"}, "unknown-rule", "there is no rule `zzz`", "rules list"),
    ({"rule": "compute/gpus-need-hosts"}, "unknown-rule", "is never a finding", "rules list"),
    ({"rule": "lint/plain-text-access-key"}, "unsuppressable", "cannot be accepted", "do what the finding says"),
    ({"rule": KANIKO, "subject": "wb"}, "misplaced", "there is no `wb` here", "did you mean `web`?"),
    ({"rule": KANIKO, "until": "2027-02-30"}, "malformed", "`2027-02-30` is no day", "2027-03-01"),
]


@pytest.mark.parametrize(("entry", "fault", "problem", "remedy"), MISFITS)
def test_an_entry_that_means_nothing_is_told(entry: dict[str, object], fault: str, problem: str, remedy: str) -> None:
    found = section(because="we move", **entry)
    (misfit,) = found.misfits
    assert found.suppressions == ()
    assert (misfit.fault, problem in misfit.problem, remedy in misfit.remedy) == (fault, True, True), misfit


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("{rule: a/b}", "the key `because` is missing"),
        ("{because: x}", "the key `rule` is missing"),
        ("{rule: a/b, because: ''}", "expected a reason"),
        ("{rule: a/b, because: ' '}", "expected a reason"),
        ("{rule: a/b, because: null}", "expected a reason"),
        ("{rule: a/b, because: x, until: soon}", "expected a day such as `2026-11-23`"),
        ("{rule: a/b, reason: x}", "unknown key `reason`"),
        ("a/b", "expected a mapping"),
    ],
)
def test_an_entry_of_another_shape_makes_the_file_unusable(entry: str, message: str) -> None:
    reading = read_workload(f"{HEAD}suppressions:\n  - {entry}\n".encode(), "x.yaml")
    assert reading.workload is None
    assert [each for each in reading.diagnostics if message in each.message], reading.diagnostics


def test_suppressions_are_no_facts() -> None:
    with_one = read(f"{HEAD}suppressions: [{{rule: {KANIKO}, because: x}}]\n")
    assert with_one.root == read(HEAD).root
    assert {type(each) for each in (*with_one.suppressions, *with_one.misfits)} <= {Suppression, Misfit}


READ = """
import sys
from archadvisor.loading.workload import read_workload
read_workload(sys.stdin.buffer.read(), "x.yaml")
print("archadvisor.loading.comments" in sys.modules)
"""


@pytest.mark.parametrize(("comment", "read"), [("# nothing of ours", "False"), ("# archadvisor: x", "True")])
def test_the_comments_of_files_that_do_not_name_the_tool_are_not_read(comment: str, read: str) -> None:
    given = f"{HEAD}{comment}\n"
    ran = subprocess.run([sys.executable, "-c", READ], input=given, capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == read
