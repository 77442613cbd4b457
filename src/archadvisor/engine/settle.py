"""Which options a decision could still have once the unknown facts are known, and which facts to ask for.

The answer errs on the side of asking: every option that could win is found, one that could not may be among them.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from archadvisor.engine.match import Truth, grounds
from archadvisor.engine.program import Voice
from archadvisor.engine.scope import Scope
from archadvisor.engine.solve import Contest, Solver, Trial, shut, standing
from archadvisor.model.advice import Pending
from archadvisor.model.fact import Vocabulary, visible


@dataclass(frozen=True, slots=True)
class Prospect:
    """What a decision could still become, and what is to be asked."""

    possible: frozenset[str]
    asks: tuple[str, ...]
    pending: tuple[Pending, ...]


def prospects(solver: Solver, contests: Sequence[Contest]) -> list[Prospect]:
    """The prospect of each contest, in order."""
    known: dict[tuple[str, str], Prospect] = {}
    found: list[Prospect] = []
    for contest in contests:
        prospect = _prospect(solver, contest, known)
        known[(contest.ballot.decision.id, contest.scope.path)] = prospect
        found.append(prospect)
    return found


def unknown_facts(voices: Iterable[Voice], scope: Scope, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The paths of the stated facts whose being unknown keeps voices from speaking."""
    found = {
        path
        for voice in voices
        for where, fact in grounds(voice.rule.when, scope, None)
        for path in _paths(where, fact, vocabulary)
    }
    return tuple(sorted(found))


def fact_path(scope: Scope, fact: str, vocabulary: Vocabulary) -> str:
    """Where a fact is, or would be, written: `team.hosts`, `services.web.cpu`."""
    entry = vocabulary.get(fact)
    owner = scope.owner(entry.subject) if entry else None
    if owner is None or not owner.path:
        return fact
    return f"{owner.path}.{fact.partition('.')[2]}"


def _paths(scope: Scope, fact: str, vocabulary: Vocabulary) -> Iterator[str]:
    entry = vocabulary.get(fact)
    if entry is None or not entry.inputs:
        yield fact_path(scope, fact, vocabulary)
        return
    for name in entry.inputs:
        inner = vocabulary.get(name)
        if inner is None:
            continue
        if visible(inner.subject, scope.subject.kind):
            yield from _paths(scope, name, vocabulary) if scope.values.get(name) is None else ()
        else:
            parts = dict.fromkeys(
                part.path
                for parts in scope.parts.values()
                for part in parts
                if part.subject.kind == inner.subject and part.values.get(name) is None
            )
            yield from (f"{path}.{name.partition('.')[2]}" for path in parts)


def _prospect(solver: Solver, contest: Contest, known: dict[tuple[str, str], Prospect]) -> Prospect:
    ballot, scope = contest.ballot, contest.scope
    before = [name for name in ballot.decision.after if name in solver.program.ballots]
    open_before = [found for name in before if (found := _earlier(known, name, scope)) and len(found[1].possible) > 1]
    trials = _trials([(name, prospect) for name, prospect in open_before])
    possible: set[str] = set()
    asks: set[str] = set()
    for trial in trials:
        options, asked = _outcomes(solver, contest, trial)
        possible |= options
        asks |= asked
    below = [
        p
        for (name, _), p in known.items()
        if name in ballot.reads and name not in dict(open_before) and len(p.possible) > 1 and scope.parent is None
    ]
    if below or (ballot.applies(scope) is None):
        possible |= {contest.winner or "none", "none"}
    if len(possible) > 1:
        asks |= {path for _, prospect in open_before for path in prospect.asks} | {
            path for p in below for path in p.asks
        }
    pending = tuple(
        Pending(voice.rule.id, unknown_facts([voice], contest.tally.scope, solver.program.vocabulary))
        for voice in contest.tally.pending
    )
    return Prospect(frozenset(possible), tuple(sorted(asks)) if len(possible) > 1 else (), pending)


def _earlier(known: dict[tuple[str, str], Prospect], name: str, scope: Scope) -> tuple[str, Prospect] | None:
    """The prospect of an earlier decision for a subject or what it is part of."""
    found = known.get((name, scope.path))
    if found is not None:
        return name, found
    return _earlier(known, name, scope.parent) if scope.parent else None


def _trials(open_before: list[tuple[str, Prospect]]) -> list[Trial]:
    """Every combination of what the earlier decisions could still become."""
    trials: list[Trial] = [{}]
    for name, prospect in open_before:
        trials = [{**trial, name: option} for trial in trials for option in sorted(prospect.possible)]
    return trials


def _outcomes(solver: Solver, contest: Contest, trial: Trial) -> tuple[set[str], set[str]]:
    """The options that could win under a trial, and the unknown facts that could decide it."""
    ballot, scope = contest.ballot, contest.scope
    if ballot.applies(scope.with_choices(trial)) is False:
        return {"none"}, set()
    counted = solver.tally(ballot, scope, trial)
    candidates = solver.candidates(ballot, counted)
    hopeful = [o for o in candidates if not shut(counted, o, "certain") and not solver.blocked(ballot, scope, trial, o)]
    sure = [
        o for o in hopeful if not shut(counted, o, "worst") and not solver.blocked(ballot, scope, trial, o, "worst")
    ]

    def rank(option: str, scores: dict[str, int]) -> tuple[int, bool, int]:
        return (scores.get(option, 0), *standing(ballot, option))

    best, least = dict(counted.ceilings), dict(counted.scores)
    possible = {o for o in hopeful if all(rank(o, best) >= rank(q, least) for q in sure if q != o)}
    if not hopeful:
        possible = {solver.contest(ballot, scope, trial).winner or "none"}
    elif not sure and len(hopeful) + len(counted.pending) > 1:
        possible.add("none")
    if len(possible) < 2:
        return possible, set()
    voices = [v for v in counted.pending if set(v.closes) & possible or (v.favors and v.favors.option in possible)]
    asks = set(unknown_facts(voices, counted.scope, solver.program.vocabulary))
    for option in possible - {"none"}:
        asks |= _asked_ahead(solver, contest, trial, option)
    return possible, asks


def _asked_ahead(solver: Solver, contest: Contest, trial: Trial, option: str) -> set[str]:
    """The unknown facts that could leave a later decision without an answer, were `option` chosen."""
    asks: set[str] = set()
    tried = {**trial, contest.ballot.decision.id: option}
    for scope in solver.blocked(contest.ballot, contest.scope, trial, option, "worst"):
        asks |= _threats(solver, scope, contest.ballot.decision.foresees, tried)
    return asks


def _threats(solver: Solver, scope: Scope, later: tuple[str, ...], trial: Trial) -> set[str]:
    if not later or later[0] not in solver.program.ballots:
        return set()
    ballot = solver.program.ballots[later[0]]
    if ballot.applies(scope.with_choices(trial)) is False:
        return _threats(solver, scope, later[1:], {**trial, later[0]: "none"})
    counted = solver.tally(ballot, scope, trial)
    voices = [voice for found in counted.threatened.values() for voice in found]
    asks = set(unknown_facts(voices, counted.scope, solver.program.vocabulary))
    for option in counted.options:
        if not shut(counted, option, "certain"):
            asks |= _threats(solver, scope, later[1:], {**trial, later[0]: option})
    return asks


def settled(prospect: Prospect, truth: Truth = True) -> bool:
    """Whether every completion of the unknown facts gives the same option."""
    return truth is True and len(prospect.possible) <= 1
