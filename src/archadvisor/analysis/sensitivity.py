"""How little would change the answers: each stated fact changed alone, to its nearest thresholds."""

from collections.abc import Sequence
from dataclasses import replace

from archadvisor.analysis.changes import changed, changes
from archadvisor.analysis.reads import Target, reading
from archadvisor.analysis.trials import target_of, winners
from archadvisor.analysis.twins import Twins
from archadvisor.engine.program import Program
from archadvisor.engine.solve import Declared
from archadvisor.model.advice import Outcome, Tipping
from archadvisor.model.change import Change
from archadvisor.model.workload import Workload


def weighed(
    workload: Workload, program: Program, outcomes: tuple[Outcome, ...], declared: Declared
) -> tuple[Outcome, ...]:
    """The outcomes, each with the single changes of stated facts that would give it another option."""
    root = program.scope_of(workload)
    marks = reading(program, root, [target_of(outcome) for outcome in outcomes]).marks
    now = winners(workload, program, declared)
    twins = Twins(workload, declared, lambda change: winners(changed(workload, [change]), program, declared))
    tipping: dict[Target, list[Tipping]] = {target: [] for target in now}
    for change in changes(program, root, marks):
        if change.origin == "stated":
            after = twins.winners(change)
            for target in now.keys() & after.keys():
                if after[target] != now[target]:
                    tipping[target].append(Tipping(change, after[target]))
    return tuple(replace(outcome, sensitivity=_nearest(tipping[target_of(outcome)])) for outcome in outcomes)


def _nearest(found: Sequence[Tipping]) -> tuple[Tipping, ...]:
    """Of each fact the nearest change to each option, numbers by how far they must go; words come after them."""
    nearest: dict[object, Tipping] = {}
    for tipping in sorted(found, key=lambda tipping: _distance(tipping.change)):
        nearest.setdefault((tipping.change.path, tipping.option, tipping.change.upward), tipping)
    return tuple(nearest.values())


def _distance(change: Change) -> float:
    return float("inf") if change.reach is None else change.reach
