"""What the rules of one decision say about one subject: which options they close, and how much counts for each."""

from collections.abc import Mapping
from dataclasses import dataclass

from archadvisor.engine.program import Ballot, Voice
from archadvisor.engine.scope import Scope
from archadvisor.model.rule import POINTS


@dataclass(frozen=True, slots=True)
class Tally:
    """The voices of a decision for one subject, given the earlier choices; `pending` ones wait for unknown facts."""

    scope: Scope
    options: tuple[str, ...]
    """The options that exist here; one whose existence is unknown is among them."""
    doubtful: frozenset[str]
    """Options whose existence is unknown."""
    speaking: tuple[Voice, ...]
    pending: tuple[Voice, ...]
    closed: Mapping[str, tuple[Voice, ...]]
    threatened: Mapping[str, tuple[Voice, ...]]
    """Options that pending voices would close."""
    scores: Mapping[str, int]
    ceilings: Mapping[str, int]
    """The scores if every pending voice spoke."""


def tally(ballot: Ballot, scope: Scope) -> Tally:
    """Counts what a ballot's voices say in a scope."""
    existence = {option: ballot.exists[option](scope) for option in ballot.options}
    options = tuple(option for option, exists in existence.items() if exists is not False)
    speaking: list[Voice] = []
    pending: list[Voice] = []
    for voice in ballot.voices.get(scope.subject.kind, ()):
        truth = voice.holds(scope)
        if truth is True:
            speaking.append(voice)
        elif truth is None:
            pending.append(voice)
    return Tally(
        scope,
        options,
        frozenset(option for option, exists in existence.items() if exists is None),
        tuple(speaking),
        tuple(pending),
        _closed(options, speaking),
        _closed(options, pending),
        _scores(options, speaking),
        _scores(options, [*speaking, *pending]),
    )


def _closed(options: tuple[str, ...], voices: list[Voice]) -> dict[str, tuple[Voice, ...]]:
    return {
        option: found for option in options if (found := tuple(voice for voice in voices if option in voice.closes))
    }


def _scores(options: tuple[str, ...], voices: list[Voice]) -> dict[str, int]:
    """Per option, the sum over concerns of the strongest favor."""
    best: dict[tuple[str, str], int] = {}
    for voice in voices:
        if voice.favors is not None:
            key = (voice.favors.option, voice.favors.concern)
            best[key] = max(best.get(key, 0), POINTS[voice.favors.strength])
    return {option: sum(points for (favored, _), points in best.items() if favored == option) for option in options}
