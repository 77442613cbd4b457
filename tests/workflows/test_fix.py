"""Fixing files: what is changed, what is left, and what is refused."""

import codecs
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archadvisor.model.place import Place
from archadvisor.model.rule import Flags
from archadvisor.workflows.fix import diff, fixed_files, saved
from tests.engine.house_pack import built_in, house, real
from tests.workflows.fixed import ECS, HEAD, after, fixed

FIXING = [rule for rule in built_in().rules if isinstance(rule.effect, Flags) and rule.effect.fix]
FARGATE = "services: {web: {kind: web, cpu: 1, memory: 10 GiB}}\n"
CUSTOMERS = "callers: {a: {who: customers, to: app, identities: [own]}}\n"
SESSION = "callers: {a: {who: account, to: other_account, session: %s}}\n"
# A rule of the built-in pack with a fix -> a workload that it speaks of.
FLAGGED = {
    "lint/fargate-size-is-rounded-up": FARGATE + ECS,
    "decisions/ruled-out": "services: {a: {gpus: 1}}\ndecisions: {compute: fargate}\n",
    "decisions/contradicted": CUSTOMERS + "decisions: {sign_in: external_idp}\n",
    "lint/kaniko-is-archived": "delivery: {builder: kaniko}\n",
    "lint/app-runner-is-closed": "existing: {services: [app_runner]}\n",
    "lint/plain-text-secret": "services: {web: {environment: {DB_PASSWORD: hunter-22}}}\n",
    "lint/sessions-start-at-fifteen-minutes": SESSION % "5 min",
    "lint/sessions-end-after-twelve-hours": SESSION % "48 h",
    "lint/chained-sessions-end-after-an-hour": SESSION % "4 h, chained: true",
}


def test_there_is_a_workload_for_every_rule_with_a_fix() -> None:
    fixing = {rule.id for rule in built_in().rules if isinstance(rule.effect, Flags) and rule.effect.fix}
    assert fixing == set(FLAGGED)


@pytest.mark.parametrize("rule", FLAGGED)
def test_what_a_rule_fixes_is_no_finding_any_more(rule: str) -> None:
    done = fixed(HEAD + FLAGGED[rule], unsafe=True)
    assert [name for name, _ in done.fixed] == [rule]
    assert rule in {each.rule for each in done.before.findings}
    assert rule not in {each.rule for each in done.after.findings}


ELSEWHERE = "# archadvisor: ignore[lint/plain-text-secret] because x"
SECRET = "services: {web: {environment: {DB_PASSWORD: hunter-22}}}\n"
OVER = "# archadvisor: ignore[lint/kaniko-is-archived] because x until 2026-01-01"
FIXED = [
    ("a size", "services: {web: {cpu: 1, memory: 10 GiB}}\n" + ECS, "cpu: 1", "cpu: 2"),
    ("a size in other units", "services: {web: {cpu: 500m, memory: 5000 MiB}}\n" + ECS,
     "cpu: 500m, memory: 5000 MiB", "cpu: 1, memory: 5 GiB"),
    ("half a size", "services: {web: {cpu: 300m, memory: 1 GiB}}\n" + ECS, "cpu: 300m", "cpu: 0.5"),
    ("a declared option", FLAGGED["decisions/ruled-out"], "compute: fargate", "compute: ec2"),
    ("an option of one service", "services: {a: {gpus: 1}, b: {}}\ndecisions: {compute: {a: fargate, b: fargate}}\n",
     "{a: fargate, b", "{a: ec2, b"),
    ("an option of all services", "services: {a: {gpus: 1}, b: {}}\ndecisions: {compute: fargate}\n",
     "compute: fargate", "compute: {a: ec2, b: fargate}"),
    ("an option of the others", "services: {a: {gpus: 1}, b: {}, c: {gpus: 2}}\ndecisions: {compute: fargate}\n",
     "compute: fargate", "compute: {a: ec2, b: fargate, c: ec2}"),
    ("an ended builder", "delivery: {builder: 'kaniko'}\n", "'kaniko'", "'buildkit'"),
    ("a suppression that is over", f"services: {{a: {{}}}} {OVER}\n", f" {OVER}", ""),
    ("a suppression of nothing", "services: {a: {}} # archadvisor: ignore[lint/app-mesh-has-ended] because x\n",
     " # archadvisor: ignore[lint/app-mesh-has-ended] because x", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "old", "new"), [case[1:] for case in FIXED], ids=[case[0] for case in FIXED])
