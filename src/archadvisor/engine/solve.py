"""Answers decisions in their fixed order, looking ahead so that no answer leaves a later question without one.

There are three ways to look: `certain` closes what rules that speak close; `worst` closes also what pending rules
might; `forgiving` takes a declared option as open even where a rule closes it, so that a declaration that cannot hold
is a conflict of its own and of no decision before it.
"""

from collections.abc import Callable, Container, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from archadvisor.engine.program import Ballot, Program
from archadvisor.engine.scope import ABSENT, Scope
from archadvisor.engine.tally import ABSENT_HERE, Tally, tally
from archadvisor.engine.view import View
from archadvisor.model.fact import Known

Result = TypeVar("Result")
Look = Literal["certain", "worst", "forgiving"]
Trial = Mapping[str, str]
"""Options tried for some decisions, beside those already chosen."""
Declared = Mapping[tuple[str, str], str]
"""The option that is fixed for a decision and a subject's path."""


@dataclass(frozen=True, slots=True)
class Contest:
    """How the options of a decision stand for one subject, and which one wins."""

    ballot: Ballot
    scope: Scope
    tally: Tally
    candidates: tuple[str, ...]
    open: tuple[str, ...]
    """Options nothing closes, here or further on; where none serves every subject, those that serve the most."""
    winner: str | None
    key: Hashable
    """What all this depends on, where that is known of the subject alone; else None."""


@dataclass(frozen=True, slots=True)
class Stand:
    """How the options of a decision stand for all subjects that look the same."""

    tally: Tally
    candidates: tuple[str, ...]
    open: tuple[str, ...]
    winner: str | None


class Solver:
    """One workload's decisions under one program, with some options fixed."""

    def __init__(self, program: Program, root: Scope, declared: Declared) -> None:
        self.program = program
        self.everyone = (root, *root.inner)
        self.declared = declared
        self.made: dict[tuple[str, str], Contest] = {}
        """The contests decided so far, by decision and the subject's path."""
        self._tallies: dict[tuple[str, str, tuple[Known, ...]], Tally] = {}
        self._seen: dict[tuple[View, str], int] = {}
        self._doubted: frozenset[str] = frozenset()

    def solve(self, decisions: Container[str] | None = None) -> list[Contest]:
        """Every decision that applies, in order, for every subject it is for; the scopes keep the answers.

        If only some `decisions` matter, those they come after and those they foresee are to be among them.
        """
        for ballot in self.program.ballots.values():
            for scope in self.everyone if decisions is None or ballot.decision.id in decisions else ():
                if scope.subject.kind not in ballot.decision.subjects:
                    continue
                contest = self.contest(ballot, scope, {})
                if contest.tally.applies is not False:
                    self.made[ballot.decision.id, scope.subject.path] = contest
                    scope.choose(ballot.decision.id, contest.winner or ABSENT)
        return list(self.made.values())

    def free(self) -> "Solver":
        """A solver for the same subjects, with the answers they have, that holds nothing more to be fixed."""
        return Solver(self.program, self.everyone[0], {})

    def tally(self, ballot: Ballot, scope: Scope, trial: Trial) -> Tally:
        """The count for a subject; it depends only on the choices that the decision's rules read."""
        choir = ballot.choirs[scope.subject.kind]
        key = (ballot.decision.id, scope.subject.path, _choices(choir.choices, scope, trial))
        found = self._tallies.get(key)
        if found is None:
            seen = (self._sight(choir.view, scope), key[2])
            found = self._tallies[key] = choir.memory.recall(seen, lambda: tally(ballot, scope.under(trial)))
        if found.in_doubt:
            self._doubted |= {ballot.decision.id}
        return found

    def shared(self, ballot: Ballot, key: Hashable, make: Callable[[], Result]) -> Result:
        """What `make` gives, or gave for a subject with the same key; what is doubted is the same then, too."""
        if key is None:
            return make()

        def made() -> tuple[Result, frozenset[str]]:
            before, self._doubted = self._doubted, frozenset()
            result, doubted = make(), self._doubted
            self._doubted = before
            return result, doubted

        result, doubted = ballot.memory.recall(key, made)
        self._doubted |= doubted
        return result

    def _key(self, ballot: Ballot, scope: Scope, trial: Trial) -> Hashable:
        """All that a contest depends on, where parts of the subject do not matter to later decisions; else None."""
        kind = scope.subject.kind
        if kind not in ballot.alone:
            return None
        ahead = self._sight(ballot.ahead[kind].view, scope) if ballot.ahead else None
        decisions = (ballot.decision.id, *ballot.decision.foresees)
        fixed = tuple([self.declared.get((name, scope.subject.path)) for name in decisions]) if self.declared else None
        chosen = _choices(ballot.heeded[kind], scope, trial)
        return self._sight(ballot.choirs[kind].view, scope), ahead, chosen, fixed

    def _sight(self, view: View, scope: Scope) -> int:
        """What can be seen of a subject, apart from choices."""
        if not view.lasts:
            return view.of(scope)
        key = (view, scope.subject.path)
        seen = self._seen.get(key)
        if seen is None:
            seen = self._seen[key] = view.of(scope)
        return seen

    def candidates(self, ballot: Ballot, scope: Scope, counted: Tally) -> tuple[str, ...]:
        """The options to choose from: those that exist, or the declared one."""
        fixed = self.declared.get((ballot.decision.id, scope.subject.path))
        return counted.options if fixed is None else (fixed,)

    def contest(self, ballot: Ballot, scope: Scope, trial: Trial) -> Contest:
        """How the options stand under a trial, and which one wins."""
        key = self._key(ballot, scope, trial)
        found = self.shared(ballot, key, lambda: self._stand(ballot, scope, trial))
        return Contest(ballot, scope, found.tally, found.candidates, found.open, found.winner, key)

    def _stand(self, ballot: Ballot, scope: Scope, trial: Trial) -> Stand:
        counted = self.tally(ballot, scope, trial)
        candidates = self.candidates(ballot, scope, counted)
        unclosed = tuple([option for option in candidates if not shut(counted, option, "certain")])
        if unclosed and not ballot.decision.foresees:
            return Stand(counted, candidates, unclosed, preferred(ballot, unclosed, counted.scores))
        blocked = {option: len(self.blocked(ballot, scope, trial, option)) for option in unclosed}
        least = min(blocked.values(), default=0)
        if least and self.declared:
            blocked = {option: len(self.blocked(ballot, scope, trial, option, "forgiving")) for option in unclosed}
            least = min(blocked.values())
        if not unclosed or (least and not scope.is_whole):
            return Stand(counted, candidates, (), self.declared.get((ballot.decision.id, scope.subject.path)))
        open_options = tuple(option for option in unclosed if blocked[option] == least)
        return Stand(counted, candidates, open_options, preferred(ballot, open_options, counted.scores))

    def blocked(self, ballot: Ballot, scope: Scope, trial: Trial, option: str, look: Look = "certain") -> list[Scope]:
        """The subjects, at or below a scope, for whom `option` would leave a later decision without an answer."""
        if not ballot.ahead:
            return []
        tried = {**trial, ballot.decision.id: option}
        return [
            each
            for each in (scope, *scope.inner)
            if each.subject.kind in ballot.ahead and not self.outlook(ballot, each, tried, look).viable
        ]

    def in_doubt(self, decisions: Iterable[str]) -> bool:
        """Whether an unknown fact could leave some decisions without an answer, as far as they have been looked at."""
        return not self._doubted.isdisjoint(decisions)

    def outlook(self, ballot: Ballot, scope: Scope, trial: Trial, look: Look) -> "Outlook":
        """What is ahead of a decision for one subject, remembered from others that look the same."""
        ahead, later = ballot.ahead[scope.subject.kind], ballot.decision.foresees
        seen = self._sight(ahead.view, scope)
        fixed = (
            tuple([self.declared.get((decision, scope.subject.path)) for decision in later]) if self.declared else None
        )
        key = (seen, _choices(ahead.reads, scope, trial), look, fixed)
        found = ahead.memory.recall(key, lambda: _looked(self, scope, later, trial, look))
        self._doubted |= found.doubted
        return found


