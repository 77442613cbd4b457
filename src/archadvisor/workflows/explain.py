"""What a rule, a decision or a fact is, with all that is known of it."""

from collections.abc import Iterator, Sequence
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
            return _rule(program, rule, [example for example in examples_of(packs) if example.owner == name])
    for decision in book.decisions:
        if decision.id == name:
            return ExplainedDecision(decision, tuple(rule for rule in book.rules if rule.decision == name))
    if name in program.vocabulary:
        fact = program.vocabulary[name]
        return _fact(program, fact, [rule for rule in book.rules if name in facts(rule.when)])
    known = [*(rule.id for rule in book.rules), *(decision.id for decision in book.decisions), *program.vocabulary]
    raise UnknownName([Diagnostic(name, "no rule, decision or fact has this name", None, near_names(name, known))])


def explain_all(program: Program, packs: Sequence[str]) -> Iterator[Explained]:
    """Every decision, every rule, every fact, in this order."""
    speaking: dict[str | None, list[Rule]] = {}
    readers: dict[str, list[Rule]] = {}
    for rule in program.rulebook.rules:
        speaking.setdefault(rule.decision, []).append(rule)
        for fact in facts(rule.when):
            readers.setdefault(fact, []).append(rule)
    examples: dict[str, list[Example]] = {}
    for example in examples_of(packs):
        examples.setdefault(example.owner, []).append(example)
    yield from (ExplainedDecision(found, tuple(speaking.get(found.id, ()))) for found in program.rulebook.decisions)
    yield from (_rule(program, rule, examples.get(rule.id, ())) for rule in program.rulebook.rules)
    yield from (_fact(program, fact, readers.get(fact.name, ())) for fact in program.vocabulary.values())


def _rule(program: Program, rule: Rule, examples: Sequence[Example]) -> ExplainedRule:
    return ExplainedRule(rule, tuple(program.rulebook.sources[source] for source in rule.sources), tuple(examples))


def _fact(program: Program, fact: FactType, readers: Sequence[Rule]) -> ExplainedFact:
    feeds = tuple(other for other in program.vocabulary.values() if fact.name in other.inputs)
    return ExplainedFact(fact, tuple(readers), feeds)
