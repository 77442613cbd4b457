"""The format that the name of an output asks for."""

import os
from collections.abc import Mapping
from typing import TypeVar

import click

Form = TypeVar("Form", bound=str)


def form_of(output: str | None, endings: Mapping[str, Form], otherwise: Form) -> Form:
    """The format that the ending of a file's name stands for; `otherwise` where there is no file.

    Raises:
        click.UsageError: it stands for none.
    """
    if output is None:
        return otherwise
    ending = os.path.splitext(output)[1].lower()
    if ending not in endings:
        known = ", ".join(f"`{each}`" for each in endings)
        raise click.UsageError(f"`{output}` ends with none of {known}; `--format` says what to write")
    return endings[ending]
