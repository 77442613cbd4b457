"""Exactly which options a decision may still have: every completion of the unknown facts is tried.

Facts are filled in one at a time, until bounds tell that the rest cannot matter; what is left are leaves, sets of
completions with one answer. A fact is asked for if two leaves that differ in nothing else have different answers.
Where all completions agree on an option that cannot be seen yet, being the same by different rules, what would show it
is asked for.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from math import prod
from operator import is_

from archadvisor.analysis.domain import Domains, Unknown, doubted, samples_of, undecided
from archadvisor.engine.advise import declared_options
from archadvisor.engine.asking import fact_path
from archadvisor.engine.derivation import ABSENT
from archadvisor.engine.program import Program
from archadvisor.engine.scope import Scope
from archadvisor.engine.settle import Prospect, prospects
from archadvisor.engine.solve import Declared, Question, Solver
from archadvisor.model.advice import Advice, Outcome
from archadvisor.model.fact import Known
from archadvisor.model.frozen import dataclass, replace
from archadvisor.model.workload import Stated, Subject, Workload

MOST_ASKS = 12
MOST_COMPLETIONS = 3000
"""How many unknown facts, and how many completions, a question may have; with more, nothing is tried."""
MOST_LOOKS = 5000
"""How many subjects are looked at in all. These are counts, so that no clock has a say in an answer."""

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
    advised = _exact_outcomes(workload, program, {}, advice.decisions)
    declared = declared_options(workload, program)
    kept = _exact_outcomes(workload, program, declared, advice.kept) if advice.kept else None
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


def _exact_outcomes(workload: Workload, program: Program, declared: Declared, outcomes: tuple[Outcome, ...]) -> _Exact:
    asked = {(each.decision, each.subject or ""): each.asks for each in outcomes if not each.settled}
    if not asked:
        return _Exact(outcomes, (), True)
    search = _Search(workload, program, declared, asked)
    tried = {question: search.leaves(question, asks) for question, asks in asked.items()}
    search.let_go()
    found = {question: leaves for question, leaves in tried.items() if leaves is not None}
    ranks = _ranks(found)

    def rank(fact: str) -> tuple[int, str]:
        return -ranks.get(fact, 0), fact

    refined = tuple(_refined(outcome, found.get((outcome.decision, outcome.subject or ""))) for outcome in outcomes)
    asks = sorted({fact for outcome in refined for fact in outcome.asks}, key=rank)
    ordered = tuple(replace(outcome, asks=tuple(sorted(outcome.asks, key=rank))) for outcome in refined)
    return _Exact(ordered, tuple(asks), len(found) == len(asked))


def _refined(outcome: Outcome, leaves: Sequence[Leaf] | None) -> Outcome:
    options = {leaf.option for leaf in leaves or ()}
    if leaves is None or (len(options) == 1 and outcome.option not in options):
        return outcome
    return replace(outcome, settled=len(options) == 1, asks=tuple(_asks(leaves)))


class _Search:
    """Partial completions of one workload, each looked at once for all questions about it."""

    def __init__(self, workload: Workload, program: Program, declared: Declared, questions: Iterable[Question]) -> None:
        self._workload = workload
        self._program = program
        self._declared = declared
        self._root = program.scope_of(workload)
        self._wanted = _hung_on(program, self._root, questions)
        self._unknown = dict(_unknown(self._root, program))
        self._doubted = doubted(program, self._root)
        self._samples = samples_of(program)
        self._domains: dict[str, Domains] = {}
        self._seen: dict[frozenset[tuple[str, Known]], Mapping[Question, Prospect]] = {}
        self._looks = 0

    def leaves(self, question: Question, asks: Collection[str]) -> list[Leaf] | None:
        """All leaves of an unsettled question; None if there are too many."""
        if len(asks) > MOST_ASKS or self._looks >= MOST_LOOKS:
            return None
        try:
            return list(self._below(question, {}))
        except _TooMany:
            return None

    def let_go(self) -> None:
        """Forgets the workload, of which nothing more is asked."""
        self._root.let_go()

    def _below(self, question: Question, given: Completion) -> Iterator[Leaf]:
        prospect = self._look(given).get(question)
        if prospect is None or len(prospect.possible) < 2:
            yield Leaf(given, next(iter(prospect.possible)) if prospect else ABSENT)
            return
        domains = self._domains_of(question[0])
        values = {fact: domains.of(self._unknown[fact]) for fact in prospect.asks if fact not in given}
        if not values or self._looks >= MOST_LOOKS or prod(map(len, values.values())) > MOST_COMPLETIONS:
            raise _TooMany
        fact = min(values, key=lambda fact: (not _is_near(fact, question[1]), len(values[fact]), fact))
        for value in values[fact]:
            yield from self._below(question, {**given, fact: value})

    def _domains_of(self, decision: str) -> Domains:
        """What unknown facts may be, as far as a decision and those that it hangs on can tell."""
        if decision not in self._domains:
            held = undecided(self._program, self._doubted, _concerned(self._program, decision))
            self._domains[decision] = Domains(self._program, self._root, self._samples, held)
        return self._domains[decision]

    def _look(self, given: Completion) -> Mapping[Question, Prospect]:
        """What each question that arises could still become."""
        key = frozenset(given.items())
        if key not in self._seen:
            self._looks += 1 + len(self._root.inner)
            solver = Solver(self._program, self._completed(given), self._declared)
            contests = solver.solve(self._wanted)
            found = zip(contests, prospects(solver, contests), strict=True)
            self._seen[key] = {(contest.ballot.decision.id, contest.scope.path): each for contest, each in found}
            solver.root.let_go()
        return self._seen[key]

    def _completed(self, given: Completion) -> Scope:
        told: dict[str, dict[str, Stated]] = {}
        for path, value in given.items():
            unknown = self._unknown[path]
            told.setdefault(unknown.scope.path, {})[unknown.fact.name] = Stated(value)
        root = _stating(self._workload.root, told)
        return self._program.scope_of(replace(self._workload, root=root))


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


def _hung_on(program: Program, root: Scope, questions: Iterable[Question]) -> frozenset[Question]:
    """Questions, and all those that they hang on: of their subjects, of what these are part of, and of their parts."""
    scopes = {scope.path: scope for scope in (root, *root.inner)}
    pending, found = list(questions), set[Question]()
    while pending:
        question = pending.pop()
        if question not in found:
            found.add(question)
            scope = scopes[question[1]]
            related = (*scope.owners, *(part.subject for part in scope.inner))
            for name in program.ballots[question[0]].before:
                kinds = program.ballots[name].decision.subjects
                pending += [(name, each.path) for each in related if each.kind in kinds]
    return frozenset(found)


def _unknown(root: Scope, program: Program) -> Iterator[tuple[str, Unknown]]:
    """The stated facts that are unknown, by path."""
    for scope in (root, *root.inner):
        for name, value in scope.own.items():
            fact = program.vocabulary.get(name)
            if value is None and fact and not fact.inputs:
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
        if one.option != other.option and (fact := _only_difference(one.given, other.given)) is not None:
            found.add(fact)
            if found == told:
                break
    return found


def _only_difference(one: Completion, other: Completion) -> str | None:
    """The fact that has another value in each of two completions, if that is one fact."""
    found: str | None = None
    for fact, value in one.items():
        if other.get(fact, value) != value:
            if found is not None:
                return None
            found = fact
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
