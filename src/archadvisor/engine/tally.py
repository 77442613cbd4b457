"""What the rules of one decision say about one subject: which options they close, and how much counts for each."""

from collections.abc import Iterable, Mapping, Sequence

from archadvisor.engine.truth import Truth
from archadvisor.engine.voice import Heard, Voice
from archadvisor.model.advice import Verdict
from archadvisor.model.frozen import dataclass
from archadvisor.model.rule import CLEAR_LEAD, POINTS


@dataclass(frozen=True, slots=True, eq=False)
class Tally:
    """The voices of a decision for one subject, given the earlier choices; `pending` ones wait for unknown facts."""

    applies: Truth
    """Whether the decision is one for the subject at all; where it is not, nothing else is counted."""
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
    unverified: bool
    """Whether a voice that speaks has no source that could be checked."""
    in_doubt: bool
    """Whether an unknown fact could open or close an option, or do away with the whole decision."""


ABSENT_HERE = Tally(False, (), frozenset(), (), (), {}, {}, {}, {}, False, False)


def tally(applies: Truth, existence: Mapping[str, Truth], heard: Heard) -> Tally:
    """Counts what voices say of options, given which of these exist."""
    options = tuple([option for option, exists in existence.items() if exists is not False])
    doubtful = frozenset([option for option, exists in existence.items() if exists is None])
    speaking, pending = heard
    scores, threatened = scores_of(options, speaking), closed_by(options, pending)
    return Tally(
        applies,
        options,
        doubtful,
        speaking,
        pending,
        closed_by(options, speaking),
        threatened,
        scores,
        scores_of(options, [*speaking, *pending]) if pending else scores,
        any(voice.unverified for voice in speaking),
        applies is None or bool(threatened or doubtful),
    )


def closed_by(options: tuple[str, ...], voices: Iterable[Voice]) -> dict[str, tuple[Voice, ...]]:
    """The voices that close each option, where there are any."""
    closing = [voice for voice in voices if voice.closes]
    if not closing:
        return {}
    found = {option: tuple([voice for voice in closing if option in voice.closes]) for option in options}
    return {option: voices for option, voices in found.items() if voices}


def scores_of(options: tuple[str, ...], voices: Iterable[Voice]) -> dict[str, int]:
    """Per option, the sum over concerns of the strongest favor."""
    best: dict[tuple[str, str], int] = {}
    for voice in voices:
        if voice.favors is not None:
            key = (voice.favors.option, voice.favors.concern)
            best[key] = max(best.get(key, 0), POINTS[voice.favors.strength])
    scores = dict.fromkeys(options, 0)
    for (option, _), points in best.items():
        if option in scores:
            scores[option] += points
    return scores


def verdict_among(
    open_options: Sequence[str], winner: str | None, scores: Mapping[str, int]
) -> tuple[Verdict, int | None]:
    """How an answer comes about among open options, and its lead over the next of them."""
    if not open_options:
        return "conflict", None
    others = [option for option in open_options if option != winner]
    if not others:
        return "forced", None
    lead = scores.get(winner or "", 0) - max(scores.get(option, 0) for option in others)
    if not any(scores.get(option, 0) for option in open_options):
        return "default", 0
    return ("clear" if lead >= CLEAR_LEAD else "close"), lead
