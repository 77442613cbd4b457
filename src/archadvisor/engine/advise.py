"""One workload to its advice."""

from collections.abc import Sequence

from archadvisor.engine.findings import findings
from archadvisor.engine.outcomes import outcome
from archadvisor.engine.program import Program
from archadvisor.engine.scope import Scope, scope_of
from archadvisor.engine.settle import prospects
from archadvisor.engine.solve import Contest, Declared, Solver
from archadvisor.model.advice import Advice, Outcome
from archadvisor.model.workload import Workload


def advise(workload: Workload, program: Program, explained: bool = True) -> Advice:
    """All decisions and findings for a workload: what is advised, and what follows from what is declared.

    Decisions that are not `explained` come without reasons and alternatives, which is faster.
    """
    solver, contests, advised = _solution(workload, program, {}, explained)
    kept: tuple[Outcome, ...] | None = None
    declared = _declared(workload, program, solver.everyone)
    if declared:
        solver, contests, kept = _solution(workload, program, declared, explained)
    found = findings(workload, solver, contests, advised if kept is None else kept, advised)
    sources = [source.checked for finding in found for source in finding.sources]
    spoken = [voice.checked for contest in contests for voice in contest.tally.speaking]
    return Advice(
        file=workload.file,
        name=workload.name,
        settled=all(outcome.settled for outcome in advised),
        decisions=advised,
        kept=kept,
        findings=found,
        oldest_fact=min([*sources, *spoken], default=None),
        lines=workload.lines,
    )


def _solution(
    workload: Workload, program: Program, declared: Declared, explained: bool
) -> tuple[Solver, Sequence[Contest], tuple[Outcome, ...]]:
    root = scope_of(workload, program.silences, program.catalog, program.day)
    solver = Solver(program, root, declared)
    contests = solver.solve()
    answered = zip(contests, prospects(solver, contests), strict=True)
    return solver, contests, tuple(outcome(solver, contest, found, explained) for contest, found in answered)


def _declared(workload: Workload, program: Program, everyone: Sequence[Scope]) -> dict[tuple[str, str], str]:
    """The declared options by decision and subject; what is said of one subject wins over what is said of all."""
    found: dict[tuple[str, str], str] = {}
    for declaration in sorted(workload.declarations, key=lambda declaration: declaration.subject is not None):
        ballot = program.ballots.get(declaration.decision)
        for scope in everyone if ballot else ():
            assert ballot is not None
            if scope.subject.kind in ballot.decision.subjects and declaration.means(scope.path):
                found[(declaration.decision, scope.path)] = declaration.option
    return found
