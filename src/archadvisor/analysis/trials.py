"""The decisions alone, made again for a changed workload: a fraction of the time that advice takes."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from archadvisor.analysis.reads import Target
from archadvisor.engine.program import Program
from archadvisor.engine.solve import Declared, Solver
from archadvisor.model.advice import Outcome
from archadvisor.model.workload import Workload

Winners = Mapping[Target, str | None]
"""The option of each decision that arises, by decision and subject; None where there is no answer."""


def target_of(outcome: Outcome) -> Target:
    """The decision and the subject that an outcome is about."""
    return outcome.decision, outcome.subject or ""


def narrowed(program: Program, decisions: Collection[str]) -> Program:
    """The program with some of its decisions only."""
    return replace(program, ballots={name: ballot for name, ballot in program.ballots.items() if name in decisions})


def winners(workload: Workload, program: Program, declared: Declared) -> Winners:
    """Which options win, with some of them declared."""
    root = program.scope_of(workload)
    contests = Solver(program, root, declared).solve()
    return {(each.ballot.decision.id, each.scope.path): each.winner if each.open else None for each in contests}
