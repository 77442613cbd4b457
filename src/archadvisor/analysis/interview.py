"""What to ask next about a workload: only what can still change an answer, what settles most first."""

from collections.abc import Collection, Iterator

from archadvisor.engine.program import Program
from archadvisor.model.advice import Advice
from archadvisor.model.change import stated_path
from archadvisor.model.fact import FactType
from archadvisor.model.interview import Question
from archadvisor.model.workload import Subject, Workload, short_name


def questions(program: Program, workload: Workload, advice: Advice, not_known: Collection[str]) -> Iterator[Question]:
    """The facts to ask for, but for those that are not known, in the order of the advice."""
    sites = dict(_sites(program, workload.root))
    for path in advice.asks:
        if path not in not_known and path in sites:
            subject, fact = sites[path]
            yield Question(path, fact, subject.short_name, tuple(_hanging(advice, path)))


def _sites(program: Program, root: Subject) -> Iterator[tuple[str, tuple[Subject, FactType]]]:
    """Where each fact of each subject is, or would be, written."""
    for subject in root.all():
        for fact in program.vocabulary.values():
            if fact.subject == subject.kind and not fact.inputs:
                yield stated_path(subject.path, fact.name), (subject, fact)


def _hanging(advice: Advice, path: str) -> Iterator[str]:
    for outcome in advice.decisions:
        if path in outcome.asks:
            of = short_name(outcome.subject or "")
            yield f"{outcome.decision} of {of}" if of else outcome.decision
