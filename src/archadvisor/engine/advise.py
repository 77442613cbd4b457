"""One workload to its advice."""

from collections import Counter
from collections.abc import Sequence

from archadvisor.engine.findings import findings
from archadvisor.engine.outcomes import outcome
from archadvisor.engine.program import Program
from archadvisor.engine.settle import prospects
from archadvisor.engine.solve import Contest, Declared, Solver
from archadvisor.model.advice import Advice, Outcome
from archadvisor.model.workload import Workload


def advise(workload: Workload, program: Program, explained: bool = True) -> Advice:
    """All decisions and findings for a workload: what is advised, and what follows from what is declared.

    What may still change is found by bounds, which err on the side of asking (`analysis.completions` is exact).
    Decisions that are not `explained` come without reasons and alternatives, which is faster.
    """
    solver, contests, advised = _solution(workload, program, {}, explained)
    kept: tuple[Outcome, ...] | None = None
    declared = declared_options(workload, program)
    if declared:
        solver.root.let_go()
        solver, contests, kept = _solution(workload, program, declared, explained)
    found = findings(workload, solver, contests, advised if kept is None else kept, advised)
    solver.root.let_go()
    settled = all(outcome.settled for outcome in advised)
    sources = [source.checked for finding in found for source in finding.sources]
    spoken = [voice.checked for contest in contests for voice in contest.tally.speaking]
    return Advice(
        file=workload.file,
        name=workload.name,
        settled=settled,
        exact=settled,
        decisions=advised,
        kept=kept,
        findings=found,
        asks=_asks(advised),
        oldest_fact=min([*sources, *spoken], default=None),
        lines=workload.lines,
        files=workload.files,
        left_out=workload.left_out,
        unread=workload.unread,
    )


def _asks(outcomes: Sequence[Outcome]) -> tuple[str, ...]:
    """What is asked for, what most decisions ask for first."""
    asked = Counter(ask for outcome in outcomes for ask in outcome.asks)
    return tuple(sorted(asked, key=lambda ask: (-asked[ask], ask)))


def _solution(
    workload: Workload, program: Program, declared: Declared, explained: bool
) -> tuple[Solver, Sequence[Contest], tuple[Outcome, ...]]:
    solver = Solver(program, program.scope_of(workload), declared)
    contests = solver.solve()
    answered = zip(contests, prospects(solver, contests), strict=True)
    return solver, contests, tuple(outcome(solver, contest, found, explained) for contest, found in answered)


def declared_options(workload: Workload, program: Program) -> dict[tuple[str, str], str]:
    """The declared options by decision and subject; what is said of one subject wins over what is said of all."""
    found: dict[tuple[str, str], str] = {}
    for declaration in sorted(workload.declarations, key=lambda declaration: declaration.subject is not None):
        ballot = program.ballots.get(declaration.decision)
        for subject in workload.root.all() if ballot else ():
            assert ballot is not None
            if subject.kind in ballot.decision.subjects and declaration.means(subject.path):
                found[(declaration.decision, subject.path)] = declaration.option
    return found
