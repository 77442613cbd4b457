"""Answers decisions in their fixed order, looking ahead so that no answer leaves a later question without one.

There are three ways to look: `certain` closes what rules that speak close; `worst` closes also what pending rules
might; `forgiving` takes a declared option as open even where a rule closes it, so that a declaration that cannot hold
is a conflict of its own and of no decision before it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from archadvisor.engine.program import Ballot, Program
from archadvisor.engine.scope import ABSENT, Scope
from archadvisor.engine.tally import Tally, tally
from archadvisor.model.fact import Known

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


class Solver:
    """One workload's decisions under one program, with some options fixed."""

    def __init__(self, program: Program, root: Scope, declared: Declared) -> None:
        self.program = program
        self.everyone = (root, *root.inner)
        self.declared = declared
        self.made: dict[tuple[str, str], Contest] = {}
        """The contests decided so far, by decision and the subject's path."""
        self._tallies: dict[tuple[str, str, tuple[Known, ...]], Tally] = {}
        self._viable: dict[tuple[str, tuple[str, ...], tuple[tuple[str, str], ...], Look], bool] = {}

    def solve(self) -> list[Contest]:
        """Every decision that applies, in order, for every subject it is for; the scopes keep the answers."""
        for ballot in self.program.ballots.values():
            for scope in self.everyone:
                if scope.subject.kind in ballot.decision.subjects and ballot.applies(scope) is not False:
                    contest = self.contest(ballot, scope, {})
                    self.made[ballot.decision.id, scope.path] = contest
                    scope.choose(ballot.decision.id, contest.winner or ABSENT)
        return list(self.made.values())

    def free(self) -> "Solver":
        """A solver for the same subjects, with the answers they have, that holds nothing more to be fixed."""
        return Solver(self.program, self.everyone[0], {})

    def tally(self, ballot: Ballot, scope: Scope, trial: Trial) -> Tally:
        """The count for a subject; it depends only on the choices that the decision's rules read."""
        values = scope.values
        choices = [trial.get(name) or values.get(fact, ABSENT) for name, fact in ballot.reads.items()]
        key = (ballot.decision.id, scope.path, tuple(choices))
        found = self._tallies.get(key)
        if found is None:
            found = self._tallies[key] = tally(ballot, scope.with_choices(trial) if trial else scope)
        return found

    def candidates(self, ballot: Ballot, counted: Tally) -> tuple[str, ...]:
        """The options to choose from: those that exist, or the declared one."""
        fixed = self.declared.get((ballot.decision.id, counted.scope.path))
        return counted.options if fixed is None else (fixed,)

    def contest(self, ballot: Ballot, scope: Scope, trial: Trial) -> Contest:
        """How the options stand under a trial, and which one wins."""
        counted = self.tally(ballot, scope, trial)
        candidates = self.candidates(ballot, counted)
        unclosed = tuple([option for option in candidates if not shut(counted, option, "certain")])
        if unclosed and not ballot.decision.foresees:
            return Contest(ballot, scope, counted, candidates, unclosed, preferred(ballot, unclosed, counted.scores))
        blocked = {option: len(self.blocked(ballot, scope, trial, option)) for option in unclosed}
        least = min(blocked.values(), default=0)
        if least and self.declared:
            blocked = {option: len(self.blocked(ballot, scope, trial, option, "forgiving")) for option in unclosed}
            least = min(blocked.values())
        if not unclosed or (least and not scope.is_whole):
            return Contest(ballot, scope, counted, candidates, (), self.declared.get((ballot.decision.id, scope.path)))
        open_options = tuple(option for option in unclosed if blocked[option] == least)
        return Contest(
            ballot, scope, counted, candidates, open_options, preferred(ballot, open_options, counted.scores)
        )

    def blocked(self, ballot: Ballot, scope: Scope, trial: Trial, option: str, look: Look = "certain") -> list[Scope]:
        """The subjects for whom choosing `option` would leave a later decision without an answer."""
        later = ballot.decision.foresees
        if not later:
            return []
        tried = {**trial, ballot.decision.id: option}
        return [each for each in self.concerned(later, scope) if not self.viable(each, later, tried, look)]

    def concerned(self, later: Iterable[str], scope: Scope) -> list[Scope]:
        """The subjects, at or below a scope, that some later decisions are for."""
        kinds = {
            kind
            for name in later
            if name in self.program.ballots
            for kind in self.program.ballots[name].decision.subjects
        }
        return [each for each in (scope, *scope.inner) if each.subject.kind in kinds]

    def in_doubt(self, decisions: Iterable[str]) -> bool:
        """Whether an unknown fact could matter to some decisions, as far as they have been looked at."""
        looked_at = [counted for (decision, *_), counted in self._tallies.items() if decision in decisions]
        return any(counted.pending or counted.doubtful for counted in looked_at)

    def viable(self, scope: Scope, later: tuple[str, ...], trial: Trial, look: Look) -> bool:
        """Whether the later decisions can all be answered for a subject."""
        key = (scope.path, later, tuple(trial.items()), look)
        if key not in self._viable:
            self._viable[key] = self._is_viable(scope, later, trial, look)
        return self._viable[key]

    def _is_viable(self, scope: Scope, later: tuple[str, ...], trial: Trial, look: Look) -> bool:
        if not later:
            return True
        decision, rest = later[0], later[1:]
        ballot = self.program.ballots.get(decision)
        if ballot is None or ballot.applies(scope.with_choices(trial)) is False:
            return self.viable(scope, rest, {**trial, decision: ABSENT}, look)
        counted = self.tally(ballot, scope, trial)
        if look == "forgiving" and (decision, scope.path) in self.declared:
            return self.viable(scope, rest, {**trial, decision: self.declared[(decision, scope.path)]}, look)
        return any(
            not shut(counted, option, look) and self.viable(scope, rest, {**trial, decision: option}, look)
            for option in self.candidates(ballot, counted)
        )


def shut(counted: Tally, option: str, look: Look) -> bool:
    """Whether an option is closed or does not exist here, or in the worst case might be so."""
    if option in counted.closed or option not in counted.options:
        return True
    return look == "worst" and (option in counted.threatened or option in counted.doubtful)


def preferred(ballot: Ballot, options: Sequence[str], scores: Mapping[str, int]) -> str:
    """The option with the highest score; among equals the default, else the first that the decision lists."""
    if len(options) == 1:
        return options[0]
    return max(options, key=lambda option: (scores.get(option, 0), *standing(ballot, option)))


def standing(ballot: Ballot, option: str) -> tuple[bool, int]:
    """What decides between equal scores: the default first, then the order of the options."""
    return option == ballot.decision.default, -ballot.options.index(option)