@dataclass(frozen=True, slots=True)
class Outlook:
    """Whether later decisions can all be answered, and for which of them an unknown fact could matter to that."""

    viable: bool
    doubted: frozenset[str]


def _choices(reads: Mapping[str, str], scope: Scope, trial: Trial) -> tuple[Known, ...]:
    values = scope.values
    if not trial:
        return tuple([values[fact] for fact in reads.values()])
    return tuple([trial.get(name) or values[fact] for name, fact in reads.items()])


def _looked(solver: Solver, scope: Scope, later: tuple[str, ...], trial: Trial, look: Look) -> Outlook:
    """The outlook of a subject, by trying the later decisions in order until one leaves no answer."""
    if not later:
        return Outlook(True, frozenset())
    decision, rest = later[0], later[1:]
    ballot = solver.program.ballots.get(decision)
    counted = solver.tally(ballot, scope, trial) if ballot else ABSENT_HERE
    if ballot is None or counted.applies is False:
        return _looked(solver, scope, rest, {**trial, decision: ABSENT}, look)
    doubted = frozenset({decision}) if counted.in_doubt else frozenset()
    for option in _to_try(solver, ballot, scope, counted, look):
        found = _looked(solver, scope, rest, {**trial, decision: option}, look)
        doubted |= found.doubted
        if found.viable:
            return Outlook(True, doubted)
    return Outlook(False, doubted)


def _to_try(solver: Solver, ballot: Ballot, scope: Scope, counted: Tally, look: Look) -> list[str]:
    declared = solver.declared.get((ballot.decision.id, scope.subject.path))
    if look == "forgiving" and declared is not None:
        return [declared]
    return [option for option in solver.candidates(ballot, scope, counted) if not shut(counted, option, look)]


def shut(counted: Tally, option: str, look: Look) -> bool:
    """Whether an option is closed or does not exist here, or in the worst case might be so."""
    if option in counted.closed or option not in counted.options:
        return True
    return look == "worst" and (option in counted.threatened or option in counted.doubtful)


def preferred(ballot: Ballot, options: Sequence[str], scores: Mapping[str, int]) -> str:
    """The option with the highest score; among equals the default, else the first that the decision lists."""
    if len(options) == 1:
        return options[0]
    return max(options, key=lambda option: (scores.get(option, 0), ballot.standing[option]))
