"""Which files of a repository describe one workload together."""

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from archadvisor.model.intake import Survey
from archadvisor.model.repository import Unit

COMPOSE = "Compose file"
_BY_FOLDER = frozenset({"Kubernetes manifests", "ECS task definition"})
_BASES = ("compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml")
_OVERRIDE = re.compile(r"(?:docker-)?compose\.override\.ya?ml")
Surveyed = tuple[str, Survey]


@dataclass(slots=True)
class _Group:
    """Files of a folder that name no service twice."""

    files: list[str] = field(default_factory=list)
    services: set[str] = field(default_factory=set)


def units(surveyed: Sequence[Surveyed]) -> list[Unit]:
    """The workloads that files describe.

    Compose files are joined as Compose does: a base with its override, without those that others take in. Manifests
    and task definitions belong together by folder, unless they name the same service: then they are variants of it.
    Every other file stands for itself.
    """
    folders: dict[tuple[str, str], list[Surveyed]] = {}
    taken_in = _taken_in(surveyed)
    for file, survey in surveyed:
        if os.path.normpath(file) in taken_in:
            continue
        folders.setdefault((os.path.dirname(file), survey.kind), []).append((file, survey))
    found: list[Unit] = []
    for (_, kind), files in folders.items():
        if kind == COMPOSE:
            groups = list(_compose([file for file, _ in files]))
        elif kind in _BY_FOLDER:
            groups = _apart(files)
        else:
            groups = [[file] for file, _ in files]
        found += _named(kind, groups)
    return found


def _taken_in(surveyed: Sequence[Surveyed]) -> set[str]:
    """The files that others take in, by normal path; not the base of a folder, nor any that take in each other."""
    named: dict[str, set[str]] = {}
    for file, survey in surveyed:
        folder = os.path.dirname(file)
        paths = {os.path.normpath(os.path.join(folder, path)) for path in survey.mentions}
        named[os.path.normpath(file)] = paths - {os.path.normpath(os.path.join(folder, base)) for base in _BASES}
    inner = set().union(*named.values())
    found: set[str] = set()
    pending = [path for file, paths in named.items() if file not in inner for path in paths]
    while pending:
        if (path := pending.pop()) not in found:
            found.add(path)
            pending += named.get(path, ())
    return found


def _compose(files: Sequence[str]) -> Iterator[list[str]]:
    """The base of a folder with its override, then each other file."""
    names = {os.path.basename(file): file for file in files}
    base = next((names[name] for name in _BASES if name in names), None)
    overrides = [file for name, file in names.items() if base and _OVERRIDE.fullmatch(name)]
    if base:
        yield [base, *overrides]
    yield from ([file] for file in files if file != base and file not in overrides)


def _apart(files: Sequence[Surveyed]) -> list[list[str]]:
    """Each file in the first group that has none of its services yet."""
    groups: list[_Group] = []
    for file, survey in files:
        names = {name for name, _ in survey.services}
        group = next((each for each in groups if each.services.isdisjoint(names)), None)
        if group is None:
            groups.append(group := _Group())
        group.files.append(file)
        group.services |= names
    return [group.files for group in groups]


def _named(kind: str, groups: Sequence[list[str]]) -> Iterator[Unit]:
    """Groups with their names: of several files the first group has that of the folder, unless it is of Compose."""
    for number, files in enumerate(groups):
        folder = os.path.dirname(files[0]) or "."
        alone = len(files) == 1 or number > 0 or kind == COMPOSE
        yield Unit(files[0] if alone else folder, kind, tuple(files))
