"""Which rules a set of workloads exercises: those that speak, and those without which an answer would be another."""

from collections.abc import Mapping, Sequence

from archadvisor.analysis.variant import with_rules
from archadvisor.engine.advise import advise
from archadvisor.engine.program import Program
from archadvisor.model.advice import Advice, Outcome
from archadvisor.model.exercise import Exercise
from archadvisor.model.fact import Vocabulary
from archadvisor.model.workload import Workload

Answers = Mapping[tuple[str, str | None], str | None]


def speaking(advice: Advice) -> frozenset[str]:
    """The rules that spoke for or against an option, or made a finding."""
    outcomes = (*advice.decisions, *(advice.kept or ()))
    reasons = (reason for outcome in outcomes for reason in _reasons(outcome))
    return frozenset([*(reason for reason in reasons), *(finding.rule for finding in advice.findings)])


def exercise(pack: Program, workloads: Sequence[Workload], stated: Vocabulary) -> Exercise:
    """What the rules of a program do in some workloads."""
    advices = [advise(workload, pack) for workload in workloads]
    heard = [speaking(advice) for advice in advices]
    flagged = {finding.rule for advice in advices for finding in advice.findings}
    decided: list[str] = []
    spoke: list[str] = []
    for rule in sorted(frozenset().union(*heard)):
        without = with_rules(pack, {rule: None}, stated)
        told = [each for each, rules in zip(zip(workloads, advices, strict=True), heard, strict=True) if rule in rules]
        matters = rule in flagged or any(
            _answers(advise(workload, without, explained=False)) != _answers(advice) for workload, advice in told
        )
        (decided if matters else spoke).append(rule)
    silent = sorted({rule.id for rule in pack.rulebook.rules} - {*decided, *spoke})
    return Exercise(tuple(decided), tuple(spoke), tuple(silent))


def _reasons(outcome: Outcome) -> list[str]:
    of_others = (reason.rule for other in outcome.alternatives for reason in other.reasons)
    return [*(reason.rule for reason in outcome.reasons), *of_others]


def _answers(advice: Advice) -> Answers:
    return {(outcome.decision, outcome.subject): outcome.option for outcome in advice.kept or advice.decisions}
