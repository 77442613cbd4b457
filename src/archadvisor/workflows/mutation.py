"""How well a pack is tested: how many small wrong versions of its rules its examples and some stories tell from it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archadvisor.analysis.exercise import speaking
from archadvisor.analysis.survival import stated_workload, survivors, told
from archadvisor.engine.advise import advise
from archadvisor.engine.program import Program
from archadvisor.loading.workload import stated_facts
from archadvisor.workflows.reading import workload_in
from archadvisor.workflows.rules import cases_of

_MOST_STORIES = 4
"""How many stories a rule is tried in; more tell little more and take their time."""


@dataclass(frozen=True, slots=True)
class Tried:
    """How many mutants there were, and those that nothing told from the rule: its id and what is wrong."""

    mutants: int
    survivors: tuple[tuple[str, str], ...]

    @property
    def score(self) -> float:
        """The share of mutants that were told apart; all of them where there were none."""
        return 1 - len(self.survivors) / max(1, self.mutants)


def outcome_lines(program: Program, packs: Sequence[str]) -> Iterator[str]:
    """What comes out in every example in which a rule speaks, a line each."""
    cases = cases_of(program, packs)
    for rule in program.rulebook.rules:
        for case in cases.get(rule.id, []):
            if case.example.expected == "fires":
                found = told(advise(stated_workload(case), program), rule) or "nothing to decide"
                yield f"{rule.id} | {case.example.name} | {found}"


def mutated(program: Program, packs: Sequence[str], stories: Sequence[str]) -> Tried:
    """Every mutant of every rule of the packs, held against their examples and against `stories`, workload files.

    Rules about what a team accepts are in no pack: no condition of theirs is run, and their own tests hold them.
    """
    workloads = [workload_in(story, program.rulebook) for story in stories]
    heard = [(workload, speaking(advise(workload, program))) for workload in workloads]
    cases, stated, total = cases_of(program, packs), stated_facts(), 0
    alive: list[tuple[str, str]] = []
    for rule in (rule for rule in program.rulebook.rules if rule.id in cases):
        told = [workload for workload, rules in heard if rule.id in rules][:_MOST_STORIES]
        for mutant, survives in survivors(program, rule, cases.get(rule.id, []), told, stated):
            total += 1
            alive += [(rule.id, mutant.what)] if survives else []
    return Tried(total, tuple(alive))
