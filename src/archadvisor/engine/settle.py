"""Which options a decision could still have once the unknown facts are known, and which facts to ask for.

The answer errs on the side of asking: every option that could win is found, one that could not may be among them.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from archadvisor.engine.match import grounds
from archadvisor.engine.program import Voice
from archadvisor.engine.scope import ABSENT, Scope
from archadvisor.engine.solve import Contest, Solver, Trial, shut, standing
from archadvisor.model.advice import Pending
from archadvisor.model.fact import Vocabulary, visible


@dataclass(frozen=True, slots=True)
class Prospect:
    """What a decision could still become, and what is to be asked."""

    possible: frozenset[str]
    asks: tuple[str, ...]
    pending: tuple[Pending, ...]


Unsettled = dict[tuple[str, str], Prospect]
"""The earlier decisions that could still become something else, by decision and the subject's path."""


def prospects(solver: Solver, contests: Sequence[Contest]) -> list[Prospect]:
    """The prospect of each contest, in order."""
    unsettled: Unsettled = {}
    found: list[Prospect] = []
    for contest in contests:
        prospect = _prospect(solver, contest, unsettled)
        if len(prospect.possible) > 1:
            unsettled[contest.ballot.decision.id, contest.scope.path] = prospect
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
            parts = [
                part.path
                for part in scope.inner
                if part.subject.kind == inner.subject and part.values.get(name) is None
            ]
            yield from (f"{path}.{name.partition('.')[2]}" for path in parts)


def _prospect(solver: Solver, contest: Contest, unsettled: Unsettled) -> Prospect:
    earlier = _unsettled_before(contest, unsettled)
    certain = contest.ballot.applies(contest.scope) is True
    if certain and not earlier and not _in_doubt(solver, contest):
        return Prospect(frozenset({contest.winner or ABSENT}), (), ())
    possible: set[str] = set() if certain else {ABSENT}
    asks: set[str] = set()
    for trial in _trials([(name, found) for name, found in earlier if name in contest.ballot.decision.after]):
        options, asked = _outcomes(solver, contest, trial)
        possible |= options
        asks |= asked
    if any(name not in contest.ballot.decision.after for name, _ in earlier):
        possible |= {contest.winner or ABSENT, ABSENT}
    if len(possible) < 2:
        asks = set()
    elif earlier:
        asks |= {path for _, found in earlier for path in found.asks}
    return Prospect(frozenset(possible), tuple(sorted(asks)), _pending(solver, contest))


def _in_doubt(solver: Solver, contest: Contest) -> bool:
    """Whether an unknown fact could matter to a decision, or to one that it must leave an answer for."""
    own = bool(contest.tally.pending or contest.tally.doubtful)
    return own or (bool(contest.ballot.decision.foresees) and solver.in_doubt(contest.ballot.decision.foresees))


def _unsettled_before(contest: Contest, unsettled: Unsettled) -> list[tuple[str, Prospect]]:
    """The unsettled earlier decisions that count for a subject: its own, those of what it is part of, and, where
    its rules ask over a collection, those of the subjects within it."""
    if not unsettled:
        return []
    ballot, scope = contest.ballot, contest.scope
    above = {subject.path for subject in scope.owners}
    within = {part.path for part in scope.inner} if scope.is_whole else set()
    return [
        (name, found)
        for (name, path), found in unsettled.items()
        if ((path in above and name in ballot.decision.after) or (path in within and name in ballot.reads))
    ]


def _pending(solver: Solver, contest: Contest) -> tuple[Pending, ...]:
    scope, vocabulary = contest.tally.scope, solver.program.vocabulary
    return tuple(Pending(voice.rule.id, unknown_facts([voice], scope, vocabulary)) for voice in contest.tally.pending)


def _trials(earlier: list[tuple[str, Prospect]]) -> list[Trial]:
    """Every combination of what the earlier decisions could still become."""
    trials: list[Trial] = [{}]
    for name, prospect in earlier:
        trials = [{**trial, name: option} for trial in trials for option in sorted(prospect.possible)]
    return trials


def _outcomes(solver: Solver, contest: Contest, trial: Trial) -> tuple[set[str], set[str]]:
    """The options that could win under a trial, and the unknown facts that could decide it."""
    ballot, scope = contest.ballot, contest.scope
    if ballot.applies(scope.with_choices(trial)) is False:
        return {ABSENT}, set()
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
        possible = {solver.contest(ballot, scope, trial).winner or ABSENT}
    elif not sure and len(hopeful) + len(counted.pending) > 1:
        possible.add(ABSENT)
    if len(possible) < 2:
        return possible, set()
    voices = [v for v in counted.pending if set(v.closes) & possible or (v.favors and v.favors.option in possible)]
    asks = set(unknown_facts(voices, counted.scope, solver.program.vocabulary))
    for option in possible - {ABSENT}:
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
        return _threats(solver, scope, later[1:], {**trial, later[0]: ABSENT})
    counted = solver.tally(ballot, scope, trial)
    voices = [voice for found in counted.threatened.values() for voice in found]
    asks = set(unknown_facts(voices, counted.scope, solver.program.vocabulary))
    for option in counted.options:
        if not shut(counted, option, "certain"):
            asks |= _threats(solver, scope, later[1:], {**trial, later[0]: option})
    return asks
