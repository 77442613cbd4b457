"""Decisions made ready to run: what each depends on, and what came out of it before."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from archadvisor.engine.match import Use
from archadvisor.engine.memory import Memory
from archadvisor.engine.sight import Sight, Test
from archadvisor.engine.tally import ABSENT_HERE, Tally, tally, verdict_among
from archadvisor.engine.voice import Choir, Voice
from archadvisor.model.advice import Verdict
from archadvisor.model.condition import Condition
from archadvisor.model.fact import SubjectKind
from archadvisor.model.frozen import dataclass, field
from archadvisor.model.rule import Decision

Look = Literal["certain", "worst", "forgiving"]
LOOKS: tuple[Look, ...] = ("certain", "worst", "forgiving")


@dataclass(frozen=True, slots=True, eq=False)
class Stand:
    """How the options of a decision stand for all subjects that look the same, and which one wins."""

    tally: Tally
    candidates: tuple[str, ...]
    open: tuple[str, ...]
    """Options nothing closes, here or further on; where none serves every subject, those that serve the most."""
    winner: str | None
    verdict: Verdict
    margin: int | None
    """The lead over the next open option."""
    unverified: bool
    """Whether the answer might be another if no unverified rule had spoken."""
    in_doubt: bool
    """Whether an unknown fact could matter to it, or to a decision that it must leave an answer for."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """Whether later decisions can all be answered, and whether an unknown fact could matter to that."""

    viable: bool
    in_doubt: bool


@dataclass(frozen=True, slots=True)
class Future:
    """What a decision could become, and which facts could tell what."""

    possible: frozenset[str]
    tellings: tuple[str, ...]
    """Unknown facts of its subject, or of what that is part of."""
    elsewhere: tuple[Use, ...]
    """Unknown facts of its parts."""


@dataclass(frozen=True, slots=True, eq=False)
class Ahead:
    """What it depends on whether the decisions that one must leave an answer for have one, for a kind of subject."""

    mask: Sight
    outlooks: Mapping[Look, Memory[Outlook]] = field(default_factory=lambda: {look: Memory() for look in LOOKS})


@dataclass(frozen=True, slots=True, eq=False)
class Poll:
    """A decision about one kind of subject."""

    choir: Choir
    mask: Sight
    """The bits that its voices and its own conditions look at."""
    reach: Sight
    """The bits that these, and the decisions that it must leave an answer for, look at."""
    heeded: frozenset[str]
    """The decisions whose options can matter to it, now or further on."""
    alone: bool
    """Whether the parts of a subject do not matter to it."""
    tallies: Memory[Tally] = field(default_factory=Memory)
    stands: Memory[Stand] = field(default_factory=Memory)
    futures: Memory[Future] = field(default_factory=Memory)

    @property
    def voices(self) -> tuple[Voice, ...]:
        """Its rules, made ready to run."""
        return self.choir.voices


@dataclass(frozen=True, slots=True, eq=False)
class Ballot:
    """A decision made ready to run."""

    decision: Decision
    options: tuple[str, ...]
    applies: Test
    exists: Mapping[str, Test]
    """Where each option exists."""
    polls: Mapping[SubjectKind, Poll]
    ahead: Mapping[SubjectKind, Ahead]
    """By the kinds of subjects that the foreseen decisions are for."""
    before: frozenset[str]
    """The earlier decisions that it, or one that it must leave an answer for, comes after."""
    standing: Mapping[str, tuple[bool, int]]
    """What decides between options with equal scores: the default first, then the order of the options."""

    def own(self) -> Iterator[tuple[Condition, Test]]:
        """Where the decision arises and where its options exist, each with its test."""
        yield self.decision.applies, self.applies
        yield from ((option.only, self.exists[option.id]) for option in self.decision.options)

    def tally(self, kind: SubjectKind, sight: Sight) -> Tally:
        """The count for a subject of a kind that looks so; nothing where it is no decision about that kind."""
        poll = self.polls.get(kind)
        if poll is None:
            return ABSENT_HERE
        seen = sight & poll.mask
        return poll.tallies.get(seen) or poll.tallies.keep(seen, self._count(poll.choir, sight))

    def _count(self, choir: Choir, sight: Sight) -> Tally:
        applies = self.applies.holds(sight)
        if applies is False:
            return ABSENT_HERE
        return tally(applies, {option: test.holds(sight) for option, test in self.exists.items()}, choir.hear(sight))

    def stand(
        self, counted: Tally, candidates: tuple[str, ...], open_options: tuple[str, ...], fixed: str | None, doubt: bool
    ) -> Stand:
        """How options stand, of which some are open; the one that is fixed wins where none is."""
        winner = self.preferred(open_options, counted.scores) if open_options else fixed
        verdict, margin = verdict_among(open_options, winner, counted.scores)
        unverified = counted.unverified and self._rests_on_unverified(counted, winner)
        return Stand(counted, candidates, open_options, winner, verdict, margin, unverified, doubt)

    def _rests_on_unverified(self, counted: Tally, winner: str | None) -> bool:
        if any(v.unverified and v.favors is not None and v.favors.option == winner for v in counted.speaking):
            return True
        doubted = [option for option, voices in counted.closed.items() if all(voice.unverified for voice in voices)]
        if winner is None or winner in doubted:
            return bool(doubted)
        return any(self.preferred((winner, option), counted.scores) == option for option in doubted)

    def preferred(self, options: Sequence[str], scores: Mapping[str, int]) -> str:
        """The option with the highest score; among equals the default, else the first that the decision lists."""
        if len(options) == 1:
            return options[0]
        return max(options, key=lambda option: (scores.get(option, 0), self.standing[option]))
