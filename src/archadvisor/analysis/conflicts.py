"""Why there is no answer, and what would give one: each fact of a smallest conflict with other values."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from archadvisor.analysis.changes import changed, changes
from archadvisor.analysis.reads import Target, reading, sites_of
from archadvisor.analysis.trials import target_of, winners
from archadvisor.analysis.whynot import Edits, Goal, ways_to
from archadvisor.engine.conflict import smallest_conflict
from archadvisor.engine.evidence import evidence
from archadvisor.engine.match import Use
from archadvisor.engine.program import Program
from archadvisor.engine.solve import Declared, Solver
from archadvisor.model.advice import Conflict, Dropped, Outcome, Way
from archadvisor.model.change import Change
from archadvisor.model.condition import Known
from archadvisor.model.workload import Workload

_MOST_TRIALS = 4000


def explained(
    workload: Workload, program: Program, outcomes: tuple[Outcome, ...], declared: Declared
) -> tuple[Outcome, ...]:
    """The outcomes, those in conflict with the facts that cannot all hold and what dropping each leads to."""
    if all(outcome.verdict != "conflict" for outcome in outcomes):
        return outcomes
    root = program.scope_of(workload)
    solver = Solver(program, root, declared)
    solver.solve()
    return tuple(
        replace(outcome, conflict=_conflict(workload, solver, target_of(outcome)))
        if outcome.verdict == "conflict"
        else outcome
        for outcome in outcomes
    )


def _conflict(workload: Workload, solver: Solver, target: Target) -> Conflict:
    facts = tuple(_dropped(workload, solver, target, use) for use in smallest_conflict(solver, solver.made[target]))
    if any(dropped.ways for dropped in facts):
        return Conflict(facts, ())
    goal = Goal(target, solver.declared.get(target), declared=solver.declared, most_trials=_MOST_TRIALS)
    found = ways_to(workload, solver.program, goal)
    return Conflict(facts, tuple(_distinct(_ways(workload, solver, target, found.answers))))


def _dropped(workload: Workload, solver: Solver, target: Target, use: Use) -> Dropped:
    """A fact of the conflict, and the nearest change of it, or of what it derives from, to each answer."""
    (fact,) = evidence(solver.program, [use])
    edits = [(change,) for change in _changes_of(solver, target, use)]
    return Dropped(fact, tuple(_distinct(_ways(workload, solver, target, edits))))


def _changes_of(solver: Solver, target: Target, use: Use) -> list[Change]:
    scope, fact = use
    root = solver.everyone[0]
    sites = sites_of(solver.program, root, scope, Known(fact))
    marks = reading(solver.program, root, [target]).marks
    return list(changes(solver.program, root, {site: marked for site, marked in marks.items() if site in sites}))


def _ways(workload: Workload, solver: Solver, target: Target, tried: Iterable[Edits]) -> Iterator[Way]:
    """Those of some sets of changes that give an answer."""
    decision, path = target
    later = solver.program.ballots[decision].decision.foresees
    for edits in tried:
        after = winners(changed(workload, edits), solver.program, solver.declared)
        option = after.get(target)
        if option is not None:
            pairs = [(name, answer) for name in later if (answer := after.get((name, path))) is not None]
            yield Way(edits, option, tuple(pairs))


def _distinct(ways: Iterable[Way]) -> Iterator[Way]:
    """The first way to each answer."""
    seen: set[str] = set()
    for way in ways:
        if way.option not in seen:
            seen.add(way.option)
            yield way