def test_a_safe_fix_changes_what_it_says_and_nothing_else(text: str, old: str, new: str) -> None:
    assert after(HEAD + text) == HEAD + text.replace(old, new)


LEFT = [
    ("a suppression of what is elsewhere", f"regions: [eu-west-1] {ELSEWHERE}\n{SECRET}"),
    ("a size that is unknown", "services: {web: {cpu: unknown, memory: 10 GiB}}\n" + ECS),
    ("a size by alias", "services: {a: {cpu: &c 1, memory: 10 GiB}, b: {cpu: *c, memory: 2 GiB}}\n" + ECS),
    ("an ended builder among what is there", "existing: {services: [kaniko]}\n"),
    ("a secret, without leave", SECRET),
    ("App Runner, without leave", "existing: {services: [app_runner]}\n"),
]


@pytest.mark.parametrize("text", [case[1] for case in LEFT], ids=[case[0] for case in LEFT])
def test_what_cannot_be_fixed_safely_is_left(text: str) -> None:
    assert after(HEAD + text) == HEAD + text
    assert fixed(HEAD + text).fixed == ()


def mending(name: str, when: str, facts: str) -> str:
    """A rule with a fix."""
    fix = f"fix: {{title: {name}, safe: true, set_facts: {{{facts}}}}}"
    return f"  - {{id: house/{name}, for: service, when: {{{when}}}, flags: note, {fix}}}\n"


def told(text: str, *rules: str) -> tuple[list[str], str]:
    """What is fixed in a service under the rules of a house, and the service then."""
    done = fixed(f"{HEAD}services: {{a: {{{text}}}}}\n", program=house("rules:\n" + "".join(rules)))
    return [name for name, _ in done.fixed], done.after.data.decode().rpartition("a: {")[2].removesuffix("}}\n")


TO_BATCH = mending("batch", "service.kind: [web, worker]", "service.kind: batch")
TO_WINDOWS = mending("windows", "service.os: linux", "service.os: windows")


def test_fixes_that_overlap_are_made_one_after_the_other() -> None:
    to_worker = mending("a", "service.kind: web", "service.kind: worker")
    assert told("kind: web", to_worker, TO_BATCH) == (["house/a", "house/batch"], "kind: batch")


def test_a_fix_that_brings_a_new_error_is_refused_and_the_others_are_made() -> None:
    no_batch = "  - {id: house/no, for: service, when: {service.kind: batch}, flags: %s}\n"
    text = "kind: web, os: linux"
    assert told(text, TO_BATCH, TO_WINDOWS, no_batch % "error") == (["house/windows"], "kind: web, os: windows")
    made = ["house/batch", "house/windows"]
    assert told(text, TO_BATCH, TO_WINDOWS, no_batch % "warning") == (made, "kind: batch, os: windows")


def test_a_fix_that_makes_the_file_unusable_is_refused() -> None:
    rule = mending("a", "service.replicas.min: 1", "service.replicas.min: '{service.gpus}'")
    assert told("replicas: {min: 1}, gpus: 2", rule) == (["house/a"], "replicas: {min: 2}, gpus: 2")
    assert told("replicas: {min: 1}, gpus: 0.5", rule) == ([], "replicas: {min: 1}, gpus: 0.5")


def test_a_fix_that_leaves_its_finding_is_refused() -> None:
    rule = mending("a", "service.kind: web", "service.os: windows")
    assert told("kind: web, os: linux", rule) == ([], "kind: web, os: linux")


def test_a_fix_whose_finding_stays_with_another_value_is_refused() -> None:
    rule = mending("a", "service.cpu: {gt: 2}", "service.cpu: 3")
    assert told("cpu: 4", rule) == ([], "cpu: 4")
    rule = mending("a", "service.cpu: {gt: 2}", "service.cpu: 2")
    assert told("cpu: 4", rule) == (["house/a"], "cpu: 2")


def test_fixes_that_undo_each_other_come_to_an_end() -> None:
    back = mending("web", "service.kind: batch", "service.kind: web")
    assert told("kind: web", TO_BATCH, back) == (["house/batch"], "kind: batch")


def test_a_file_that_cannot_be_used_is_not_touched() -> None:
    files, problems = fixed_files(real(), ["-"], ("x.yaml", b"version: 1\nname: x\ndelivery: {builder: kanik}\n"), True)
    assert [file.is_changed for file in files] == [False]
    assert [problem.file for problem in problems] == ["x.yaml"]


