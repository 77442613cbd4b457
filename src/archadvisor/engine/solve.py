"""Answers decisions in their fixed order, looking ahead so that no answer leaves a later question without one.

There are three ways to look: `certain` closes what rules that speak close; `worst` closes also what pending rules
might; `forgiving` takes a declared option as open even where a rule closes it, so that a declaration that cannot hold
is a conflict of its own and of no decision before it.
"""

from collections.abc import Container, Hashable, Iterator, Mapping

from archadvisor.engine.ballot import Ballot, Look, Outlook, Stand
from archadvisor.engine.derivation import ABSENT
from archadvisor.engine.program import Program
from archadvisor.engine.scope import Scope
from archadvisor.engine.sight import Sight
from archadvisor.engine.tally import ABSENT_HERE, Tally
from archadvisor.model.fact import SubjectKind
from archadvisor.model.frozen import dataclass

Trial = Mapping[str, str]
"""Options tried for some decisions, beside those already chosen."""
Question = tuple[str, str]
"""A decision and the path of the subject it is about."""
Declared = Mapping[Question, str]
"""The options that are fixed."""
Fixed = Mapping[str, str]
"""The options that are fixed for one subject, by decision."""
_NOTHING_FIXED: Fixed = {}


@dataclass(frozen=True, slots=True)
class Contest:
    """How the options of a decision stand for one subject, and which one wins."""

    ballot: Ballot
    scope: Scope
    stand: Stand
    key: Hashable
    """What all this depends on, where that is known of the subject alone; else None."""

    @property
    def tally(self) -> Tally:
        """What the rules say."""
        return self.stand.tally

    @property
    def candidates(self) -> tuple[str, ...]:
        """The options to choose from."""
        return self.stand.candidates

    @property
    def open(self) -> tuple[str, ...]:
        """The options nothing closes, here or further on; where none serves all, those that serve the most."""
        return self.stand.open

    @property
    def winner(self) -> str | None:
        """The option that wins; None where there is none."""
        return self.stand.winner


class Solver:
    """One workload's decisions under one program, with some options fixed."""

    def __init__(self, program: Program, root: Scope, declared: Declared) -> None:
        self.program = program
        self.root = root
        self.everyone = (root, *root.inner)
        self.declared = declared
        self.made: dict[Question, Contest] = {}
        """The contests decided so far."""
        self.unstated: dict[tuple[str, str], frozenset[str]] = {}
        """Where a fact is not stated in the parts of a subject, as far as that was asked for; by path and fact."""
        self._by_kind: dict[SubjectKind, list[Scope]] = {}
        for scope in self.everyone:
            self._by_kind.setdefault(scope.subject.kind, []).append(scope)

    def solve(self, wanted: Container[Question] | None = None) -> list[Contest]:
        """Every decision that applies, in order, for every subject it is for; the scopes keep the answers.

        If only some questions are `wanted`, all that they hang on are to be among them.
        """
        for name, ballot in self.program.ballots.items():
            for scope in self._concerned(ballot):
                if wanted is not None and (name, scope.subject.path) not in wanted:
                    continue
                contest = self.contest(ballot, scope, {})
                if contest.stand.tally.applies is not False:
                    self.made[name, scope.subject.path] = contest
                    scope.choose(name, contest.stand.winner or ABSENT)
        return list(self.made.values())

    def _concerned(self, ballot: Ballot) -> list[Scope]:
        """The subjects that a decision is for, in the order of the file."""
        kinds = ballot.decision.subjects
        if len(kinds) == 1:
            return self._by_kind.get(kinds[0], [])
        return [scope for scope in self.everyone if scope.subject.kind in kinds]

    def free(self) -> "Solver":
        """A solver for the same subjects, with the answers they have, that holds nothing more to be fixed."""
        return Solver(self.program, self.root, {})

    def tally(self, ballot: Ballot, scope: Scope, trial: Trial) -> Tally:
        """The count for a subject under a trial."""
        return ballot.tally(scope.subject.kind, scope.lens.under(scope.sight, trial))

    def candidates(self, ballot: Ballot, scope: Scope, counted: Tally) -> tuple[str, ...]:
        """The options to choose from: those that exist, or the declared one."""
        fixed = self.declared.get((ballot.decision.id, scope.subject.path))
        return counted.options if fixed is None else (fixed,)

    def contest(self, ballot: Ballot, scope: Scope, trial: Trial) -> Contest:
        """How the options stand under a trial, and which one wins."""
        sight = scope.lens.under(scope.sight, trial) if trial else scope.sight
        poll = ballot.polls[scope.subject.kind]
        if not poll.alone:
            return Contest(ballot, scope, self._stand(ballot, scope, sight, trial), None)
        key: Hashable = sight & poll.reach
        if self.declared:
            key = key, tuple(self._fixed(ballot, scope).items())
        stand = poll.stands.get(key) or poll.stands.keep(key, self._stand(ballot, scope, sight, trial))
        return Contest(ballot, scope, stand, key)

    def _fixed(self, ballot: Ballot, scope: Scope) -> Fixed:
        """What is fixed of a decision, and of those it foresees, for a subject."""
        path, declared = scope.subject.path, self.declared
        decisions = (ballot.decision.id, *ballot.decision.foresees)
        return {name: declared[name, path] for name in decisions if (name, path) in declared}

    def _stand(self, ballot: Ballot, scope: Scope, sight: Sight, trial: Trial) -> Stand:
        counted = ballot.tally(scope.subject.kind, sight)
        fixed = self.declared.get((ballot.decision.id, scope.subject.path))
        candidates = counted.options if fixed is None else (fixed,)
        unclosed = tuple([option for option in candidates if not shut(counted, option, "certain")])
        in_doubt = bool(counted.pending or counted.doubtful)
        if unclosed and not ballot.ahead:
            return ballot.stand(counted, candidates, unclosed, fixed, in_doubt)
        seen = [self.outlooks(ballot, scope, trial, option) for option in unclosed]
        blocked = [_unviable(found) for found in seen]
        if self.declared and all(blocked):
            forgiven = [self.outlooks(ballot, scope, trial, option, "forgiving") for option in unclosed]
            blocked, seen = [_unviable(found) for found in forgiven], seen + forgiven
        in_doubt = in_doubt or any(found.in_doubt for each in seen for _, found in each)
        least = min(blocked, default=0)
        if not unclosed or (least and not scope.is_whole):
            return ballot.stand(counted, candidates, (), fixed, in_doubt)
        open_options = tuple([option for option, number in zip(unclosed, blocked, strict=True) if number == least])
        return ballot.stand(counted, candidates, open_options, fixed, in_doubt)

    def blocked(self, ballot: Ballot, scope: Scope, trial: Trial, option: str, look: Look = "certain") -> list[Scope]:
        """The subjects, at or below a scope, for whom `option` would leave a later decision without an answer."""
        return [each for each, found in self.outlooks(ballot, scope, trial, option, look) if not found.viable]

    def outlooks(
        self, ballot: Ballot, scope: Scope, trial: Trial, option: str, look: Look = "certain"
    ) -> list[tuple[Scope, Outlook]]:
        """What is ahead of each subject, at or below a scope, were `option` chosen."""
        tried = {**trial, ballot.decision.id: option}
        return [(each, self.outlook(ballot, each, tried, look)) for each in _foreseen(ballot, scope)]

    def outlook(self, ballot: Ballot, scope: Scope, trial: Trial, look: Look) -> Outlook:
        """What is ahead of a decision for one subject, remembered from others that look the same."""
        kind = scope.subject.kind
        fixed = self._fixed(ballot, scope) if self.declared else _NOTHING_FIXED
        ahead, sight = ballot.ahead[kind], scope.lens.under(scope.sight, trial)
        key: Hashable = sight & ahead.mask
        if fixed:
            key = key, tuple(fixed.items())
        outlooks, later = ahead.outlooks[look], ballot.decision.foresees
        return outlooks.get(key) or outlooks.keep(key, _looked(self.program, kind, sight, later, fixed, look))


