"""What a workload's advice would be with some paths set otherwise."""

from collections.abc import Sequence
from dataclasses import replace

from archadvisor.analysis.whatif import compared
from archadvisor.engine.advise import advise
from archadvisor.engine.evidence import evidence
from archadvisor.engine.program import Program
from archadvisor.errors import UnreadableInput
from archadvisor.loading.discovery import read_bytes
from archadvisor.loading.references import dangling
from archadvisor.loading.settings import Setting, read_with, setting, shown
from archadvisor.loading.workload import Reading
from archadvisor.model.advice import Evidence
from archadvisor.model.answer import Replaced, WhatIf
from archadvisor.model.change import stated_path
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.rule import Rulebook
from archadvisor.model.workload import Workload


def what_if(program: Program, file: str, data: bytes | None, written: Sequence[str]) -> WhatIf:
    """The advice on a file, or on `data` in its place, before and after settings such as `team.hosts=never`.

    Raises:
        UnreadableInput: with every problem of the file, or else of the settings.
    """
    found = read_bytes(file) if data is None else data
    if isinstance(found, Diagnostic):
        raise UnreadableInput([found])
    before = _read(found, file, (), program.rulebook)
    if before.workload is None:
        raise UnreadableInput(before.diagnostics, {file: before.lines})
    settings, after = _with_settings(found, before.workload, written, program.rulebook)
    replaced = tuple(_replaced(program, each.path, before.workload, after) for each in settings)
    return compared(replaced, advise(before.workload, program), advise(after, program))


def _with_settings(
    data: bytes, workload: Workload, written: Sequence[str], rulebook: Rulebook
) -> tuple[list[Setting], Workload]:
    """The settings made one after another, so that each is told its own problems."""
    problems: list[Diagnostic] = []
    settings: list[Setting] = []
    for text in written:
        try:
            given = setting(text)
        except UnreadableInput as error:
            problems += error.diagnostics
            continue
        reading = _read(data, workload.file, [*settings, given], rulebook)
        problems += [replace(found, file=given.name, place=None, related=()) for found in reading.diagnostics]
        if reading.workload is not None:
            settings.append(given)
            workload = reading.workload
    if problems:
        raise UnreadableInput(problems)
    return settings, workload


def _read(data: bytes, file: str, settings: Sequence[Setting], rulebook: Rulebook) -> Reading:
    reading = read_with(data, file, settings)
    problems = dangling(reading.workload, rulebook) if reading.workload else []
    return replace(reading, workload=None, diagnostics=tuple(problems)) if problems else reading


def _replaced(program: Program, path: str, before: Workload, after: Workload) -> Replaced:
    return Replaced(shown(path), _said(program, before, path), _said(program, after, path))


def _said(program: Program, workload: Workload, path: str) -> Evidence | None:
    """What a workload says of the fact at a path."""
    root = program.scope_of(workload)
    for scope in (root, *root.inner):
        for fact in program.vocabulary.values():
            if fact.subject == scope.subject.kind and stated_path(scope.path, fact.name) == path:
                return evidence(program, [(scope, fact.name)])[0]
    return None
