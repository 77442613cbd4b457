"""Conditions as formulas about subjects that a workload may have."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import assert_never

from archadvisor.analysis.domain import Leaf, words_in
from archadvisor.analysis.verify.formula import (
    FALSE,
    TRUE,
    Formula,
    Variable,
    either,
    every,
    literal,
    negation,
    variables,
)
from archadvisor.analysis.verify.regions import Element, Regions
from archadvisor.engine.derivation import ABSENT, Values
from archadvisor.engine.match import predicate
from archadvisor.engine.program import Program
from archadvisor.engine.scope import nowhere
from archadvisor.model.condition import AllOf, AnyOf, Compare, Condition, Empty, Has, Is, Known, Not, Over
from archadvisor.model.fact import COLLECTIONS, PARENTS, FactType, SubjectKind, Value
from archadvisor.model.rule import Decision
from archadvisor.model.workload import Workload

Trial = Mapping[str, str]
"""Options that are taken as chosen, by decision."""


@dataclass(frozen=True, slots=True)
class Site:
    """A subject that a workload may have: what kind it is, where it is written, and what it is part of."""

    kind: SubjectKind
    path: str
    above: "Site | None" = None

    def owner(self, kind: SubjectKind) -> "Site | None":
        """The subject of that kind which this one is or is part of."""
        if self.kind == kind:
            return self
        return self.above.owner(kind) if self.above else None


WORKLOAD = Site("workload", "")


class Sites:
    """The subjects that formulas speak of, and what their variables stand for."""

    def __init__(self, program: Program, regions: Regions) -> None:
        self.program = program
        self.regions = regions
        self.decisions = {decision.id: decision for decision in program.rulebook.decisions}
        self.all: dict[str, Site] = {"": WORKLOAD}
        self._elements: dict[Variable, tuple[Element, ...]] = {}
        self._fresh = 0

    @property
    def variables(self) -> tuple[Variable, ...]:
        """All variables that formulas were made with."""
        return tuple(self._elements)

    def elements(self, variable: Variable) -> tuple[Element, ...]:
        """What each bit of a variable stands for."""
        return self._elements[variable]

    def add(self, kind: SubjectKind, above: Site = WORKLOAD) -> Site:
        """Another subject of a kind, within one of the kind it belongs to, which is made if it is not there."""
        parent = PARENTS[kind]
        if above.kind != parent:
            above = self.add(parent, above)
        self._fresh += 1
        key = next((name for name, known in COLLECTIONS.items() if known == kind), kind)
        path = f"{key}.{kind}{self._fresh}" if kind != "image" else "image"
        site = Site(kind, f"{above.path}.{path}".lstrip("."), above)
        self.all[site.path] = site
        return site

    def within(self, site: Site, collection: str) -> Iterator[Site]:
        """The subjects of a collection within one."""
        for other in list(self.all.values()):
            if other.kind == COLLECTIONS[collection] and other.owner(site.kind) == site:
                yield other

    def formula(self, condition: Condition, site: Site, trial: Trial) -> Formula:
        """Where a condition holds about a subject; an earlier choice that is tried is taken as made."""
        match condition:
            case AllOf(parts):
                return every(self.formula(part, site, trial) for part in parts)
            case AnyOf(parts):
                return either(self.formula(part, site, trial) for part in parts)
            case Not(part):
                return self._without(part, site, trial)
            case Over():
                return self._over(condition, site, trial)
            case Is() | Compare() | Has() | Empty() | Known():
                return self._leaf(condition, site, trial)
            case _:
                assert_never(condition)

    def _without(self, condition: Condition, site: Site, trial: Trial) -> Formula:
        """Where a condition does not hold; what is asked over a collection turns with it."""
        match condition:
            case Over("some", collection, part):
                return self.formula(Over("no", collection, part), site, trial)
            case Over("no", collection, part):
                return self.formula(Over("some", collection, part), site, trial)
            case Over(_, collection, part):
                return self.formula(Over("some", collection, Not(part)), site, trial)
            case AllOf(parts):
                return either(self._without(part, site, trial) for part in parts)
            case AnyOf(parts):
                return every(self._without(part, site, trial) for part in parts)
            case Not(part):
                return self.formula(part, site, trial)
            case _:
                return negation(self.formula(condition, site, trial))

    def _over(self, condition: Over, site: Site, trial: Trial) -> Formula:
        part, inner = condition.part, list(self.within(site, condition.collection))
        match condition.quantifier:
            case "some":
                inner = inner or [self.add(COLLECTIONS[condition.collection], site)]
                return either(self.formula(part, each, trial) for each in inner)
            case "every":
                return every(self.formula(part, each, trial) for each in inner)
            case "no":
                return every(self._without(part, each, trial) for each in inner)

    def _leaf(self, leaf: Leaf, site: Site, trial: Trial) -> Formula:
        chosen = leaf.fact.removeprefix("choice.")
        if chosen != leaf.fact:
            return self._choice(chosen, leaf, site, trial)
        fact = self.program.vocabulary.get(leaf.fact)
        owner = site.owner(fact.subject) if fact else None
        if fact is None or owner is None:
            return TRUE if predicate(leaf)(nowhere(Values())) else FALSE
        if isinstance(leaf, Known):
            return TRUE
        if fact.kind == "set" and self.regions.stands_alone(fact):
            return self._set(fact, leaf, owner)
        group = self.regions.group(leaf.fact)
        variable = ((site.owner(group.kind) or owner).path, group.name)
        self._elements[variable] = group.elements
        return literal(variable, group.masks[leaf], group.all)

    def _set(self, fact: FactType, leaf: Leaf, owner: Site) -> Formula:
        """A set as a variable for each word; one word stands for all that no condition names."""
        words = {word: self._word(fact, word, owner) for word in self.regions.words(fact)}
        match leaf:
            case Has(_, wanted):
                return either(words[word] for word in wanted)
            case _:
                return negation(either(words.values()))

    def _word(self, fact: FactType, word: str, owner: Site) -> Formula:
        variable = (owner.path, f"{fact.name}:{word}")
        self._elements[variable] = ({}, {fact.name: (word,)})
        return literal(variable, 2, 3)

    def _choice(self, decision: str, leaf: Leaf, site: Site, trial: Trial) -> Formula:
        if decision in trial:
            return TRUE if predicate(leaf)(nowhere(Values({leaf.fact: trial[decision]}))) else FALSE
        variable = self.choice(decision, site)
        if variable is None:
            return TRUE if predicate(leaf)(nowhere(Values())) else FALSE
        options = self._elements[variable]
        holds = (bool(predicate(leaf)(nowhere(Values(option)))) for option in options)
        mask = sum(1 << index for index, truth in enumerate(holds) if truth)
        return literal(variable, mask, (1 << len(options)) - 1)

    def choice(self, decision: str, site: Site) -> Variable | None:
        """The variable for what a decision chooses, for a subject or what it is part of; None where it never arises."""
        made = self.decisions.get(decision)
        kinds = made.subjects if made else ()
        owner = next((owner for kind in kinds if (owner := site.owner(kind)) is not None), None)
        if made is None or owner is None:
            return None
        variable = owner.path, f"choice.{decision}"
        options = [*(option.id for option in made.options), ABSENT]
        self._elements[variable] = tuple({variable[1]: option} for option in options)
        return variable

    def chosen(self, decision: str, option: str, site: Site) -> Formula:
        """That a decision chooses an option."""
        return self._choice(decision, Is(f"choice.{decision}", (option,)), site, {})

    def closed(self, decision: Decision, option: str, site: Site, trial: Trial) -> Formula:
        """Where a rule closes an option of a decision for a subject, or it does not exist."""
        only = next(known.only for known in decision.options if known.id == option)
        return either([self._without(only, site, trial), *self._closings(decision, option, site, trial)])

    def _closings(self, decision: Decision, option: str, site: Site, trial: Trial) -> Iterator[Formula]:
        poll = self.program.ballots[decision.id].polls.get(site.kind)
        for voice in poll.voices if poll else ():
            if option in voice.closes:
                yield self.formula(voice.rule.when, site, trial)

    def upstream(self, formulas: Sequence[Formula], declared: bool = False) -> list[Formula]:
        """Formulas, and what must hold for the earlier choices they speak of to be made.

        An option that a file declares (`declared`) may be chosen even where a rule closes it.
        """
        found, told = list(formulas), set[Variable]()
        for formula in found:
            for path, name in variables(formula):
                if name.startswith("choice.") and (path, name) not in told:
                    told.add((path, name))
                    found.append(self._made(self.decisions[name.removeprefix("choice.")], self.all[path], declared))
        return found

    def _made(self, decision: Decision, site: Site, declared: bool) -> Formula:
        """That a decision is made as it can be: by an option that is open, and not where it does not apply."""
        ways = [every([self.chosen(decision.id, ABSENT, site), self._without(decision.applies, site, {})])]
        for option in decision.options:
            closed = [] if declared else list(self._closings(decision, option.id, site, {}))
            conditions = [self.formula(decision.applies, site, {}), self.formula(option.only, site, {})]
            ways.append(
                every([self.chosen(decision.id, option.id, site), *conditions, *(negation(each) for each in closed)])
            )
        return either(ways)

    def exactly(self, variable: Variable, mask: int) -> Formula:
        """That a variable has one of some values."""
        return literal(variable, mask, (1 << len(self._elements[variable])) - 1)

    def stated(self, workload: Workload) -> Formula:
        """That subjects are as a workload states them, as far as conditions can tell; a set at least."""
        subjects = [(subject, self.all[subject.path]) for subject in workload.root.all() if subject.path in self.all]
        return every(
            self._as_stated(site, name, said.value)
            for subject, site in subjects
            for name, said in subject.facts.items()
        )

    def _as_stated(self, site: Site, name: str, value: Value | None) -> Formula:
        fact = self.program.vocabulary[name]
        if not self.regions.stands_alone(fact):
            group = self.regions.group(name)
            alike = (element.get(name) == value for element in group.elements)
            return literal((site.path, group.name), sum(1 << n for n, same in enumerate(alike) if same), group.all)
        held = self.regions.held(name)
        if isinstance(value, tuple) and value:
            named = set(words_in(held)).intersection(value)
            return every(self.formula(Has(name, (word,)), site, {}) for word in sorted(named))
        scope = nowhere(Values({name: value}))
        truths = [(self.formula(leaf, site, {}), predicate(leaf)(scope)) for leaf in held]
        return every(formula if truth else negation(formula) for formula, truth in truths)
