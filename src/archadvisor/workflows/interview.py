"""An interview about a workload, one answer after the other; the terminal is somewhere else."""

import os
from dataclasses import dataclass, replace
from functools import cached_property

from archadvisor.analysis.interview import questions
from archadvisor.engine.program import Program
from archadvisor.errors import UnreadableInput
from archadvisor.loading.settings import Setting, read_with
from archadvisor.model.advice import Advice
from archadvisor.model.change import stated_path
from archadvisor.model.interview import Question, Sheet
from archadvisor.model.workload import Workload
from archadvisor.rendering.sheet import bare_file, workload_file
from archadvisor.workflows.check import advice_on
from archadvisor.workflows.saving import save


@dataclass(frozen=True)
class Interview:
    """What was said so far, and what follows from it."""

    program: Program
    sheet: Sheet

    @cached_property
    def workload(self) -> Workload:
        """The workload that was described.

        Raises:
            UnreadableInput: something that was said cannot be.
        """
        settings = [Setting(path, written) for path, written in self.sheet.stated]
        reading = read_with(bare_file(self.sheet).encode(), "workload.yaml", settings)
        if reading.workload is None:
            raise UnreadableInput(reading.diagnostics)
        return reading.workload

    @cached_property
    def advice(self) -> Advice:
        """The advice on it."""
        return advice_on(self.workload, self.program)

    @cached_property
    def question(self) -> Question | None:
        """What to ask next; None where nothing that is asked could change an answer."""
        return next(questions(self.program, self.workload, self.advice, self.sheet.not_known), None)

    def answered(self, path: str, written: str) -> "Interview":
        """The interview with one more answer.

        Raises:
            UnreadableInput: the answer cannot be; with what was expected.
        """
        after = Interview(self.program, replace(self.sheet, stated=(*self.sheet.stated, (path, written))))
        assert after.workload
        return after

    def back(self) -> "Interview":
        """The interview without the last answer."""
        return Interview(self.program, replace(self.sheet, stated=self.sheet.stated[:-1]))

    def text(self, file: str) -> str:
        """The workload file, for a place where it will lie."""
        about = {
            stated_path(subject.path, fact.name): fact.description
            for subject in self.workload.root.all()
            for fact in self.program.vocabulary.values()
            if fact.subject == subject.kind
        }
        return workload_file(self.sheet, schema_beside(file), about)


def schema_beside(file: str) -> str:
    """The published schema as a workload file names it: from its own folder, where that is a checkout, else by name."""
    found = os.path.join(os.path.dirname(os.path.abspath(file)), "schema", "workload.schema.json")
    return "schema/workload.schema.json" if os.path.isfile(found) else "workload.schema.json"


def write(interview: Interview, file: str) -> None:
    """Writes the workload file, whole or not at all.

    Raises:
        UnreadableInput: it cannot be written.
    """
    save(file, interview.text(file))
