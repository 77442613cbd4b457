"""Holds rules and options to their examples, and each comparison to its being needed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from archadvisor.analysis.variant import with_rules
from archadvisor.engine.advise import advise
from archadvisor.engine.match import predicate
from archadvisor.engine.program import Program
from archadvisor.engine.scope import Scope
from archadvisor.engine.truth import Truth
from archadvisor.model.condition import ALWAYS, Condition, without_each_leaf
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.example import AS_OF, Example
from archadvisor.model.fact import SubjectKind, Vocabulary
from archadvisor.model.rule import Rule
from archadvisor.model.workload import Workload

_TRUTHS: dict[str, Truth] = {"fires": True, "silent": False, "asks": None}
_WORDS: dict[Truth, str] = {True: "fires", False: "is silent", None: "asks"}


@dataclass(frozen=True, slots=True)
class Case:
    """An example, and the workload its fragment stands for."""

    example: Example
    workload: Workload


def rule_problems(program: Program, rule: Rule, cases: Sequence[Case], stated: Vocabulary) -> Iterator[Diagnostic]:
    """The examples of a rule that do not come out, and the comparisons that no example needs."""
    if not any(case.example.expected == "silent" for case in cases) and rule.when != ALWAYS:
        yield Diagnostic(cases[0].example.file, f"`{rule.id}` has no `silent` example", cases[0].example.place)
    trials = [Trial(program, rule, case, stated) for case in cases]
    for trial in trials:
        found = trial.truth(rule.when)
        if found is not trial.expected:
            example = trial.case.example
            under = f"which is under `{example.expected}`"
            yield _problem(trial.case, f"`{rule.id}` {_WORDS[found]} in its example `{example.name}`, {under}")
    for fact, rest in without_each_leaf(rule.when):
        if all(trial.truth(ALWAYS if rest is None else rest) is trial.expected for trial in trials):
            yield _problem(
                trials[0].case,
                f"no example of `{rule.id}` needs its comparison of `{fact}`",
                "add one that differs in that fact only",
            )


def option_problem(program: Program, case: Case) -> Diagnostic | None:
    """What is wrong with the example in which an option is to be advised, if anything."""
    decision, _, option = case.example.owner.partition("=")
    advice = advise(case.workload, program)
    outcomes = [outcome for outcome in advice.kept or advice.decisions if outcome.decision == decision]
    if not outcomes or any(outcome.option != option for outcome in outcomes):
        got = ", ".join(f"`{outcome.option}` ({outcome.verdict})" for outcome in outcomes) or "no such decision"
        return _problem(case, f"`{option}` does not win in its own example: {got}")
    return None


class Trial:
    """One case of a rule, ready to hold conditions against."""

    def __init__(self, program: Program, rule: Rule, case: Case, stated: Vocabulary) -> None:
        self.program = program
        self.rule = rule
        self.case = case
        self.stated = stated
        self.expected = _TRUTHS[case.example.expected]
        self.scope = None if rule.subjects == ("outcome",) else _subject(program, case, rule.subjects)

    def truth(self, condition: Condition) -> Truth:
        """Whether a condition holds in the case; a rule about outcomes is held against finished advice."""
        if self.scope is not None:
            return predicate(condition)(self.scope)
        changed = replace(self.rule, when=condition)
        tried = with_rules(self.program, {changed.id: changed}, self.stated)
        return any(finding.rule == changed.id for finding in advise(self.case.workload, tried).findings)


def _subject(program: Program, case: Case, kinds: tuple[SubjectKind, ...]) -> Scope | None:
    """The scope an example is about: the first of its kind that the fragment speaks of."""
    fragment = case.example.fragment
    root = program.scope_of(case.workload, str(fragment.get(AS_OF, program.day)))
    for key in fragment:
        if key.startswith("choice."):
            root.choose(key.removeprefix("choice."), str(fragment[key]))
    found = [scope for scope in (root, *root.inner) if scope.subject.kind in kinds]
    named = [scope for scope in found if any(key.startswith(f"{scope.subject.kind}.") for key in fragment)]
    return next(iter([*named, *found]), None)


def _problem(case: Case, message: str, hint: str | None = None) -> Diagnostic:
    return Diagnostic(case.example.file, message, case.example.place, hint)
