"""Workloads with the answers that AWS documentation supports: each scenario, held to its expected outcome."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from archadvisor import advise, load_workload
from archadvisor.engine.program import Program
from archadvisor.model.advice import Advice, Outcome

SCENARIOS = sorted(Path(__file__).parent.glob("scenarios/*/workload.yaml"))


def outcomes(advice: Advice) -> dict[str, Outcome]:
    return {"/".join(filter(None, (outcome.decision, outcome.subject))): outcome for outcome in advice.decisions}


def words(expected: object) -> list[str]:
    return [str(word) for word in expected] if isinstance(expected, list) else [str(expected)]


def rules(outcome: Outcome) -> set[str]:
    """Every rule that spoke for or against an option."""
    of_others = (reason.rule for other in outcome.alternatives for reason in other.reasons)
    return {*(reason.rule for reason in outcome.reasons), *of_others}


@pytest.mark.parametrize("file", SCENARIOS, ids=lambda file: file.parent.name)
def test_a_scenario_gets_the_answers_that_the_documentation_supports(file: Path, built_in: Program) -> None:
    expected: dict[str, Any] = yaml.safe_load(file.with_name("expected.yaml").read_text(encoding="utf-8"))
    advice = advise(load_workload(file), built_in)
    found = outcomes(advice)
    for subject, options in expected["decisions"].items():
        assert str(found[subject].option) in words(options), subject
    for subject, verdicts in expected.get("verdicts", {}).items():
        assert found[subject].verdict in words(verdicts), subject
    for subject in expected.get("absent", []):
        assert subject not in found
    for subject, needed in expected.get("reasons", {}).items():
        assert set(needed) <= rules(found[subject]), subject
    for subject, unwanted in expected.get("not_reasons", {}).items():
        assert not set(unwanted) & rules(found[subject]), subject
    fired = {finding.rule for finding in advice.findings}
    assert set(expected.get("findings", [])) <= fired
    assert not set(expected.get("no_findings", [])) & fired
    assert advice.settled


def test_every_scenario_is_there() -> None:
    assert len(SCENARIOS) == 68
