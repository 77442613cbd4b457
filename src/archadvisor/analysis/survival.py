"""Which mutants of a rule its examples do not tell from the rule."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from archadvisor.analysis.examples import Case, Trial
from archadvisor.analysis.mutation import Mutant, mutants
from archadvisor.analysis.variant import with_rules
from archadvisor.engine.advise import advise
from archadvisor.engine.program import Program
from archadvisor.model.advice import Advice, Outcome
from archadvisor.model.fact import Vocabulary
from archadvisor.model.rule import Rule
from archadvisor.model.workload import Declaration, Workload


def told(advice: Advice, rule: Rule) -> str:
    """What comes out where a rule speaks: the points of each option of its decision, or how severe its findings are."""
    if rule.decision is None:
        return " ".join(sorted(finding.severity for finding in advice.findings if finding.rule == rule.id))
    outcomes = [each for each in advice.kept or advice.decisions if each.decision == rule.decision]
    return "; ".join(standings(outcome) for outcome in outcomes)


def stated_workload(case: Case) -> Workload:
    """The workload of an example, with the earlier choices it names declared."""
    choices = {key.removeprefix("choice."): value for key, value in case.example.fragment.items() if "choice." in key}
    declared = tuple(Declaration(decision, None, str(option)) for decision, option in choices.items())
    return replace(case.workload, declarations=(*case.workload.declarations, *declared))


def survivors(
    pack: Program, rule: Rule, cases: Sequence[Case], stories: Sequence[Workload], stated: Vocabulary
) -> Iterator[tuple[Mutant, bool]]:
    """Every mutant of a rule, and whether it survives the examples of the rule and the `stories` it speaks in.

    An option that exists in none of them cannot be told from one that is closed: no mutant is made with it.
    """
    trials = [Trial(pack, rule, case, stated) for case in cases]
    firing = [*(stated_workload(trial.case) for trial in trials if trial.expected), *stories]
    right = [advise(workload, pack) for workload in firing]
    lines = [told(advice, rule) for advice in right]
    for mutant in mutants(rule, _options(right, rule)):
        if mutant.rule.when != rule.when and not all(
            trial.truth(mutant.rule.when) is trial.expected for trial in trials
        ):
            yield mutant, False
        else:
            wrong = with_rules(pack, {rule.id: mutant.rule}, stated)
            same = (told(advise(each, wrong), rule) == line for each, line in zip(firing, lines, strict=True))
            yield mutant, all(same)


def _options(found: Sequence[Advice], rule: Rule) -> tuple[str, ...]:
    """The options of a rule's decision that exist somewhere."""
    options: dict[str, None] = {}
    for advice in found:
        for outcome in advice.kept or advice.decisions:
            if outcome.decision == rule.decision:
                options |= dict.fromkeys([outcome.option or "", *(other.option for other in outcome.alternatives)])
    return tuple(option for option in options if option)


def standings(outcome: Outcome) -> str:
    """The option that won, its verdict and points, and how the others stand."""
    others = [
        f"{other.option} {'closed' if other.ruled_out else other.score}"
        for other in sorted(outcome.alternatives, key=lambda other: other.option)
    ]
    return f"{outcome.option or 'none'} {outcome.verdict} {outcome.score}, {', '.join(others) or 'alone'}"
