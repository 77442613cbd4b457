"""Architecture decision records: written from advice, and held against it later."""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from archadvisor.analysis.values import values_in_words
from archadvisor.engine.program import Program
from archadvisor.errors import UnreadableInput
from archadvisor.loading.adr import filed_in
from archadvisor.model.adr import BEGIN, Contradiction, Filed, Recorded
from archadvisor.model.advice import Outcome
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.dossier import Chapter
from archadvisor.model.lock import Held
from archadvisor.policy.lock import Now, changed, held, seen_from, standing, why
from archadvisor.rendering.adr import block, new_record, renewed, superseded
from archadvisor.rendering.dossier import dossier
from archadvisor.workflows.acceptance import from_folder
from archadvisor.workflows.check import advice_on
from archadvisor.workflows.reading import workload_in
from archadvisor.workflows.report import Design
from archadvisor.workflows.saving import save

Change = Literal["new", "superseded", "updated"]
_SETTLED = ("rejected", "deprecated")
"""What a person says of a record that no advice is to take up again."""


@dataclass(frozen=True, slots=True)
class Checked:
    """How accepted records stand: how many there are, and which of their answers are not advised today."""

    accepted: int
    contradictions: tuple[Contradiction, ...]


def write_records(found: Design, folder: str, file: str, day: str) -> list[tuple[str, Change]]:
    """Writes a record for each decision about the workload in a file; tells which files have changed, and how.

    A record whose answers are others now is superseded by a new one; what people wrote in records is kept.

    Raises:
        UnreadableInput: records cannot be read or written; with every problem.
    """
    try:
        os.makedirs(folder, exist_ok=True)
    except OSError as error:
        raise UnreadableInput([Diagnostic(folder, f"the folder cannot be made: {error.strerror}")]) from None
    filed = filed_in(folder)
    texts = dict(_texts(found, filed, from_folder(file, os.path.join(folder, "-")), day))
    line_ends = {each.file: each.line_end for each in filed}
    for name, (text, _) in texts.items():
        save(os.path.join(folder, name), text.replace("\n", line_ends.get(name, "\n")))
    return [(name, change) for name, (_, change) in texts.items()]


def _texts(found: Design, filed: Sequence[Filed], workload: str, day: str) -> Iterator[tuple[str, tuple[str, Change]]]:
    """The texts of all records that are to be written, by name."""
    advice = found.report.advices[0]
    decided = replace(advice, decisions=standing(advice))
    told = dossier(replace(found.report, advices=(decided,)), found.workload, found.dossier.estimate, ())
    live = _live(filed, workload)
    number = max((each.number for each in filed), default=0)
    for chapter in told.chapters:
        answers = tuple(each for each in held(decided.decisions) if each.decision == chapter.decision.id)
        recorded = Recorded(workload, chapter.decision.id, answers)
        before = live.get(chapter.decision.id)
        if before is None or _is_other(before, answers):
            number += 1
            name = f"{number:04}-{chapter.decision.id.replace('_', '-')}.md"
            replaced = before if before is not None and before.status not in _SETTLED else None
            yield name, (new_record(block(chapter, recorded, replaced), day), "new")
            if replaced is not None:
                yield replaced.file, (superseded(replaced, name), "superseded")
        elif (text := _updated(before, chapter, recorded, filed)) != before.text:
            yield before.file, (text, "updated")


def _updated(before: Filed, chapter: Chapter, recorded: Recorded, filed: Sequence[Filed]) -> str:
    """A record with the same answers for the reasons that hold now; one that was rejected stays as it is."""
    if before.status in _SETTLED or BEGIN not in before.text:
        return before.text
    earlier = next((each for each in filed if before.file in each.status), None)
    return renewed(before.text, block(chapter, recorded, earlier))


def _live(filed: Sequence[Filed], workload: str) -> dict[str, Filed]:
    """The latest record of each decision about a workload that no other took the place of."""
    return {
        each.recorded.decision: each
        for each in filed
        if each.recorded is not None and each.recorded.workload == workload and not each.is_superseded
    }


def _is_other(before: Filed, answers: Sequence[Held]) -> bool:
    """Whether a subject that a record speaks of has another answer now."""
    return before.recorded is not None and bool(changed(before.recorded.answers, answers))


def check_records(program_for: Mapping[str, Program], folder: str) -> Checked:
    """Holds the accepted records of a folder against today's advice on their workloads.

    Raises:
        UnreadableInput: records or workloads cannot be read; with every problem.
    """
    accepted = accepted_in(folder)
    found: list[Contradiction] = []
    problems: list[Diagnostic] = []
    for workload in dict.fromkeys(recorded.workload for _, recorded in accepted):
        path = os.path.normpath(os.path.join(folder, workload))
        about = [(each, recorded) for each, recorded in accepted if recorded.workload == workload]
        try:
            found += _contradictions(program_for[path], path, about)
        except UnreadableInput as error:
            problems += error.diagnostics
    if problems:
        raise UnreadableInput(problems)
    return Checked(len(accepted), tuple(sorted(found, key=lambda each: (each.file, each.subject or ""))))


def accepted_in(folder: str) -> list[tuple[Filed, Recorded]]:
    """The records of a folder that somebody has accepted, of those that archadvisor wrote.

    Raises:
        UnreadableInput: records cannot be read, or there is no such folder.
    """
    if not os.path.isdir(folder):
        raise UnreadableInput([Diagnostic(folder, "there is no such folder")])
    return [
        (each, each.recorded) for each in filed_in(folder) if each.recorded is not None and each.status == "accepted"
    ]


def _contradictions(program: Program, file: str, about: Sequence[tuple[Filed, Recorded]]) -> Iterator[Contradiction]:
    workload = workload_in(file, program.rulebook)
    outcomes: dict[tuple[str, str | None], Outcome] = {
        (each.decision, each.subject): each for each in standing(advice_on(workload, program))
    }
    now = Now(values_in_words(workload, program), (), (), {})
    for filed, recorded in about:
        for then in recorded.answers:
            outcome = outcomes.get((then.decision, then.subject))
            if outcome is not None and outcome.option != then.option:
                told = "; ".join(why(then, outcome, seen_from(then.subject, outcomes, now).values))
                yield Contradiction(filed.file, then.decision, then.subject, then.option, outcome.option, told)
