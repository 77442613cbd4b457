"""Compose files that are given together, read as one, with the files that they name."""

import os
from collections.abc import Sequence
from dataclasses import dataclass

from archadvisor.intake.compose.survey import KIND, survey
from archadvisor.loading.document import parse_foreign
from archadvisor.loading.neighbours import Neighbours
from archadvisor.model.intake import Survey
from archadvisor.workflows.decoding import decoded

Content = tuple[str, bytes]
"""A file and what is in it."""


@dataclass(frozen=True, slots=True)
class Together:
    """What files say together: each survey with the first file that it is of, and the content of all that was read."""

    surveys: tuple[tuple[str, Survey], ...]
    contents: tuple[Content, ...]


def together(glanced: Sequence[tuple[Content, Survey]], within: str | None = None) -> Together:
    """Files with a first look at each: those of Compose become one survey, in the place of the first of them.

    What they name is read if it lies `within` a folder: that of the first of them, if no other is said.

    Raises:
        UnreadableInput: what they come to is too large.
    """
    own = [content for content, found in glanced if found.kind == KIND]
    if not own:
        return Together(tuple((file, found) for (file, _), found in glanced), tuple(content for content, _ in glanced))
    first = own[0][0]
    neighbours = Neighbours(within or os.path.dirname(first) or ".", [file for file, _ in own])
    whole = survey([(file, parse_foreign(decoded(data, file), file)) for file, data in own], neighbours.read)
    surveys = [
        (file, whole if found.kind == KIND else found)
        for (file, _), found in glanced
        if found.kind != KIND or file == first
    ]
    contents = {file: data for (file, data), _ in glanced}
    return Together(tuple(surveys), tuple({**neighbours.contents, **contents}.items()))
