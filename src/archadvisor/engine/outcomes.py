"""Contests to outcomes: verdict, margin, reasons for the option chosen, and the alternatives with theirs."""

from collections.abc import Iterator

from archadvisor.engine.asking import unknown_facts
from archadvisor.engine.conflict import blockers
from archadvisor.engine.evidence import reason
from archadvisor.engine.settle import Prospect
from archadvisor.engine.solve import Contest, Solver
from archadvisor.engine.voice import Voice
from archadvisor.model.advice import Alternative, Outcome, Pending, Reason, Verdict
from archadvisor.model.rule import Requires

_MOST_AHEAD = 4
"""How many reasons are given where an option is closed by looking ahead."""


def outcome(solver: Solver, contest: Contest, prospect: Prospect, explained: bool) -> Outcome:
    """The answer to a decision for one subject; `explained`, with all that speaks for and against each option."""
    stand = contest.stand
    alternatives = tuple(_alternative(solver, contest, option) for option in _others(contest)) if explained else ()
    reasons = _reasons(solver, contest, stand.verdict, alternatives) if explained else ()
    return Outcome(
        decision=contest.ballot.decision.id,
        subject=contest.scope.path or None,
        option=stand.winner,
        verdict=stand.verdict,
        score=stand.tally.scores.get(stand.winner or "", 0),
        margin=stand.margin,
        settled=len(prospect.possible) <= 1,
        asks=prospect.asks,
        pending=_pending(solver, contest) if explained else (),
        unverified=stand.unverified,
        declared=(contest.ballot.decision.id, contest.scope.path) in solver.declared,
        reasons=reasons,
        alternatives=alternatives,
    )


def deciding(contest: Contest) -> Iterator[Voice]:
    """The voices on which an answer rests: those for its option, and those that closed another."""
    for voice in contest.tally.speaking:
        if voice.closes or (voice.favors is not None and voice.favors.option == contest.winner):
            yield voice


def _pending(solver: Solver, contest: Contest) -> tuple[Pending, ...]:
    return tuple(
        Pending(voice.rule.id, unknown_facts(solver, [voice.rule.when], contest.scope))
        for voice in contest.tally.pending
    )


def _others(contest: Contest) -> list[str]:
    """The options not chosen: open ones first, by score, then those ruled out."""
    others = [option for option in contest.tally.options if option != contest.winner]
    return sorted(others, key=lambda option: (option not in contest.open, -contest.tally.scores.get(option, 0)))


def _alternative(solver: Solver, contest: Contest, option: str) -> Alternative:
    reasons = tuple(_against(solver, contest, option)) + tuple(_for(solver, contest, option))
    closed_by = tuple(dict.fromkeys(found.rule for found in reasons if found.effect != "favors"))
    return Alternative(
        option=option,
        ruled_out=option not in contest.open,
        closed_by=closed_by,
        score=contest.tally.scores.get(option, 0),
        companions=tuple(_companions(solver, contest, option)) if option in contest.open else (),
        reasons=reasons,
    )


def _for(solver: Solver, contest: Contest, option: str) -> Iterator[Reason]:
    counted = contest.tally
    for voice in counted.speaking:
        requires = isinstance(voice.rule.effect, Requires) and voice.rule.effect.option == option
        if requires or (voice.favors is not None and voice.favors.option == option):
            yield reason(solver.program, voice, contest.scope, option)


def _against(solver: Solver, contest: Contest, option: str) -> Iterator[Reason]:
    counted = contest.tally
    if option in counted.closed:
        for voice in counted.closed[option]:
            yield reason(solver.program, voice, contest.scope, option)
        return
    ballot = contest.ballot
    for scope in solver.blocked(ballot, contest.scope, {}, option)[:1]:
        ahead = blockers(solver, scope, ballot.decision.foresees, {ballot.decision.id: option})
        for voice, where, decision in ahead[:_MOST_AHEAD]:
            yield reason(solver.program, voice, where, option, via=decision)


def _reasons(
    solver: Solver, contest: Contest, verdict: Verdict, alternatives: tuple[Alternative, ...]
) -> tuple[Reason, ...]:
    """What speaks for the option; where it is forced or there is none, also what closed the others."""
    reasons = list(_for(solver, contest, contest.winner)) if contest.winner else []
    if contest.winner and contest.winner not in contest.open:
        reasons += _against(solver, contest, contest.winner)
    if verdict in ("forced", "conflict"):
        reasons += [found for other in alternatives for found in other.reasons if found.effect == "rules_out"]
    return tuple({(found.rule, found.option): found for found in reasons}.values())


def _companions(solver: Solver, contest: Contest, option: str) -> Iterator[tuple[str, str]]:
    """What the later decisions of the same subject would be, were an option chosen."""
    if contest.scope.is_whole:
        return
    trial = {contest.ballot.decision.id: option}
    for name in contest.ballot.decision.foresees:
        ballot = solver.program.ballots.get(name)
        if ballot is None or solver.tally(ballot, contest.scope, trial).applies is False:
            trial[name] = "none"
            continue
        trial[name] = solver.contest(ballot, contest.scope, trial).winner or "none"
        yield name, trial[name]
