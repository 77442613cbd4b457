"""Exactly which options a decision may still have: every completion of the unknown facts is tried.

Facts are filled in one at a time, until bounds tell that the rest cannot matter; what is left are leaves, sets of
completions with one answer. A fact is asked for if two leaves that differ in nothing else have different answers.
Where all completions agree on an option that cannot be seen yet, being the same by different rules, what would show it
is asked for.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from math import prod
from operator import is_

from archadvisor.analysis.domain import Domains, Unknown, undecided
from archadvisor.engine.advise import declared_options
from archadvisor.engine.asking import fact_path
from archadvisor.engine.derivation import ABSENT
from archadvisor.engine.program import Program
from archadvisor.engine.scope import Scope
from archadvisor.engine.settle import Prospect, prospects
from archadvisor.engine.solve import Declared, Solver
from archadvisor.model.advice import Advice, Outcome
from archadvisor.model.fact import Known
from archadvisor.model.frozen import dataclass, replace
from archadvisor.model.workload import Stated, Subject, Workload

MOST_ASKS = 12
MOST_COMPLETIONS = 3000
"""How many unknown facts, and how many completions, a question may have; with more, nothing is tried."""
MOST_LOOKS = 5000
"""How many subjects are looked at in all. These are counts, so that no clock has a say in an answer."""

Question = tuple[str, str]
"""A decision and the path of the subject it is about."""
Completion = Mapping[str, Known]
"""Values for unknown facts, by path."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """Completions that have one answer, whatever the facts not named in them are."""

    given: Completion
    option: str


class _TooMany(Exception):
    """There are more completions than may be tried."""


def exactly(workload: Workload, program: Program, advice: Advice) -> Advice:
    """Advice in which a decision is settled if, and only if, every completion gives its option."""
    advised = _exact_outcomes(_Search(workload, program, {}), advice.decisions)
    declared = declared_options(workload, program)
    kept = _exact_outcomes(_Search(workload, program, declared), advice.kept) if advice.kept else None
    return replace(
        advice,
        settled=all(outcome.settled for outcome in advised.outcomes),
        exact=advised.exact and (kept is None or kept.exact),
        decisions=advised.outcomes,
        kept=kept.outcomes if kept else advice.kept,
        asks=advised.asks,
    )


@dataclass(frozen=True, slots=True)
class _Exact:
    """Outcomes with what is exactly to be asked, and whether it was found for all of them."""

    outcomes: tuple[Outcome, ...]
    asks: tuple[str, ...]
    exact: bool


def _exact_outcomes(search: "_Search", outcomes: tuple[Outcome, ...]) -> _Exact:
    unsettled = [outcome for outcome in outcomes if not outcome.settled]
    tried = {(each.decision, each.subject or ""): search.leaves(each) for each in unsettled}
    found = {question: leaves for question, leaves in tried.items() if leaves is not None}
    ranks = _ranks(found)

    def rank(fact: str) -> tuple[int, str]:
        return -ranks.get(fact, 0), fact

    refined = tuple(_refined(outcome, found.get((outcome.decision, outcome.subject or ""))) for outcome in outcomes)
    asks = sorted({fact for outcome in refined for fact in outcome.asks}, key=rank)
    ordered = tuple(replace(outcome, asks=tuple(sorted(outcome.asks, key=rank))) for outcome in refined)
    return _Exact(ordered, tuple(asks), len(found) == len(unsettled))


def _refined(outcome: Outcome, leaves: Sequence[Leaf] | None) -> Outcome:
    options = {leaf.option for leaf in leaves or ()}
    if leaves is None or (len(options) == 1 and outcome.option not in options):
        return outcome
    return replace(outcome, settled=len(options) == 1, asks=tuple(_asks(leaves)))


class _Search:
    """Partial completions of one workload, looked at for one question after the other."""

    def __init__(self, workload: Workload, program: Program, declared: Declared) -> None:
        self._workload = workload
        self._program = program
        self._declared = declared
        self._root = _root(workload, program)
        self._unknown = dict(_unknown(self._root, program))
        self._domains: dict[str, Domains] = {}
        self._looks = 0

    def leaves(self, outcome: Outcome) -> list[Leaf] | None:
        """All leaves of an unsettled outcome; None if there are too many."""
        if len(outcome.asks) > MOST_ASKS or self._looks >= MOST_LOOKS:
            return None
        question = outcome.decision, outcome.subject or ""
        decisions = _concerned(self._program, question[0])
        try:
            return list(self._below(question, {}, decisions, self._domains_of(question[0], decisions)))
        except _TooMany:
            return None

    def _domains_of(self, decision: str, decisions: frozenset[str]) -> Domains:
        """What unknown facts may be, as far as a decision and those that it hangs on can tell."""
        if decision not in self._domains:
            held = undecided(self._program, self._root, decisions)
            self._domains[decision] = Domains(self._program, self._root, held)
        return self._domains[decision]

    def _below(
        self, question: Question, given: Completion, decisions: frozenset[str], domains: Domains
    ) -> Iterator[Leaf]:
        prospect = self._prospect(question, given, decisions)
        if prospect is None or len(prospect.possible) < 2:
            yield Leaf(given, next(iter(prospect.possible)) if prospect else ABSENT)
            return
        values = {fact: domains.of(self._unknown[fact]) for fact in prospect.asks if fact not in given}
        if not values or self._looks >= MOST_LOOKS or prod(map(len, values.values())) > MOST_COMPLETIONS:
            raise _TooMany
        fact = min(values, key=lambda fact: (not _is_near(fact, question[1]), len(values[fact]), fact))
        for value in values[fact]:
            yield from self._below(question, {**given, fact: value}, decisions, domains)

    def _prospect(self, question: Question, given: Completion, decisions: frozenset[str]) -> Prospect | None:
        """What a question could still become; None where it does not arise."""
        self._looks += 1 + len(self._root.inner)
        told: dict[str, dict[str, Stated]] = {}
        for path, value in given.items():
            unknown = self._unknown[path]
            told.setdefault(unknown.scope.path, {})[unknown.fact.name] = Stated(value)
        root = _root(replace(self._workload, root=_stating(self._workload.root, told)), self._program)
        solver = Solver(self._program, root, self._declared)
        contests = solver.solve(decisions)
        found = zip(contests, prospects(solver, contests), strict=True)
        asked = (each for contest, each in found if (contest.ballot.decision.id, contest.scope.path) == question)
        return next(asked, None)


def _is_near(fact: str, subject: str) -> bool:
    """Whether a fact belongs to a subject or to what it is part of."""
    return not fact.startswith(("services.", "secrets.", "callers.")) or f"{subject}.".startswith(
        f"{'.'.join(fact.split('.')[:2])}."
    )


def _concerned(program: Program, decision: str) -> frozenset[str]:
    """A decision, those it comes after, and those that these must leave an answer for."""
    found: set[str] = set()
    pending = [decision]
    while pending:
        name = pending.pop()
        if name in program.ballots and name not in found:
            found.add(name)
            pending += [*program.ballots[name].decision.after, *program.ballots[name].decision.foresees]
    return frozenset(found)


def _root(workload: Workload, program: Program) -> Scope:
    return program.scope_of(workload)


def _unknown(root: Scope, program: Program) -> Iterator[tuple[str, Unknown]]:
    """The stated facts that are unknown, by path."""
    for scope in (root, *root.inner):
        for name, value in scope.values.items():
            fact = program.vocabulary.get(name)
            if value is None and fact and fact.subject == scope.subject.kind and not fact.inputs:
                yield fact_path(scope, name, program.vocabulary), Unknown(scope, fact)


def _stating(subject: Subject, told: Mapping[str, Mapping[str, Stated]]) -> Subject:
    """A subject, and those within it, of which more is stated."""
    parts = tuple(_stating(part, told) for part in subject.parts)
    if subject.path not in told and all(map(is_, parts, subject.parts)):
        return subject
    return replace(subject, facts={**subject.facts, **told.get(subject.path, {})}, parts=parts)


def _asks(leaves: Sequence[Leaf]) -> set[str]:
    """The facts each of which can change the option under some completion of the others."""
    told = {fact for leaf in leaves for fact in leaf.given}
    found: set[str] = set()
    for one, other in combinations(leaves, 2):
        if one.option != other.option:
            differing = [fact for fact in one.given if fact in other.given and one.given[fact] != other.given[fact]]
            if len(differing) == 1:
                found.add(differing[0])
                if found == told:
                    break
    return found


def _ranks(found: Mapping[Question, list[Leaf]]) -> dict[str, int]:
    """For each fact, how many decisions it settles in the worst case."""
    facts = {fact for leaves in found.values() for leaf in leaves for fact in leaf.given}
    return {fact: min(_settled(found, fact, value) for value in _values(found, fact)) for fact in facts}


def _values(found: Mapping[Question, list[Leaf]], fact: str) -> set[Known]:
    return {leaf.given[fact] for leaves in found.values() for leaf in leaves if fact in leaf.given}


def _settled(found: Mapping[Question, list[Leaf]], fact: str, value: Known) -> int:
    """How many decisions have one answer once a fact has a value."""
    left = ({leaf.option for leaf in leaves if leaf.given.get(fact, value) == value} for leaves in found.values())
    return len([options for options in left if len(options) == 1])
