"""How little would change the answers: each stated fact changed alone, to its nearest thresholds."""

from dataclasses import replace

from archadvisor.analysis.changes import changed, changes
from archadvisor.analysis.reads import Target, reading
from archadvisor.analysis.trials import target_of, winners
from archadvisor.engine.program import Program
from archadvisor.engine.scope import scope_of
from archadvisor.engine.solve import Declared
from archadvisor.model.advice import Outcome, Tipping
from archadvisor.model.change import Change
from archadvisor.model.workload import Workload


def weighed(
    workload: Workload, program: Program, outcomes: tuple[Outcome, ...], declared: Declared
) -> tuple[Outcome, ...]:
    """The outcomes, each with the single changes of stated facts that would give it another option."""
    root = scope_of(workload, program.silences, program.catalog, program.day)
    marks = reading(program, root, [target_of(outcome) for outcome in outcomes]).marks
    now = winners(workload, program, declared)
    tipping: dict[Target, list[Tipping]] = {target: [] for target in now}
    for change in changes(program, root, marks):
        if change.origin == "stated":
            after = winners(changed(workload, [change]), program, declared)
            for target in now.keys() & after.keys():
                if after[target] != now[target]:
                    tipping[target].append(Tipping(change, after[target]))
    return tuple(replace(outcome, sensitivity=_nearest(tipping[target_of(outcome)])) for outcome in outcomes)


def _nearest(found: list[Tipping]) -> tuple[Tipping, ...]:
    """Of each fact the nearest change to each option, the nearest first: numbers by how far they must go."""
    ordered = sorted(found, key=lambda tipping: _distance(tipping.change))
    return tuple({(tipping.change.path, tipping.option): tipping for tipping in reversed(ordered)}.values())[::-1]


def _distance(change: Change) -> float:
    """By what part of itself a number must change; words, which have no measure, come after all numbers."""
    before, after = change.before, change.after
    if isinstance(before, bool) or not isinstance(before, int | float) or not isinstance(after, int | float):
        return float("inf")
    return abs(after - before) / max(abs(before), abs(after))
