"""Secrets in plain text among the arguments of a command."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from archadvisor.intake.notes import Notes
from archadvisor.intake.part import Part
from archadvisor.intake.secrets import is_literal_secret
from archadvisor.loading.redaction import looks_like_token

_OPTION = re.compile(r"--?([A-Za-z][\w.-]*)(?:=(.+))?", re.DOTALL)
_NAMES = re.compile(
    r"(?:.*[-_.])?(?:password|passwd|pass|api-?key|access-?key|auth-?token)|token|requirepass|masterauth", re.IGNORECASE
)
"""Options that take a secret itself; those that end in `secret` mostly take the name of one."""
_FILLED_IN = ("$", "`", "<", "{{", "%")
"""How a value begins that the shell or another tool puts there."""


def secret_arguments(arguments: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The arguments in which an option's secret stands, by number, with the name of the option.

    An argument may be a whole command line; a secret stands behind `=` or is the next word.
    """
    words = [(number, word) for number, argument in enumerate(arguments) for word in argument.split()]
    for (number, word), (after, following) in pairwise([*words, (len(arguments), "")]):
        found = _OPTION.fullmatch(word.strip("'\""))
        if found is None or not _NAMES.fullmatch(found[1]):
            continue
        if found[2] is not None and _is_literal(found[2]):
            yield number, found[1]
        elif found[2] is None and not following.startswith("-") and _is_literal(following):
            yield after, found[1]


def _is_literal(value: str) -> bool:
    bare = value.strip("'\"")
    return not bare.startswith(_FILLED_IN) and is_literal_secret("password", bare)


def note_arguments(owner: str, command: Part, notes: Notes) -> None:
    """The arguments that hold a secret: `--password=…`, `--password …`, or what has the looks of one."""
    arguments = command.items()
    named = dict(secret_arguments([argument.words for argument in arguments]))
    for number, argument in enumerate(arguments):
        if number in named:
            notes.leak(owner, named[number], argument)
        elif looks_like_token(argument.words) not in (None, "password"):
            notes.leak(owner, "argument", argument)
