"""Nothing is scored silently: every outcome can be made again from the JSON alone, as a reader would by hand."""

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archadvisor.engine.advise import advise
from archadvisor.model.workload import Workload
from archadvisor.rendering.json import json_text
from archadvisor.workflows.check import report
from archadvisor.workflows.reading import workload_in
from tests.cli.command import ROOT
from tests.engine.house_pack import real, workload
from tests.engine.random_workloads import document

FILES = [*sorted(ROOT.glob("samples/*/workload.yaml")), *sorted(ROOT.glob("tests/scenarios/*/workload.yaml"))]
POINTS = {"strong": 4, "moderate": 2, "slight": 1}
Told = dict[str, Any]


def _told(given: Workload) -> list[Told]:
    found = json.loads(json_text(report(real(), (advise(given, real()),))))["workloads"][0]
    return [*found["decisions"], *(found["kept"]["decisions"] if found["kept"] else [])]


def _score(option: str, reasons: list[Told]) -> int:
    """Per concern the strongest favor, then the sum."""
    best: dict[str, int] = {}
    for reason in reasons:
        if reason["effect"] == "favors" and reason["option"] == option:
            best[reason["concern"]] = max(best.get(reason["concern"], 0), POINTS[reason["strength"]])
    return sum(best.values())


def _closed(option: str, reasons: list[Told]) -> bool:
    """Whether a reason rules an option out; one that requires another is told with the option it closes."""
    return any(reason["effect"] != "favors" and reason["option"] == option for reason in reasons)


def _again(told: Told) -> Told:
    """The outcome as a reader makes it of the reasons that are told."""
    scores = {other["option"]: _score(other["option"], other["reasons"]) for other in told["alternatives"]}
    still = [other["option"] for other in told["alternatives"] if not other["ruled_out"]]
    if told["verdict"] != "conflict":
        scores[told["option"]] = _score(told["option"], told["reasons"])
        still.append(told["option"])
    ranked = sorted(still, key=lambda option: (-scores[option], told["order"].index(option)))
    if not ranked:
        return {"verdict": "conflict", "margin": None, "scores": scores}
    lead = scores[ranked[0]] - scores[ranked[1]] if len(ranked) > 1 else None
    if lead is None:
        verdict = "forced"
    elif not any(scores[option] for option in ranked):
        verdict = "default"
    else:
        verdict = "clear" if lead >= 2 else "close"
    return {"option": ranked[0], "verdict": verdict, "margin": lead, "scores": scores}


def _silent(told: Told) -> list[str]:
    """What in an outcome cannot be made again of what is told with it; a declaration is what puts others aside."""
    again = _again(told)
    scores = {other["option"]: other["score"] for other in told["alternatives"]}
    if told["verdict"] != "conflict":
        scores[told["option"]] = told["score"]
    wrong: list[str] = [key for key in ("option", "verdict", "margin") if key in again and again[key] != told[key]]
    wrong += [f"score of {option}" for option, score in scores.items() if again["scores"][option] != score]
    for other in [] if told["declared"] else told["alternatives"]:
        if other["ruled_out"] and not (_closed(other["option"], other["reasons"]) and other["closed_by"]):
            wrong.append(f"{other['option']} is ruled out for no reason")
    return wrong


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.parent.name)
def test_every_outcome_of_the_samples_and_scenarios_can_be_made_again(file: Path) -> None:
    told = _told(workload_in(str(file), real().rulebook))
    assert told
    assert {f"{each['decision']}/{each['subject']}": _silent(each) for each in told if _silent(each)} == {}


@given(st.integers(0, 2**32).map(Random))
def test_every_outcome_of_any_workload_can_be_made_again(random: Random) -> None:
    for each in _told(workload(document(random))):
        assert _silent(each) == [], each


def test_the_reader_by_hand_sees_a_missing_reason() -> None:
    told = _told(workload_in(str(FILES[0]), real().rulebook))
    scored = [each for each in told if each["score"]]
    assert scored
    assert all(_silent({**each, "reasons": []}) for each in scored)
