"""Architecture decision records: a decision about a workload as somebody agreed to it."""

from dataclasses import dataclass

from archadvisor.model.lock import Held

BEGIN = "<!-- archadvisor: from here to the end mark is written by `archadvisor report --adr`; write above or below -->"
END = "<!-- archadvisor: end -->"


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a record says of its decision: the answers, with the rules and facts they rested on."""

    workload: str
    """As seen from the folder of the record."""
    decision: str
    answers: tuple[Held, ...]


@dataclass(frozen=True, slots=True)
class Filed:
    """A record in a folder; one that a person wrote records nothing that can be held against advice."""

    file: str
    """Its name in the folder, which begins with its number."""
    number: int
    status: str
    recorded: Recorded | None
    text: str
    """With `\\n` at the end of each line."""
    line_end: str = "\n"
    """What ends its lines in the file."""

    @property
    def is_superseded(self) -> bool:
        """Whether a later record took its place."""
        return self.status.startswith("superseded")


@dataclass(frozen=True, slots=True)
class Contradiction:
    """An accepted answer that is not today's advice, with what changed."""

    file: str
    decision: str
    subject: str | None
    accepted: str | None
    advised: str | None
    why: str
