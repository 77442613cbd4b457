"""Secrets in plain text among the arguments of a command."""

import re

from archadvisor.intake.notes import Notes
from archadvisor.intake.part import Part
from archadvisor.intake.secrets import is_literal_secret
from archadvisor.loading.redaction import looks_like_token

_OPTION = re.compile(r"--?([A-Za-z][\w.-]*)=(.+)", re.DOTALL)
_NAMES = re.compile(r"(?:.*[-_.])?(?:password|passwd|pass|api-?key|access-?key|auth-?token)|token", re.IGNORECASE)
"""Options that take a secret itself; those that end in `secret` mostly take the name of one."""


def note_arguments(owner: str, command: Part, notes: Notes) -> None:
    """The arguments that hold a secret: `--password=…`, or what has the looks of one."""
    for argument in command.items():
        found = _OPTION.fullmatch(argument.words.strip())
        name = found[1] if found is not None else ""
        if found is not None and _NAMES.fullmatch(name) and is_literal_secret(name, found[2]):
            notes.leak(owner, name, argument)
        elif looks_like_token(argument.words) not in (None, "password"):
            notes.leak(owner, name or "argument", argument)
