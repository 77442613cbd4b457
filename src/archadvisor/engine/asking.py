"""Which unknown facts to ask for: those that could tell what a decision becomes."""

from collections.abc import Collection, Iterable

from archadvisor.engine.derivation import ABSENT
from archadvisor.engine.match import Use, grounds_of
from archadvisor.engine.scope import Scope, stated
from archadvisor.engine.solve import Contest, Solver, Trial, shut
from archadvisor.model.condition import Condition
from archadvisor.model.fact import FactType, Vocabulary, visible
from archadvisor.model.workload import Subject

Uses = set[Use]
"""Unknown facts, each with the scope in which it is read."""


def unknown_facts(solver: Solver, conditions: Iterable[Condition], scope: Scope) -> tuple[str, ...]:
    """The paths of the stated facts whose being unknown leaves conditions unknown."""
    return tuple(sorted(paths(solver, unknown(conditions, scope))))


def unknown(conditions: Iterable[Condition], scope: Scope) -> Uses:
    """The facts whose being unknown leaves conditions unknown."""
    return {use for condition in conditions for use in grounds_of(condition)(scope, None)}


def paths(solver: Solver, uses: Iterable[Use]) -> set[str]:
    """Where facts are, or would be, written; of derived ones, the facts they are computed from."""
    return set().union(*(_paths(solver, where, fact) for where, fact in uses))


def fact_path(scope: Scope, fact: str, vocabulary: Vocabulary) -> str:
    """Where a fact is, or would be, written: `team.hosts`, `services.web.cpu`."""
    entry = vocabulary.get(fact)
    owner = scope.owner(entry.subject) if entry else None
    if owner is None or not owner.path:
        return fact
    return f"{owner.path}.{fact.partition('.')[2]}"


def _paths(solver: Solver, scope: Scope, fact: str) -> Collection[str]:
    vocabulary = solver.program.vocabulary
    entry = vocabulary.get(fact)
    if entry is not None and entry.inherits and stated(scope, entry) is None:
        fact = entry.inherits
    if entry is None or not entry.inputs:
        return (fact_path(scope, fact, vocabulary),)
    found: set[str] = set()
    for name in entry.inputs:
        inner = vocabulary.get(name)
        if inner is None:
            continue
        if visible(inner.subject, entry.subject):
            found.update(_paths(solver, scope, name) if scope.values.get(name) is None else ())
        else:
            found |= _unstated(solver, scope.owner(entry.subject), inner)
    return found


def _unstated(solver: Solver, whole: Subject | None, fact: FactType) -> frozenset[str]:
    """Where a fact of the parts of a subject would be written that is unknown there.

    What is stated does not change while a workload is solved, and every part of it may ask; so that is looked for once.
    """
    key = whole.path if whole else "", fact.name
    known = None if fact.inputs else solver.unstated.get(key)
    if known is None:
        parts = [each for each in solver.everyone if each.subject.kind == fact.subject and whole in each.owners]
        name = fact.name.partition(".")[2]
        known = frozenset(f"{part.path}.{name}" for part in parts if part.values.get(fact.name) is None)
        solver.unstated[key] = known
    return known


def telling(solver: Solver, contest: Contest, trial: Trial, possible: frozenset[str]) -> Uses:
    """The unknown facts that could tell which of the possible options wins."""
    counted = solver.tally(contest.ballot, contest.scope, trial)
    voices = [v for v in counted.pending if set(v.closes) & possible or (v.favors and v.favors.option in possible)]
    options = [option for option in contest.ballot.decision.options if option.id in counted.doubtful]
    conditions = [*(voice.rule.when for voice in voices), *(option.only for option in options)]
    asks = unknown(conditions, contest.scope.under(trial))
    for option in possible - {ABSENT}:
        asks |= _asked_ahead(solver, contest, trial, option)
    return asks


def _asked_ahead(solver: Solver, contest: Contest, trial: Trial, option: str) -> Uses:
    """The unknown facts that could leave a later decision without an answer, were `option` chosen."""
    asks: Uses = set()
    tried = {**trial, contest.ballot.decision.id: option}
    for scope in solver.blocked(contest.ballot, contest.scope, trial, option, "worst"):
        asks |= _threats(solver, scope, contest.ballot.decision.foresees, tried)
    return asks


def _threats(solver: Solver, scope: Scope, later: tuple[str, ...], trial: Trial) -> Uses:
    if not later or later[0] not in solver.program.ballots:
        return set()
    ballot = solver.program.ballots[later[0]]
    counted = solver.tally(ballot, scope, trial)
    if counted.applies is False:
        return _threats(solver, scope, later[1:], {**trial, later[0]: ABSENT})
    voices = [voice for found in counted.threatened.values() for voice in found]
    options = [option for option in ballot.decision.options if option.id in counted.doubtful]
    conditions = [*(voice.rule.when for voice in voices), *(option.only for option in options)]
    asks = unknown(conditions, scope.under(trial))
    for option in counted.options:
        if not shut(counted, option, "certain"):
            asks |= _threats(solver, scope, later[1:], {**trial, later[0]: option})
    return asks
