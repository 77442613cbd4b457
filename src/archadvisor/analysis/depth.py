"""Advice in depth: how little would change each answer, and why there is none where there is none."""

from dataclasses import replace

from archadvisor.analysis.conflicts import explained
from archadvisor.analysis.sensitivity import weighed
from archadvisor.engine.program import Program
from archadvisor.engine.solve import Declared
from archadvisor.model.advice import Advice, Outcome
from archadvisor.model.workload import Workload


def in_depth(workload: Workload, program: Program, advice: Advice) -> Advice:
    """The advice with the sensitivity of every decision, and every conflict explained."""
    kept = advice.kept
    if kept is not None:
        declared = {(each.decision, each.subject or ""): each.option or "" for each in kept if each.declared}
        kept = _in_depth(workload, program, kept, declared)
    return replace(advice, decisions=_in_depth(workload, program, advice.decisions, {}), kept=kept)


def _in_depth(
    workload: Workload, program: Program, outcomes: tuple[Outcome, ...], declared: Declared
) -> tuple[Outcome, ...]:
    return explained(workload, program, weighed(workload, program, outcomes, declared), declared)
