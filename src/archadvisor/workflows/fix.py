"""Fixes files: edits are made, and what comes of them is read and checked again before anything is written."""

import os
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from archadvisor.editing.diff import unified
from archadvisor.editing.spans import apart, applied
from archadvisor.engine.program import Program
from archadvisor.engine.voice import NO_CHOIR
from archadvisor.loading.discovery import read_bytes, workload_files
from archadvisor.model.advice import Finding
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.fix import Edit, Fix
from archadvisor.rendering.paint import printable
from archadvisor.storage import atomic
from archadvisor.workflows.check import advice_on
from archadvisor.workflows.decoding import encoded_as
from archadvisor.workflows.reading import reading_of_any

MOST_PASSES = 100


@dataclass(frozen=True, slots=True)
class Look:
    """A content of a file, and what is to be said of it."""

    data: bytes = field(repr=False)
    lines: tuple[str, ...]
    """Its lines, secrets masked."""
    findings: tuple[Finding, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    foreign: bool = False
    """Whether it is of another tool, whose files are never changed."""


@dataclass(frozen=True, slots=True)
class FixedFile:
    """A file as it was and as it would be."""

    path: str
    """What to replace; `-` is stdin."""
    name: str
    before: Look
    after: Look
    fixed: tuple[tuple[str, Fix], ...]
    """The rules of the findings that are fixed, and how."""

    @property
    def is_changed(self) -> bool:
        """Whether anything is to be written."""
        return self.before.data != self.after.data


def fixed_files(
    program: Program, paths: Sequence[str], stdin: tuple[str, bytes] | None, unsafe: bool
) -> tuple[list[FixedFile], list[Diagnostic]]:
    """All workload files that `paths` mean with their fixes, unsafe ones too if `unsafe`; and what cannot be used."""
    meant = workload_files(list(paths))
    problems = meant.problems
    found: list[FixedFile] = []
    for path in _once(meant.files):
        name, data = stdin if path == "-" and stdin is not None else (path, read_bytes(path))
        if isinstance(data, Diagnostic):
            problems.append(data)
        else:
            found.append(_fixed(program, path, name, data, unsafe))
    return found, problems + [problem for file in found for problem in file.before.diagnostics]


def _once(paths: Iterable[str]) -> list[str]:
    """The paths without those that lead to a file that is there already; the file itself counts before links to it."""
    found: dict[str, str] = {}
    for path in sorted(paths, key=os.path.islink):
        found.setdefault(path if path == "-" else os.path.realpath(path), path)
    kept = set(found.values())
    return [path for path in paths if path in kept]


def saved(files: Iterable[FixedFile]) -> tuple[list[FixedFile], list[Diagnostic]]:
    """Replaces the files that are changed; gives those of which that came true, and why the others could not be."""
    done: list[FixedFile] = []
    problems: list[Diagnostic] = []
    for file in files:
        if file.is_changed and file.path != "-":
            problem = _problem_of_saving(file)
            if problem is not None:
                problems.append(problem)
                continue
        done.append(file)
    return done, problems


def diff(files: Iterable[FixedFile]) -> str:
    """What would change, as a unified diff of lines in which secrets are masked."""
    shown = [(printable(file.name), _lines(file.before), _lines(file.after)) for file in files if file.is_changed]
    return "".join(unified(name, before, after) for name, before, after in shown)


def _problem_of_saving(file: FixedFile) -> Diagnostic | None:
    try:
        if atomic.replace(file.path, file.after.data, file.before.data):
            return None
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        return Diagnostic(file.name, f"the file cannot be written: {reason}")
    return Diagnostic(file.name, "the file changed while it was fixed, and was left as it is", None, "run it again")


def _fixed(program: Program, path: str, name: str, data: bytes, unsafe: bool) -> FixedFile:
    """Makes what can be made at once, looks again, and goes on until nothing is left that may be made."""
    before = look = _look(program, name, data)
    fixed: list[Finding] = []
    refused: set[str] = set()
    seen = {data}
    for _ in range(MOST_PASSES):
        wanted = [each for each in look.findings if each.fix and (unsafe or each.fix.safe)]
        batch = apart([each for each in wanted if each.fingerprint not in refused])
        if not batch:
            break
        made, after = _made(program, name, look, batch)
        if after is None or after.data in seen:
            refused.update(each.fingerprint for each in made)
            continue
        look = after
        seen.add(look.data)
        fixed += made
    return FixedFile(path, name, before, look, tuple((each.rule, each.fix) for each in fixed if each.fix))


def _made(program: Program, name: str, look: Look, batch: list[Finding]) -> tuple[list[Finding], Look | None]:
    """As many findings of a batch as can be fixed together, and what then is; None where not even the first can."""
    while True:
        edits = [edit for finding in batch if finding.fix for edit in finding.fix.edits]
        after = _look(program, name, _edited(look.data, edits))
        if _is_better(program, look, after, batch):
            return batch, after
        if len(batch) == 1:
            return batch, None
        batch = batch[: len(batch) // 2]


def _is_better(program: Program, before: Look, after: Look, batch: Iterable[Finding]) -> bool:
    """Whether the file can still be used, what was to be fixed is gone, and nothing that is an error is new."""
    if after.diagnostics:
        return False
    told, left, aimed = (_counted(program, each) for each in (before.findings, after.findings, batch))
    gone = all(left[each] <= told[each] - count for each, count in aimed.items())
    return gone and not _errors(after) - _errors(before)


def _counted(program: Program, findings: Iterable[Finding]) -> Counter[tuple[str, str | None]]:
    """Findings by rule and subject, whatever facts they rest on now; those about decisions by all that they rest on."""
    several = {voice.rule.id for voice in program.flags.get("outcome", NO_CHOIR).voices}
    return Counter((each.rule, each.fingerprint if each.rule in several else each.subject) for each in findings)


def _errors(look: Look) -> Counter[tuple[str, str | None]]:
    return Counter((each.rule, each.subject) for each in look.findings if each.severity == "error")


def _look(program: Program, name: str, data: bytes) -> Look:
    reading = reading_of_any(name, program.rulebook, data)
    if reading.workload is None:
        return Look(data, reading.lines, (), reading.diagnostics)
    if reading.workload.files:
        return Look(data, (), foreign=True)
    return Look(data, reading.lines, advice_on(reading.workload, program, explained=False).findings)


def _edited(data: bytes, edits: Iterable[Edit]) -> bytes:
    return encoded_as(data, applied(data.decode("utf-8-sig"), edits))


def _lines(look: Look) -> list[str]:
    """The masked lines of a file with the ends that they have there, and nothing that acts on a terminal."""
    text = look.data.decode("utf-8-sig")
    bare, whole = text.splitlines(), text.splitlines(keepends=True)
    ends = [line[len(short) :] for line, short in zip(whole, bare, strict=True)]
    return [_plain(line) + end for line, end in zip(look.lines, ends, strict=True)]


def _plain(line: str) -> str:
    return "\t".join(printable(part) for part in line.split("\t"))
