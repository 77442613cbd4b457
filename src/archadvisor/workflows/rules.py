"""Lists the rules of packs, and tests them by their own examples."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from archadvisor.analysis.examples import Case, option_problem, rule_problems
from archadvisor.analysis.exercise import exercise
from archadvisor.engine.program import Program
from archadvisor.errors import UnknownName, UnreadableInput, UnusablePack
from archadvisor.loading.discovery import workload_files
from archadvisor.loading.examples import example_workload, read_examples
from archadvisor.loading.home import home
from archadvisor.loading.sources import pack_sources
from archadvisor.loading.wording import suggestion
from archadvisor.loading.workload import stated_facts
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.example import Example
from archadvisor.model.exercise import Exercise
from archadvisor.model.fact import SubjectKind
from archadvisor.model.rule import Rule
from archadvisor.workflows.reading import workload_in

FINDINGS = "findings"
"""What rules that flag speak on, in place of a decision."""


@dataclass(frozen=True, slots=True)
class Tested:
    """What a test of packs came to."""

    rules: int
    examples: int
    problems: tuple[Diagnostic, ...]
    lines: Mapping[str, Sequence[str]]
    """The lines of the files of packs, by name."""


def examples_of(packs: Sequence[str]) -> list[Example]:
    """Every example of the built-in pack and of house packs."""
    return read_examples(_files(packs))


def _files(packs: Sequence[str]) -> list[tuple[str, bytes]]:
    """The files of the built-in pack and of house packs."""
    folders = (home("rules"), *dict.fromkeys(packs))
    return [file for folder in folders for file in pack_sources(folder)]


def cases_of(program: Program, packs: Sequence[str]) -> dict[str, list[Case]]:
    """The examples of each rule as workloads; of packs whose examples are sound."""
    kinds = {rule.id: rule.subjects for rule in program.rulebook.rules}
    found: dict[str, list[Case]] = {}
    for example in examples_of(packs):
        if example.owner in kinds:
            case = Case(example, example_workload(example, kinds[example.owner]))
            found.setdefault(example.owner, []).append(case)
    return found


def exercised(program: Program, files: Sequence[str]) -> Exercise:
    """What the rules do in the workload files that some paths mean.

    Raises:
        UnreadableInput: a file is no workload, or there is none.
    """
    found = workload_files(list(files))
    if found.problems:
        raise UnreadableInput(found.problems)
    if not found.files:
        raise UnreadableInput([Diagnostic(file, "there is no workload file in it") for file in files])
    return exercise(program, [workload_in(file, program.rulebook) for file in found.files], stated_facts())


def test_rules(program: Program, packs: Sequence[str]) -> Tested:
    """Runs every example of every rule and option, and leaves out each comparison once."""
    files = _files(packs)
    examples = read_examples(files)
    problems: list[Diagnostic] = []
    stated = stated_facts()
    for rule in program.rulebook.rules:
        own = [example for example in examples if example.owner == rule.id]
        cases = [case for example in own if (case := _case(example, rule.subjects, problems)) is not None]
        if cases:
            problems += rule_problems(program, rule, cases, stated)
    kinds = {decision.id: decision.subjects for decision in program.rulebook.decisions}
    for example in examples:
        if example.expected == "wins":
            case = _case(example, kinds[example.owner.partition("=")[0]], problems)
            problem = option_problem(program, case) if case else None
            problems += [problem] if problem else []
    lines = {name: data.decode("utf-8", "replace").splitlines() for name, data in files}
    return Tested(len(program.rulebook.rules), len(examples), tuple(problems), lines)


def listed_rules(program: Program, decision: str | None, subject: str | None, text: str | None) -> list[Rule]:
    """The rules of a decision, about a kind of subject, with a text in their id or reason; None means any.

    Raises:
        UnknownName: there is no such decision or kind of subject.
    """
    decisions = [*(each.id for each in program.rulebook.decisions), FINDINGS]
    asked = ((decision, "decision", decisions), (subject, "kind of subject", get_args(SubjectKind)))
    unknown = [
        Diagnostic(name, f"there is no {what} `{name}`", None, suggestion(name, known))
        for name, what, known in asked
        if name is not None and name not in known
    ]
    if unknown:
        raise UnknownName(unknown)
    return [
        rule
        for rule in program.rulebook.rules
        if (decision is None or (rule.decision or FINDINGS) == decision)
        and (subject is None or subject in rule.subjects)
        and (text is None or text.lower() in f"{rule.id} {rule.because}".lower())
    ]


def _case(example: Example, kinds: tuple[SubjectKind, ...], problems: list[Diagnostic]) -> Case | None:
    try:
        return Case(example, example_workload(example, kinds))
    except UnusablePack as error:
        problems.extend(error.diagnostics)
        return None
