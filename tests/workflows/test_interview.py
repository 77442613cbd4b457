"""The interview as such: it ends, asks only what matters, and writes what was said."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archadvisor import load_packs
from archadvisor.engine.program import Program
from archadvisor.errors import UnreadableInput
from archadvisor.loading.workload import read_workload
from archadvisor.model.fact import FactType
from archadvisor.model.interview import DONT_KNOW, Sheet
from archadvisor.workflows.check import advice_on
from archadvisor.workflows.interview import Interview
from tests.cli.command import DAY

SHEET = Sheet("shop", ("eu-west-1",), (("site", ("front",)), ("job", ())), ("password",), ("staff",))


@pytest.fixture(scope="module")
def program() -> Program:
    return load_packs(as_of=datetime.date.fromisoformat(DAY))


def values(fact: FactType) -> list[str]:
    """Answers that a fact may have, as YAML writes them."""
    match fact.kind:
        case "boolean":
            return ["true", "false"]
        case "set":
            return ["[]", *(f"[{word}]" for word in fact.words[:2])]
        case "word":
            return [f'"{word}"' for word in fact.words] or ["other"]
        case "number":
            unit = {"GiB": " GiB", "KiB": " KiB", "s": " s"}.get(fact.unit or "", "")
            most = 1 if fact.most is not None and fact.most <= 1 else 100
            return [f"{number}{unit}" for number in (0 if most == 1 else 1, most)]


def outcomes(interview: Interview) -> list[tuple[str, str | None, str | None]]:
    return [(each.decision, each.subject, each.option) for each in interview.advice.decisions]


@settings(max_examples=3, deadline=None)
@given(choices=st.lists(st.integers(0, 30), min_size=40, max_size=40))
def test_an_interview_ends_and_its_file_says_what_was_said(program: Program, choices: list[int]) -> None:
    interview, asked = Interview(program, SHEET), []
    for choice in choices:
        if (question := interview.question) is None:
            break
        assert question.path in interview.advice.asks
        assert question.hangs
        asked.append(question.path)
        answers = [*values(question.fact), DONT_KNOW]
        interview = interview.answered(question.path, answers[choice % len(answers)])
    assert interview.question is None
    assert len(set(asked)) == len(asked)
    assert set(interview.advice.asks) <= interview.sheet.not_known
    assert interview.sheet.not_known or interview.advice.settled
    reading = read_workload(interview.text("workload.yaml").encode(), "workload.yaml")
    assert reading.workload is not None, reading.diagnostics
    again = advice_on(reading.workload, program)
    assert [(each.decision, each.subject, each.option) for each in again.decisions] == outcomes(interview)
    assert again.asks == interview.advice.asks


def test_going_back_is_as_if_nothing_had_been_said(program: Program) -> None:
    interview = Interview(program, SHEET)
    assert interview.question is not None
    after = interview.answered(interview.question.path, values(interview.question.fact)[0])
    assert after.question != interview.question
    assert after.back() == interview
    assert after.back().question == interview.question


@pytest.mark.parametrize(("path", "written"), [("team.hosts", "perhaps"), ("services.site.cpu", "2 GHz"), ("x.y", "1")])
def test_an_answer_that_cannot_be_is_refused(program: Program, path: str, written: str) -> None:
    with pytest.raises(UnreadableInput):
        Interview(program, SHEET).answered(path, written)


def test_a_workload_of_nothing_but_a_name_is_fine(program: Program) -> None:
    interview = Interview(program, Sheet("empty"))
    assert interview.question is None
    assert read_workload(interview.text("x.yaml").encode(), "x.yaml").workload is not None
