"""Why a decision has no answer: a smallest set of facts that cannot hold together."""

from collections.abc import Iterator
from itertools import product

from archadvisor.engine.ballot import Ballot
from archadvisor.engine.match import Use, grounds
from archadvisor.engine.scope import Scope
from archadvisor.engine.solve import Contest, Solver, Trial
from archadvisor.engine.voice import Voice

_MOST_COMBINATIONS = 4096

Blocker = tuple[Voice, Scope, str]
"""A voice that closes an option, the scope it speaks in, and the decision it speaks on."""


def blockers(solver: Solver, scope: Scope, later: tuple[str, ...], trial: Trial) -> list[Blocker]:
    """The voices that leave later decisions of a subject without an answer, were a trial chosen."""
    step = _step(solver, scope, later, trial)
    if step is None:
        return []
    ballot, rest = step
    counted, tried = solver.tally(ballot, scope, trial), scope.under(trial)
    found: list[Blocker] = []
    for option in solver.candidates(ballot, scope, counted):
        if option in counted.closed:
            found += [(voice, tried, ballot.decision.id) for voice in counted.closed[option]]
        else:
            found += blockers(solver, scope, rest, {**trial, ballot.decision.id: option})
    return list({(voice.rule.id, where.path): (voice, where, decision) for voice, where, decision in found}.values())


def smallest_conflict(solver: Solver, contest: Contest) -> tuple[Use, ...]:
    """The fewest facts that together leave a decision without an answer."""
    sets = list(_causes(solver, contest.scope, (contest.ballot.decision.id, *contest.ballot.decision.foresees), {}))
    if not sets:
        return ()
    smallest = min(sets, key=lambda uses: (len(uses), sorted(uses)))
    return tuple(smallest.values())


_Uses = dict[tuple[str, str], Use]


def _causes(solver: Solver, scope: Scope, later: tuple[str, ...], trial: Trial) -> Iterator[_Uses]:
    """Sets of facts, each of which closes every option of the next decision, here or further on."""
    step = _step(solver, scope, later, trial)
    if step is None:
        return
    ballot, rest = step
    counted, tried = solver.tally(ballot, scope, trial), scope.under(trial)
    ways: list[list[_Uses]] = []
    for option in solver.candidates(ballot, scope, counted):
        closed = [_uses(solver, voice, tried, trial) for voice in counted.closed.get(option, ())]
        if option not in counted.options:
            closed = [_uses_where_missing(ballot, option, tried)]
        ways.append(closed or list(_causes(solver, scope, rest, {**trial, ballot.decision.id: option})))
    total = 1
    for way in ways:
        total *= len(way)
    if total > _MOST_COMBINATIONS:
        ways = [sorted(way, key=len)[:2] for way in ways]
    for combination in product(*ways):
        yield {key: use for uses in combination for key, use in uses.items()}


def _step(solver: Solver, scope: Scope, later: tuple[str, ...], trial: Trial) -> tuple[Ballot, tuple[str, ...]] | None:
    """The next of the later decisions that applies, and those after it."""
    tried = dict(trial)
    for index, decision in enumerate(later):
        ballot = solver.program.ballots.get(decision)
        if ballot is not None and solver.tally(ballot, scope, tried).applies is not False:
            return ballot, later[index + 1 :]
        tried[decision] = "none"
    return None


def _uses_where_missing(ballot: Ballot, option: str, scope: Scope) -> _Uses:
    """The facts for which an option does not exist here."""
    conditions = (known.only for known in ballot.decision.options if known.id == option)
    uses = (use for condition in conditions for use in grounds(condition, scope, False))
    return {(where.path, fact): (where, fact) for where, fact in uses if not fact.startswith("choice.")}


def _uses(solver: Solver, voice: Voice, scope: Scope, trial: Trial) -> _Uses:
    """The facts that make a voice speak; for an earlier choice, those that left no other."""
    found: _Uses = {}
    for where, fact in grounds(voice.rule.when, scope):
        decision = fact.removeprefix("choice.")
        if decision == fact:
            found[where.path, fact] = (where, fact)
        elif decision not in trial:
            found |= _uses_of_choice(solver, decision, where)
    return found


def _uses_of_choice(solver: Solver, decision: str, scope: Scope) -> _Uses:
    """For each option that was not chosen, the fewest facts that closed it, here or further on."""
    made = (solver.made.get((decision, owner.path)) for owner in scope.owners)
    contest = next((contest for contest in made if contest is not None), None)
    found: _Uses = {}
    for option in contest.candidates if contest else ():
        assert contest is not None
        if option == contest.winner:
            continue
        closing = contest.tally.closed.get(option, ())
        causes = [_uses(solver, voice, contest.scope, {}) for voice in closing]
        if not closing and scope.subject.kind != "workload":
            causes = list(_causes(solver, scope, contest.ballot.decision.foresees, {decision: option}))
        found |= sorted(causes, key=len)[0] if causes else {}
    return found
