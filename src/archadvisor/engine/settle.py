"""Which options a decision could still have once the unknown facts are known, and which facts to ask for.

The answer errs on the side of asking: every option that could win is found, one that could not may be among them.
"""

from collections.abc import Sequence
from functools import cache

from archadvisor.engine.asking import Uses, paths, telling, unknown_facts
from archadvisor.engine.ballot import Future, Look
from archadvisor.engine.derivation import ABSENT
from archadvisor.engine.scope import Scope
from archadvisor.engine.solve import Contest, Solver, Trial, shut
from archadvisor.engine.tally import Tally
from archadvisor.model.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Prospect:
    """What a decision could still become, and what is to be asked."""

    possible: frozenset[str]
    asks: tuple[str, ...]


Unsettled = dict[str, dict[str, Prospect]]
"""The earlier decisions that could still become something else, by the subject's path and the decision."""
Part = tuple[Scope, str, Prospect]
"""A part of a subject, with an unsettled decision of it."""


@cache
def _settled(option: str | None) -> Prospect:
    """Where nothing is left to ask."""
    return Prospect(frozenset({option or ABSENT}), ())


def prospects(solver: Solver, contests: Sequence[Contest]) -> list[Prospect]:
    """The prospect of each contest, in order."""
    unsettled: Unsettled = {}
    found: list[Prospect] = []
    for contest in contests:
        prospect = _prospect(solver, contest, unsettled)
        if len(prospect.possible) > 1:
            unsettled.setdefault(contest.scope.subject.path, {})[contest.ballot.decision.id] = prospect
        found.append(prospect)
    return found


def _prospect(solver: Solver, contest: Contest, unsettled: Unsettled) -> Prospect:
    ballot, scope, stand = contest.ballot, contest.scope, contest.stand
    above, within = (_above(contest, unsettled), _within(solver, contest, unsettled)) if unsettled else ([], [])
    heeded = [(name, found) for name, found in above if name in ballot.polls[scope.subject.kind].heeded]
    certain = stand.tally.applies is True
    if certain and not heeded and not within and not stand.in_doubt:
        return _settled(stand.winner)
    future = _future(solver, contest, heeded)
    possible = set(future.possible)
    asks = paths(solver, [*((scope, fact) for fact in future.tellings), *future.elsewhere])
    if not certain:
        possible.add(ABSENT)
        asks |= {*unknown_facts(solver, [ballot.decision.applies], scope)}
    if within:
        possible |= {contest.winner or ABSENT, ABSENT}
    if len(possible) < 2:
        return _settled(*possible)
    asks |= {path for _, found in above for path in found.asks}
    asks |= {path for _, _, found in within for path in found.asks}
    return Prospect(frozenset(possible), tuple(sorted(asks)))


def _above(contest: Contest, unsettled: Unsettled) -> list[tuple[str, Prospect]]:
    """The unsettled earlier decisions of a subject and of what it is part of."""
    paths = [subject.path for subject in contest.scope.owners if subject.path in unsettled]
    before = contest.ballot.before
    return [(name, found) for path in paths for name, found in unsettled[path].items() if name in before]


def _within(solver: Solver, contest: Contest, unsettled: Unsettled) -> list[Part]:
    """The unsettled earlier decisions of the parts of a subject, unless they cannot matter to it."""
    before = contest.ballot.before
    found = [
        (part, name, prospect)
        for part in contest.scope.inner
        if part.subject.path in unsettled
        for name, prospect in unsettled[part.subject.path].items()
        if name in before
    ]
    return [] if found and _unmoved(solver, contest, found) else found


def _unmoved(solver: Solver, contest: Contest, within: list[Part]) -> bool:
    """Whether a decision is the same whatever comes out for the parts of its subject."""
    doubting = _doubting(contest.scope, within)
    counted = solver.tally(contest.ballot, doubting, {})
    if counted.applies is not True:
        return False
    if (counted.speaking, counted.pending) != (contest.tally.speaking, contest.tally.pending):
        return False
    return all(
        _no_better_and_no_worse(solver, contest, part, {name: option})
        for part, name, found in within
        for option in found.possible
    )


def _doubting(scope: Scope, within: list[Part]) -> Scope:
    """A scope in which the unsettled choices of its parts, and of what these are part of, are unknown."""
    owners = {subject.path for subject in scope.owners}
    unknown = {name: None for part, name, _ in within if part.path in owners}
    return scope.with_choices(unknown, tuple(_doubting(part, within) for part in scope.inner))