def test_a_file_that_changed_meanwhile_is_left_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    file.write_text(HEAD + "delivery: {builder: kaniko}\n")
    files, _ = fixed_files(real(), [str(file)], None, False)
    file.write_text("newer")
    done, (problem,) = saved(files)
    assert (done, problem.file, file.read_text()) == ([], str(file), "newer")
    assert problem.message == "the file changed while it was fixed, and was left as it is"


def test_a_diff_shows_masked_lines_and_nothing_that_acts_on_a_terminal() -> None:
    text = HEAD + "services:\n  web:\n    description: a\u202eb\tc\n    environment: {DB_PASSWORD: hunter-22}\n"
    shown = diff([fixed(text, unsafe=True)])
    assert "-    environment: {DB_PASSWORD: ****     }\n" in shown
    assert '+    environment: {DB_PASSWORD: "${db_password}"}\n' in shown
    assert "a\ufffdb\tc" in shown
    assert "hunter" not in shown


QUOTES = st.sampled_from(["{}", '"{}"', "'{}'", "! {}"])
REMARKS = st.sampled_from(["", "  # 漢字 😀 é", " #: [x, {y"])
VARIABLES = st.sampled_from(
    ["DB_PASSWORD: hunter-22", "API_KEY: 'hunter''22x'", 'X_TOKEN: "h\\u0075nter-22"', "LEVEL: info"]
)
DECISIONS = ["decisions: {orchestrator: ecs}", "decisions:\n  orchestrator: 'ecs'\n  compute: \"fargate\" # all"]
ENDINGS = ["", "delivery: {builder: kaniko} # old\n", "secrets: {other: {kind: token}}", "# end"]


@st.composite
def workloads(draw: st.DrawFn) -> str:
    """Workloads with something to fix, in all styles."""
    lines = [*HEAD.splitlines(), "# 😀 top", "services:"]
    for name in ("one", "two"):
        cpu, memory = (draw(QUOTES).format(value) for value in ("1", "10 GiB"))
        variable, remarks = draw(VARIABLES), [draw(REMARKS) for _ in range(5)]
        if draw(st.booleans()):
            values = f"cpu: {cpu}, memory: {memory}, environment: {{{variable}}}"
            lines.append(f"  {name}: {{{values}}}{remarks[0]}")
        else:
            lines += [f"  {name}:{remarks[0]}", f"    cpu: {cpu}{remarks[1]}", f"    memory: {memory}{remarks[2]}"]
            lines += ["", f"    environment:{remarks[3]}", f"      {variable}{remarks[4]}"]
    lines += [*draw(st.sampled_from(DECISIONS)).splitlines(), *draw(st.sampled_from(ENDINGS)).split("\n")]
    return draw(st.sampled_from(["", "\ufeff"])) + draw(st.sampled_from(["\n", "\r\n"])).join(lines)


def _pieces(text: str, places: list[Place]) -> list[str]:
    """What lies between places, found line by line."""
    lines = text.splitlines(keepends=True)
    marks = [mark for place in sorted(places) for mark in (place[:2], place[2:4])]
    bounds = [0, *(sum(map(len, lines[: line - 1])) + column - 1 for line, column in marks), len(text)]
    return [text[begin:end] for begin, end in zip(bounds[::2], bounds[1::2], strict=True)]


@settings(max_examples=60, deadline=None)
@given(workloads())
def test_fixing_keeps_all_that_lies_outside_of_its_edits_and_is_done_at_once(text: str) -> None:
    first = fixed(text, unsafe=True)
    again = fixed(first.after.data, unsafe=True)
    assert (again.fixed, again.after.data) == ((), first.after.data)
    assert first.after.data.startswith(codecs.BOM_UTF8) == text.startswith("\ufeff")
    rest = first.after.data.decode("utf-8-sig")
    assert (rest.replace("\r\n", "").count("\n") == 0) == ("\r\n" in text)
    places = [edit.place for each in first.before.findings if each.fix for edit in each.fix.edits]
    position = 0
    for piece in _pieces(text.removeprefix("\ufeff"), sorted(set(places))):
        position = rest.index(piece, position) + len(piece)
    assert "hunter" not in rest
    assert "hunter" not in diff([first]) + json.dumps([each.fix.title for each in first.before.findings if each.fix])
    assert not [each for each in first.after.findings if each.fix]
