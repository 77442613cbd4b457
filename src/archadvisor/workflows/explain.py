"""What a rule, a decision or a fact is, with all that is known of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from archadvisor.engine.program import Program
from archadvisor.errors import UnknownName
from archadvisor.loading.wording import near_names
from archadvisor.model.condition import facts
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.example import Example
from archadvisor.model.fact import FactType
from archadvisor.model.rule import Decision, Rule, Source
from archadvisor.workflows.rules import examples_of


@dataclass(frozen=True, slots=True)
class ExplainedRule:
    """A rule with its sources and examples."""

    rule: Rule
    sources: tuple[Source, ...]
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class ExplainedDecision:
    """A decision with the rules that speak on it."""

    decision: Decision
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class ExplainedFact:
    """A fact with the rules that read it."""

    fact: FactType
    rules: tuple[Rule, ...]
    feeds: tuple[FactType, ...]
    """The facts derived from it."""


Explained = ExplainedRule | ExplainedDecision | ExplainedFact


def explain(program: Program, name: str, packs: Sequence[str]) -> Explained:
    """What `name` is.

    Raises:
        UnknownName: no rule, decision or fact has that name; it carries the nearest ones.
    """
    book = program.rulebook
    for rule in book.rules:
        if rule.id == name:
            examples = tuple(example for example in examples_of(packs) if example.owner == name)
            return ExplainedRule(rule, tuple(book.sources[source] for source in rule.sources), examples)
    for decision in book.decisions:
        if decision.id == name:
            return ExplainedDecision(decision, tuple(rule for rule in book.rules if rule.decision == name))
    if name in program.vocabulary:
        return _fact(program, program.vocabulary[name])
    known = [*(rule.id for rule in book.rules), *(decision.id for decision in book.decisions), *program.vocabulary]
    raise UnknownName([Diagnostic(name, "no rule, decision or fact has this name", None, near_names(name, known))])


def _fact(program: Program, fact: FactType) -> ExplainedFact:
    reading = tuple(rule for rule in program.rulebook.rules if fact.name in facts(rule.when))
    feeds = tuple(other for other in program.vocabulary.values() if fact.name in other.inputs)
    return ExplainedFact(fact, reading, feeds)