def _no_better_and_no_worse(solver: Solver, contest: Contest, part: Scope, trial: Trial) -> bool:
    """Whether what lies ahead of a part is, under a trial, covered by how it is looked at without one."""
    for option in contest.candidates:
        without: Trial = {contest.ballot.decision.id: option}
        under = {**without, **trial}
        better = _ahead(solver, contest, part, under, "certain") and not _ahead(
            solver, contest, part, without, "certain"
        )
        worse = _ahead(solver, contest, part, without, "worst") and not _ahead(solver, contest, part, under, "worst")
        if better or worse:
            return False
    return True


def _ahead(solver: Solver, contest: Contest, part: Scope, trial: Trial, look: Look) -> bool:
    kinds = contest.ballot.ahead
    return part.subject.kind not in kinds or solver.outlook(contest.ballot, part, trial, look).viable


def _trials(earlier: list[tuple[str, Prospect]]) -> list[Trial]:
    """Every combination of what the earlier decisions could still become."""
    trials: list[Trial] = [{}]
    for name, prospect in earlier:
        trials = [{**trial, name: option} for trial in trials for option in sorted(prospect.possible)]
    return trials


def _future(solver: Solver, contest: Contest, heeded: list[tuple[str, Prospect]]) -> Future:
    """What a decision may become, the same for all subjects that look the same."""
    if contest.key is None:
        return _made(solver, contest, heeded)
    futures = contest.ballot.polls[contest.scope.subject.kind].futures
    key = contest.key, tuple([(name, found.possible) for name, found in heeded])
    found = futures.get(key)
    if found is None:
        found = _made(solver, contest, heeded)
        if not found.elsewhere:
            futures.keep(key, found)
    return found


def _made(solver: Solver, contest: Contest, heeded: list[tuple[str, Prospect]]) -> Future:
    possible: set[str] = set()
    tellings: Uses = set()
    for trial in _trials(heeded):
        options = _possible(solver, contest, trial)
        possible |= options
        if len(options) > 1:
            tellings |= telling(solver, contest, trial, options)
    path = contest.scope.path
    own = sorted({fact for where, fact in tellings if where.path == path})
    return Future(frozenset(possible), tuple(own), tuple(use for use in tellings if use[0].path != path))


def _possible(solver: Solver, contest: Contest, trial: Trial) -> frozenset[str]:
    """The options that could win under a trial."""
    ballot, scope = contest.ballot, contest.scope
    counted = solver.tally(ballot, scope, trial)
    if counted.applies is False:
        return frozenset({ABSENT})
    fixed = solver.declared.get((ballot.decision.id, scope.path))
    if fixed is not None:
        return frozenset({fixed})
    unclosed = [option for option in counted.options if not shut(counted, option, "certain")]
    hopeful = _unblocked(solver, contest, trial, unclosed, "certain")
    surely = [option for option in hopeful if not shut(counted, option, "worst")]
    sure = _unblocked(solver, contest, trial, surely, "worst")
    possible = _could_win(contest, counted, hopeful, sure)
    if not sure:
        possible |= _where_none_is_sure(solver, contest, trial, unclosed)
    return frozenset(possible or {ABSENT})


def _unblocked(solver: Solver, contest: Contest, trial: Trial, options: list[str], look: Look) -> list[str]:
    """The options that leave all later decisions an answer."""
    if not contest.ballot.ahead:
        return options
    return [option for option in options if not solver.blocked(contest.ballot, contest.scope, trial, option, look)]


def _could_win(contest: Contest, counted: Tally, hopeful: list[str], sure: list[str]) -> set[str]:
    """The options that at their best are not behind one that is surely open at its least."""
    if not sure:
        return {*hopeful}
    standing, scores, ceilings = contest.ballot.standing, counted.scores, counted.ceilings
    least = max([(scores.get(option, 0), standing[option]) for option in sure])
    return {option for option in hopeful if (ceilings.get(option, 0), standing[option]) >= least}


def _where_none_is_sure(solver: Solver, contest: Contest, trial: Trial, unclosed: list[str]) -> set[str]:
    """What else may come out where every option may yet be closed: none, or whichever leaves the fewest conflicts."""
    tried = solver.contest(contest.ballot, contest.scope, trial)
    if not tried.stand.in_doubt:
        return {tried.winner or ABSENT}
    if not contest.scope.is_whole:
        return {ABSENT}
    none_stays = all(shut(tried.tally, option, "worst") for option in unclosed)
    return {*unclosed, ABSENT} if none_stays else {*unclosed}
