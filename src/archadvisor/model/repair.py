"""How a rule that flags says a finding can be mended in the file: data, from a small closed set."""

from archadvisor.model.frozen import dataclass


@dataclass(frozen=True, slots=True)
class SetFacts:
    """Facts that the file states get other values: constants, or `{another.fact}`."""

    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ReplaceWords:
    """A word becomes another wherever the file states it for a fact: fact, word, the other."""

    words: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class SetDecision:
    """The declared option becomes the one that is advised."""


@dataclass(frozen=True, slots=True)
class ReferenceSecret:
    """A secret in plain text becomes a reference to one under `secrets`."""


Action = SetFacts | ReplaceWords | SetDecision | ReferenceSecret


@dataclass(frozen=True, slots=True)
class Repair:
    """What to do to the file, whether that is safe, and what is left to do then; facts in braces are filled in."""

    title: str
    safe: bool
    action: Action
    afterwards: str | None = None
