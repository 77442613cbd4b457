"""Rules made ready to run, and who of them speaks."""

from archadvisor.engine.memory import Memory
from archadvisor.engine.sight import Sight, Test
from archadvisor.model.frozen import dataclass, field
from archadvisor.model.rule import Favors, Rule


@dataclass(frozen=True, slots=True, eq=False)
class Voice:
    """A rule made ready to run: when it holds, which options it closes, how far it can be trusted."""

    rule: Rule
    test: Test
    closes: tuple[str, ...]
    favors: Favors | None
    unverified: bool
    """Whether the rule, or a catalog table it rests on, has no source that could be checked."""
    checked: str
    """The day on which the oldest of its sources was checked."""


Heard = tuple[tuple[Voice, ...], tuple[Voice, ...]]
"""The voices that speak, and those that wait for unknown facts, by rule id."""


@dataclass(frozen=True, slots=True, eq=False)
class Choir:
    """The voices of a decision, or those that flag, about one kind of subject, by rule id."""

    voices: tuple[Voice, ...]
    mask: Sight
    """The bits that they look at."""
    _heard: Memory[Heard] = field(default_factory=Memory)

    def hear(self, sight: Sight) -> Heard:
        """Who speaks of a subject that looks so, and who waits."""
        seen = sight & self.mask
        return self._heard.get(seen) or self._heard.keep(seen, self._listen(sight))

    def _listen(self, sight: Sight) -> Heard:
        awake = [voice for voice in self.voices if sight & voice.test.needs == voice.test.needs]
        truths = [(voice, voice.test.holds(sight)) for voice in awake]
        return (
            tuple([voice for voice, truth in truths if truth is True]),
            tuple([voice for voice, truth in truths if truth is None]),
        )


NO_CHOIR = Choir((), 0)
