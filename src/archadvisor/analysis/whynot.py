"""The smallest sets of changes to facts that would make an option win."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product

from archadvisor.analysis.changes import changed, changes
from archadvisor.analysis.reads import Reading, Site, Target, reading, sites_of
from archadvisor.analysis.trials import narrowed, winners
from archadvisor.engine.program import Program
from archadvisor.engine.scope import Scope
from archadvisor.engine.solve import Declared, Solver
from archadvisor.model.change import Change
from archadvisor.model.workload import Workload

LARGEST = 3
"""How many changes are tried together at most."""
MOST_TRIALS = 20_000
"""How many workloads are tried before the search gives up: a count, so that every machine finds the same."""

Edits = tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Goal:
    """An option that a decision is to have (None: any), what must stay, and how far to search."""

    target: Target
    option: str | None
    fixed: frozenset[str] = frozenset()
    declared: Declared = field(default_factory=dict)
    most_trials: int = MOST_TRIALS


@dataclass(frozen=True, slots=True)
class Found:
    """The sets of changes that reach a goal, all of one size; `exhausted`, every set of that size was looked at."""

    answers: tuple[Edits, ...]
    size: int
    exhausted: bool


def ways_to(workload: Workload, program: Program, goal: Goal) -> Found:
    """The smallest sets of changes that reach a goal, each tried by the engine."""
    search = _Search(workload, program, goal)
    for size in range(1, LARGEST + 1):
        found: list[Edits] = []
        try:
            found.extend(search.sets(size))
        except _Spent:
            return Found(_sorted(found, goal), size if found else size - 1, exhausted=False)
        if found:
            return Found(_sorted(found, goal), size, exhausted=True)
    return Found((), LARGEST, exhausted=True)


def _sorted(found: Sequence[Edits], goal: Goal) -> tuple[Edits, ...]:
    """Facts of the subject itself first, and what is stated or unknown before rare needs that are assumed absent.

    Where a number can go less far for the same, it does.
    """
    within = f"{goal.target[1]}."

    def far(edits: Edits) -> tuple[int, int]:
        elsewhere = sum(not f"{edit.subject}.".startswith(within) for edit in edits)
        return elsewhere, sum(edit.origin == "assumed" for edit in edits)

    nearest: dict[frozenset[object], Edits] = {}
    for edits in sorted(found, key=lambda edits: sum(edit.reach or 0.0 for edit in edits)):
        nearest.setdefault(frozenset(_kind(edit) for edit in edits), edits)
    kept = set(nearest.values())
    return tuple(sorted((edits for edits in found if edits in kept), key=far))


def _kind(edit: Change) -> object:
    """What changes, and where to: numbers up or down, all else to the value itself."""
    return edit.path, edit.after if edit.upward is None else edit.upward


class _Spent(Exception):
    """As many workloads were tried as may be."""


class _Search:
    """Tries sets of changes.

    Facts that a decision reads only by way of decisions for the whole workload are tried only where one of these
    coming out otherwise would reach the goal: what they can do at most is that.
    """

    def __init__(self, workload: Workload, program: Program, goal: Goal) -> None:
        root = program.scope_of(workload)
        everything = reading(program, root, [goal.target])
        own = reading(program, root, [goal.target], apart=bool(goal.target[1]))
        self.workload = workload
        self.program = narrowed(program, everything.decisions)
        self.goal = goal
        found = [change for change in changes(program, root, everything.marks) if change.path not in goal.fixed]
        self.own = [change for change in found if change.site in own.marks]
        self.others = [change for change in found if change.site not in own.marks]
        self.upstream = _upstream(program, own, goal.declared)
        self.needed = _needed(program, root, goal)
        self.left = goal.most_trials
        self.hopeful: dict[Edits, bool] = {}

    def sets(self, size: int) -> Iterator[Edits]:
        """The sets of changes of one size that reach the goal."""
        for edits in _sets(self.own, self.needed, size):
            if self.reached(edits, self.goal.declared):
                yield edits
        for count in range(size) if self.others else ():
            for edits in _sets(self.own, self.needed, count):
                if self.may_reach(edits):
                    yield from self.with_others(edits, size - count)

    def with_others(self, edits: Edits, more: int) -> Iterator[Edits]:
        """The sets that reach the goal of some changes and `more` that matter to the whole workload only."""
        for others in _sets(self.others, (), more):
            if self.reached((*edits, *others), self.goal.declared):
                yield (*edits, *others)

    def may_reach(self, edits: Edits) -> bool:
        """Whether changes reach the goal if decisions for the whole workload come out in some way."""
        if edits not in self.hopeful:
            self.hopeful[edits] = any(self.reached(edits, declared) for declared in self.upstream)
        return self.hopeful[edits]

    def reached(self, edits: Edits, declared: Declared) -> bool:
        """Whether changes reach the goal."""
        if self.left == 0:
            raise _Spent
        self.left -= 1
        option = winners(changed(self.workload, edits), self.program, declared).get(self.goal.target)
        return option is not None and self.goal.option in (None, option)


def _upstream(program: Program, own: Reading, declared: Declared) -> list[Declared]:
    """Every way in which the decisions for the whole workload that are read can come out."""
    free = [name for name in sorted(own.named) if (name, "") not in declared]
    options = [program.ballots[name].options for name in free]
    return [
        {**declared, **{(name, ""): option for name, option in zip(free, chosen, strict=True)}}
        for chosen in product(*options)
    ]


def _needed(program: Program, root: Scope, goal: Goal) -> list[frozenset[Site]]:
    """Groups of facts of which one each must change: those of every rule that closes the option now."""
    solver = Solver(program, root, goal.declared)
    solver.solve()
    contest = solver.made.get(goal.target)
    if contest is None or goal.option is None:
        return []
    closing = contest.tally.closed.get(goal.option, ())
    groups = {sites_of(program, root, contest.scope, voice.rule.when) for voice in closing}
    return sorted(filter(None, groups), key=lambda group: (len(group), sorted(group)))


def _sets(candidates: Sequence[Change], needed: Sequence[frozenset[Site]], size: int) -> Iterator[Edits]:
    """Every set of changes to different facts that touches each of the needed groups of facts."""
    seen: set[frozenset[Change]] = set()
    for edits in _grown((), candidates, needed, size):
        key = frozenset(edits)
        if key not in seen:
            seen.add(key)
            yield edits


def _grown(edits: Edits, candidates: Sequence[Change], needed: Sequence[frozenset[Site]], size: int) -> Iterator[Edits]:
    if size == 0:
        yield from () if needed else (edits,)
        return
    for index, change in enumerate(candidates):
        if needed and change.site not in needed[0]:
            continue
        others = candidates if needed else candidates[index + 1 :]
        rest = [other for other in others if other.site != change.site]
        yield from _grown((*edits, change), rest, [group for group in needed if change.site not in group], size - 1)
