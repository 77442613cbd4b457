"""Decisions made ready to run: what each depends on, and what came out of it before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from archadvisor.engine.memory import Memory
from archadvisor.engine.sight import Sight, Test
from archadvisor.engine.tally import ABSENT_HERE, Tally, tally
from archadvisor.engine.voice import Choir, Voice
from archadvisor.model.fact import SubjectKind
from archadvisor.model.rule import Decision

Possible = tuple[frozenset[str], ...]
"""The options that could win under each of some trials."""


@dataclass(frozen=True, slots=True, eq=False)
class Stand:
    """How the options of a decision stand for all subjects that look the same, and which one wins."""

    tally: Tally
    candidates: tuple[str, ...]
    open: tuple[str, ...]
    """Options nothing closes, here or further on; where none serves every subject, those that serve the most."""
    winner: str | None
    in_doubt: bool
    """Whether an unknown fact could matter to it, or to a decision that it must leave an answer for."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """Whether later decisions can all be answered, and whether an unknown fact could matter to that."""

    viable: bool
    in_doubt: bool


@dataclass(frozen=True, slots=True, eq=False)
class Ahead:
    """What it depends on whether the decisions that one must leave an answer for have one, for a kind of subject."""

    mask: Sight
    outlooks: Memory[Outlook] = field(default_factory=Memory)


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
    possible: Memory[Possible] = field(default_factory=Memory)

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
    standing: Mapping[str, tuple[bool, int]]
    """What decides between options with equal scores: the default first, then the order of the options."""

    def tally(self, kind: SubjectKind, sight: Sight) -> Tally:
        """The count for a subject of a kind that looks so."""
        poll = self.polls[kind]
        return poll.tallies.recall(sight & poll.mask, lambda: self._count(poll.choir, sight))

    def _count(self, choir: Choir, sight: Sight) -> Tally:
        applies = self.applies.holds(sight)
        if applies is False:
            return ABSENT_HERE
        return tally(applies, {option: test.holds(sight) for option, test in self.exists.items()}, choir.hear(sight))

    def preferred(self, options: Sequence[str], scores: Mapping[str, int]) -> str:
        """The option with the highest score; among equals the default, else the first that the decision lists."""
        if len(options) == 1:
            return options[0]
        return max(options, key=lambda option: (scores.get(option, 0), self.standing[option]))
