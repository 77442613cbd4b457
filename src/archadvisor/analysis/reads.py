"""Which stated facts decisions rest on, and what they are held against."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from archadvisor.analysis.landmarks import landmarks
from archadvisor.engine.program import Program
from archadvisor.engine.scope import Scope
from archadvisor.model.condition import AllOf, AnyOf, Compare, Condition, Empty, Has, Is, Known, Not, Over
from archadvisor.model.fact import FactType, Value, visible
from archadvisor.model.rule import Decision

Leaf = Is | Compare | Has | Empty | Known
Site = tuple[str, str]
"""A stated fact: the path of its subject, and its name."""
Target = tuple[str, str]
"""A decision, and the path of the subject it is made for."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What tells values of a fact apart: the comparisons of rules, and values at which derived facts turn."""

    leaves: tuple[Leaf, ...]
    values: tuple[Value, ...]


class Reader:
    """Gathers the stated facts that decisions read, directly, by derived facts and by way of other decisions."""

    def __init__(self, program: Program, root: Scope, apart: bool = False) -> None:
        self.program = program
        self.scopes = {scope.path: scope for scope in (root, *root.inner)}
        self.apart = apart
        """Whether decisions for the whole workload are only named, and what they read in turn is not."""
        self.decisions: set[Target] = set()
        self.named: set[str] = set()
        self._leaves: dict[Site, dict[Leaf, None]] = {}
        self._values: dict[Site, dict[Value, None]] = {}

    def marks(self) -> dict[Site, Marks]:
        """Every fact that was read, by place in the file's order of subjects, then by name."""
        order = {path: number for number, path in enumerate(self.scopes)}
        sites = sorted({*self._leaves, *self._values}, key=lambda site: (order[site[0]], site[1]))
        return {site: Marks(tuple(self._leaves.get(site, ())), tuple(self._values.get(site, ()))) for site in sites}

    def read_decision(self, decision: Decision, scope: Scope) -> None:
        """Adds what a decision for a subject reads, and what those it depends on read."""
        if (decision.id, scope.path) in self.decisions:
            return
        self.decisions.add((decision.id, scope.path))
        for condition in _conditions(self.program, decision, scope):
            self.read(condition, scope)
        for later in self.program.rulebook.decisions:
            if later.id in decision.foresees:
                for each in (scope, *scope.inner):
                    if each.subject.kind in later.subjects:
                        self.read_decision(later, each)

    def read(self, condition: Condition, scope: Scope) -> None:
        """Adds what a condition reads in a scope."""
        match condition:
            case AllOf(parts) | AnyOf(parts):
                for part in parts:
                    self.read(part, scope)
            case Not(part):
                self.read(part, scope)
            case Over(_, collection, part):
                for inner in scope.parts(collection):
                    self.read(part, inner)
            case Is() | Compare() | Has() | Empty() | Known():
                self._read_leaf(condition, scope)

    def _read_leaf(self, leaf: Leaf, scope: Scope) -> None:
        if leaf.fact.startswith("choice."):
            self._read_choice(leaf.fact.removeprefix("choice."), scope)
            return
        if leaf.fact in self.program.derived:
            self._read_derived(leaf.fact, scope)
            return
        fact = self.program.vocabulary.get(leaf.fact)
        for site in _sites(fact, scope) if fact and not fact.inputs else ():
            self._leaves.setdefault(site, {})[leaf] = None

    def _read_choice(self, name: str, scope: Scope) -> None:
        for decision in self.program.rulebook.decisions:
            owners = [owner for owner in scope.owners if decision.id == name and owner.kind in decision.subjects]
            for owner in owners:
                if self.apart and not owner.path:
                    self.named.add(name)
                else:
                    self.read_decision(decision, self.scopes[owner.path])

    def _read_derived(self, name: str, scope: Scope) -> None:
        derived = self.program.derived[name]
        owner = scope.owner(derived.subject)
        holder = self.scopes[owner.path] if owner else scope
        inputs = [fact for name in derived.inputs if (fact := self.program.vocabulary.get(name)) is not None]
        for fact in (fact for fact in inputs if not fact.inputs):
            for each in _holders(fact, holder):
                found = landmarks(self.program, derived.name, fact, holder, each)
                for site in _sites(fact, each):
                    self._leaves.setdefault(site, {}).update(dict.fromkeys(found.comparisons))
                    self._values.setdefault(site, {}).update(dict.fromkeys(found.values))


@dataclass(frozen=True, slots=True)
class Reading:
    """What decisions rest on: the stated facts, and all decisions that takes."""

    marks: Mapping[Site, Marks]
    decisions: frozenset[str]
    named: frozenset[str]
    """Decisions for the whole workload that were named only."""


def reading(program: Program, root: Scope, targets: Iterable[Target], apart: bool = False) -> Reading:
    """What the decisions of some subjects rest on; `apart`, without what decisions for the whole workload rest on."""
    reader = Reader(program, root, apart)
    decisions = {decision.id: decision for decision in program.rulebook.decisions}
    for decision, path in targets:
        reader.read_decision(decisions[decision], reader.scopes[path])
    return Reading(reader.marks(), frozenset(name for name, _ in reader.decisions), frozenset(reader.named))


def sites_of(program: Program, root: Scope, scope: Scope, condition: Condition) -> frozenset[Site]:
    """The stated facts that a condition rests on in a scope; none are named where it asks for earlier choices."""
    reader = Reader(program, root)
    reader.read(condition, scope)
    return frozenset() if reader.decisions else frozenset(reader.marks())


def _conditions(program: Program, decision: Decision, scope: Scope) -> Iterator[Condition]:
    yield decision.applies
    yield from (option.only for option in decision.options)
    for rule in program.rulebook.rules:
        if rule.decision == decision.id and scope.subject.kind in rule.subjects and rule.speaks_on(program.day):
            yield rule.when


def _sites(fact: FactType, scope: Scope) -> Iterator[Site]:
    """Where a fact that is read in a scope can be stated: at its subject, or where that inherits it from."""
    owner = scope.owner(fact.subject)
    if owner is None:
        return
    yield owner.path, fact.name
    if fact.inherits is not None and fact.name not in owner.facts:
        yield "", fact.inherits


def _holders(fact: FactType, scope: Scope) -> tuple[Scope, ...]:
    """The scopes in which an input of a derived fact is read: its own, or those of its parts."""
    if visible(fact.subject, scope.subject.kind):
        return (scope,)
    return tuple(part for part in scope.inner if part.subject.kind == fact.subject)
