"""What a team sets for its files: which findings are shown, how severe they are, which packs count."""

from collections.abc import Mapping
from typing import Literal

from archadvisor.model.frozen import dataclass, field
from archadvisor.model.place import Place
from archadvisor.model.rule import Severity

FailOn = Literal["error", "warning", "note", "never"]
STRICTEST_FIRST: tuple[FailOn, ...] = ("note", "warning", "error", "never")
ALL = ("*",)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a setting was written: a file and a place, or the command line."""

    file: str
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """Which rules are shown, and which of them with another severity.

    A selector is a rule id, a group such as `lint/*`, or `*`. Of those that fit a rule the most exact counts; where
    both lists are equally exact, `ignore` does.
    """

    select: tuple[str, ...] = ALL
    ignore: tuple[str, ...] = ()
    severity: tuple[tuple[str, Severity], ...] = ()


EVERYTHING = Choice()


@dataclass(frozen=True, slots=True)
class Override:
    """What is set otherwise for some files."""

    files: tuple[str, ...]
    """Patterns of paths from the folder; `*` stands for any characters, slashes too."""
    folder: str
    select: tuple[str, ...] | None
    ignore: tuple[str, ...]
    """Ignored besides what is ignored anyway."""
    severity: tuple[tuple[str, Severity], ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class Configuration:
    """The settings for the files of a folder, each with where it comes from."""

    choice: Choice = Choice()
    overrides: tuple[Override, ...] = ()
    packs: tuple[str, ...] = ()
    fail_on: FailOn | None = None
    origins: Mapping[str, tuple[Origin, ...]] = field(default_factory=dict)
    """By setting; one that is not there has its default."""
    named: tuple[tuple[str, Origin], ...] = ()
    """Every selector, with where it is written."""


DEFAULT = Configuration()
