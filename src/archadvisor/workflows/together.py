"""Files that are given together: those of Compose are read as one, manifests with the others in sight."""

import os
from collections.abc import Sequence
from dataclasses import dataclass

from archadvisor.intake import kubernetes
from archadvisor.intake.compose.survey import KIND as COMPOSE
from archadvisor.intake.compose.survey import survey
from archadvisor.loading.document import parse_foreign
from archadvisor.loading.neighbours import Neighbours
from archadvisor.model.intake import Survey
from archadvisor.workflows.decoding import decoded

Content = tuple[str, bytes]
"""A file and what is in it."""
Glance = tuple[Content, Survey]
"""A file with a first look at it."""


@dataclass(frozen=True, slots=True)
class Together:
    """What files say together: each survey with the first file that it is of, and the content of all that was read."""

    surveys: tuple[tuple[str, Survey], ...]
    contents: tuple[Content, ...]


def together(glanced: Sequence[Glance], within: str | None = None) -> Together:
    """What files say together, in their order; those of Compose stand in the place of the first of them.

    What Compose files name is read if it lies `within` a folder: that of the first of them, if no other is said.

    Raises:
        UnreadableInput: what they come to is too large.
    """
    seen = _in_sight(glanced)
    own = [content for content, found in seen if found.kind == COMPOSE]
    if not own:
        return Together(tuple((file, found) for (file, _), found in seen), tuple(content for content, _ in seen))
    first = own[0][0]
    neighbours = Neighbours(within or os.path.dirname(first) or ".", [file for file, _ in own])
    whole = survey([(file, parse_foreign(decoded(data, file), file)) for file, data in own], neighbours.read)
    surveys = [
        (file, whole if found.kind == COMPOSE else found)
        for (file, _), found in seen
        if found.kind != COMPOSE or file == first
    ]
    contents = {file: data for (file, data), _ in seen}
    return Together(tuple(surveys), tuple({**neighbours.contents, **contents}.items()))


def _in_sight(glanced: Sequence[Glance]) -> Sequence[Glance]:
    """The same, but manifests looked at again with the others in sight: they refer to each other."""
    files = [content for content, found in glanced if found.kind == kubernetes.KIND]
    if len(files) < 2:
        return glanced
    roots = {file: parse_foreign(decoded(data, file), file) for file, data in files}

    def again(file: str) -> Survey:
        return kubernetes.survey(roots[file], file, [each for each in roots.items() if each[0] != file])

    return [(content, again(content[0]) if content[0] in roots else found) for content, found in glanced]