def _foreseen(ballot: Ballot, scope: Scope) -> Iterator[Scope]:
    """The subjects, at or below a scope, that foreseen decisions are for."""
    if scope.subject.kind in ballot.ahead:
        yield scope
    if not ballot.polls[scope.subject.kind].alone:
        yield from (each for each in scope.inner if each.subject.kind in ballot.ahead)


def _unviable(found: list[tuple[Scope, Outlook]]) -> int:
    """For how many subjects a later decision would have no answer."""
    return len([outlook for _, outlook in found if not outlook.viable])


def _looked(
    program: Program, kind: SubjectKind, sight: Sight, later: tuple[str, ...], fixed: Fixed, look: Look
) -> Outlook:
    """The outlook of a subject, by trying the later decisions in order until one leaves no answer."""
    if not later:
        return Outlook(True, False)
    decision, rest = later[0], later[1:]
    ballot = program.ballots.get(decision)
    counted = ABSENT_HERE if ballot is None else ballot.tally(kind, sight)
    if counted.applies is False:
        return _looked(program, kind, program.lens.under(sight, {decision: ABSENT}), rest, fixed, look)
    in_doubt = counted.in_doubt
    for option in _to_try(counted, fixed.get(decision), look):
        found = _looked(program, kind, program.lens.under(sight, {decision: option}), rest, fixed, look)
        in_doubt = in_doubt or found.in_doubt
        if found.viable:
            return Outlook(True, in_doubt)
    return Outlook(False, in_doubt)


def _to_try(counted: Tally, fixed: str | None, look: Look) -> tuple[str, ...]:
    """The options of a later decision that are open, as one looks; where one is fixed, that alone."""
    if look == "forgiving" and fixed is not None:
        return (fixed,)
    options = counted.options if fixed is None else (fixed,)
    return tuple([option for option in options if not shut(counted, option, look)])


def shut(counted: Tally, option: str, look: Look) -> bool:
    """Whether an option is closed or does not exist here, or in the worst case might be so."""
    if option in counted.closed or option not in counted.options:
        return True
    return look == "worst" and (option in counted.threatened or option in counted.doubtful)
