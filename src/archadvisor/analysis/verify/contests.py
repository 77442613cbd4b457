"""What a decision's rules do together: whether each changes an answer somewhere, and each option wins somewhere."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from archadvisor.analysis.verify.formula import Box, Formula, GaveUp, first_box, holds_in, negation
from archadvisor.analysis.verify.premises import Premises
from archadvisor.analysis.verify.regions import Regions
from archadvisor.analysis.verify.site import WORKLOAD, Site, Sites
from archadvisor.analysis.verify.witness import Document, Made, document_of
from archadvisor.engine.ballot import Ballot
from archadvisor.engine.program import Program
from archadvisor.engine.solve import Contest
from archadvisor.engine.tally import closed_by, scores_of, verdict_among
from archadvisor.engine.voice import Voice
from archadvisor.model.advice import Verdict
from archadvisor.model.fact import SubjectKind

MOST_NODES = 600
"""How many steps a search for a set of rules that speak together may take."""
Result = tuple[str | None, Verdict, bool]
"""The option, the verdict, and whether another option has as much in its favor."""


def result(ballot: Ballot, options: Sequence[str], voices: Sequence[Voice]) -> Result:
    """What comes out when voices speak and nothing further on closes an option."""
    closed, scores = closed_by(tuple(options), voices), scores_of(tuple(options), voices)
    open_options = [option for option in options if option not in closed]
    winner = ballot.preferred(open_options, scores) if open_options else None
    verdict, lead = verdict_among(open_options, winner, scores)
    return winner, verdict, lead == 0


def matters(made: Made, contest: Contest, voice: Voice) -> bool:
    """Whether a decision has another option or verdict where a voice that speaks is left out."""
    ballot, scope = contest.ballot, contest.scope
    rest = [other for other in contest.tally.speaking if other is not voice]
    before = result(ballot, contest.open, contest.tally.speaking)
    closed = closed_by(contest.candidates, rest)
    reopened = [
        option
        for option in contest.candidates
        if option in contest.tally.closed
        and option not in closed
        and not made.solver.blocked(ballot, scope, {}, option)
    ]
    return before != result(ballot, [*contest.open, *reopened], rest)


@dataclass(frozen=True, slots=True)
class Together:
    """Rules that can speak together while the others are silent, the options that exist then, and where that is so."""

    voices: tuple[Voice, ...]
    options: tuple[str, ...]
    box: Box


class Chorus:
    """The voices of a decision about one kind of subject."""

    def __init__(self, program: Program, regions: Regions, ballot: Ballot, kind: SubjectKind) -> None:
        self.ballot = ballot
        self.sites = Sites(program, regions)
        self.site: Site = self.sites.add(kind) if kind != "workload" else WORKLOAD
        poll = ballot.polls.get(kind)
        self.voices = poll.voices if poll else ()
        self.alone = not ballot.decision.foresees
        """Whether nothing further on has a say in the answer."""
        self._when = {voice.rule.id: self.sites.formula(voice.rule.when, self.site, {}) for voice in self.voices}
        self._only = {option.id: self.sites.formula(option.only, self.site, {}) for option in ballot.decision.options}
        premises = Premises(self.sites, [self.sites.formula(ballot.decision.applies, self.site, {})])
        for formula in (*self._when.values(), *self._only.values()):
            premises.heed(formula, negation(formula))
        self._above = premises.formulas
        self.nodes = 0

    def together(self, wanted: Callable[[Voice], bool], sure: Iterable[Voice] = ()) -> Iterator[Together]:
        """Every set of rules that can speak together, those with the `wanted` ones first, `sure` ones always.

        It ends early after so many steps, or where one takes too many: then `nodes` is more than MOST_NODES.
        """
        self.nodes = 0
        spoken = {voice.rule.id for voice in sure}
        rest = sorted((v for v in self.voices if v.rule.id not in spoken), key=lambda v: (not wanted(v), v.rule.id))
        asked = [(self._when[voice.rule.id], wanted(voice), voice.rule.id) for voice in rest]
        asked += [(self._only[option], True, option) for option in self.ballot.options]
        told = [*self._above, *(self._when[name] for name in sorted(spoken))]
        yield from self._below(told, asked, spoken, self._box(told))

    def _below(
        self, told: Sequence[Formula], asked: Sequence[tuple[Formula, bool, str]], true: set[str], box: Box | None
    ) -> Iterator[Together]:
        """What can be beside what is told, which holds in a box."""
        self.nodes += 1
        if box is None or self.nodes > MOST_NODES:
            return
        if not asked:
            voices = tuple(voice for voice in self.voices if voice.rule.id in true)
            yield Together(voices, tuple(option for option in self.ballot.options if option in true), box)
            return
        (formula, first, name), *rest = asked
        for truth in (first, not first):
            part = formula if truth else negation(formula)
            more = [*told, part]
            found = box if holds_in(part, box) else self._box(more)
            yield from self._below(more, rest, {*true, name} if truth else true, found)

    def _box(self, told: Sequence[Formula]) -> Box | None:
        try:
            return first_box(told)
        except GaveUp:
            self.nodes = MOST_NODES + 1
            return None

    def winning(self, option: str) -> Iterator[Together]:
        """Where an option wins if nothing further on closes it."""
        for found in self.together(lambda voice: _is_for(voice, option)):
            if result(self.ballot, found.options, found.voices)[0] == option:
                yield found

    def changing(self, voice: Voice) -> Iterator[Together]:
        """Where a voice makes the answer another: beside one or two that speak for other options, then everywhere."""
        favored = voice.favors.option if voice.favors else None
        rivals = [other for other in self.voices if other.favors is not None and other.favors.option != favored]
        for size in (0, 1, 2):
            for few in combinations(rivals, size):
                found = next(self.together(_never, [voice, *few]), None)
                if found is not None and self._differs(found, voice):
                    yield found
        yield from (found for found in self.together(_never, [voice]) if self._differs(found, voice))

    def _differs(self, found: Together, voice: Voice) -> bool:
        rest = [other for other in found.voices if other is not voice]
        return result(self.ballot, found.options, found.voices) != result(self.ballot, found.options, rest)

    def document(self, found: Together) -> Document:
        """A workload file for what was found, earlier choices declared."""
        return document_of(self.sites, found.box, (self.site,), declare=True)


def _is_for(voice: Voice, option: str) -> bool:
    """Whether a voice helps an option: by a favor, or by closing others and not it."""
    if voice.favors is not None:
        return voice.favors.option == option
    return bool(voice.closes) and option not in voice.closes


def _never(voice: Voice) -> bool:
    return False
