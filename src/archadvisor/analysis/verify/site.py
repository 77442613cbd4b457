"""Conditions as formulas about subjects that a workload may have."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import assert_never

from archadvisor.analysis.domain import Leaf, words_in
from archadvisor.analysis.verify.formula import (
    FALSE,
    TRUE,
    Box,
    Formula,
    Variable,
    either,
    every,
    literal,
    negation,
)
from archadvisor.analysis.verify.regions import Element, Regions
from archadvisor.engine.derivation import ABSENT, Values
from archadvisor.engine.match import predicate
from archadvisor.engine.program import Program
from archadvisor.engine.scope import nowhere
from archadvisor.model.condition import AllOf, AnyOf, Compare, Condition, Empty, Has, Is, Known, Not, Over, facts
from archadvisor.model.fact import COLLECTIONS, PARENTS, FactType, SubjectKind, Value, is_part
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
_EITHER: tuple[Element, ...] = ({}, {})
"""What is so or not, and of which a file states nothing: the first bit says no."""


@dataclass(frozen=True, slots=True)
class Asked:
    """That some part of a subject, in a collection, meets a condition, with options taken as chosen."""

    site: Site
    collection: str
    part: Condition
    trial: tuple[tuple[str, str], ...]


class Sites:
    """The subjects that formulas speak of, and what their variables stand for.

    What is asked over parts is a variable of its own; `Premises` tell what it means.
    """

    def __init__(self, program: Program, regions: Regions) -> None:
        self.program = program
        self.regions = regions
        self.decisions = {decision.id: decision for decision in program.rulebook.decisions}
        self.all: dict[str, Site] = {"": WORKLOAD}
        self.asked: dict[Variable, Asked] = {}
        """What is asked over parts, by its variable."""
        self.made: dict[tuple[str, str, bool], Formula] = {}
        """That a decision about a subject is made as it can be, or as a file may declare it."""
        self._names: dict[Asked, Variable] = {}
        self._elements: dict[Variable, tuple[Element, ...]] = {}
        self._witnesses: dict[Variable, Site] = {}
        self._optional: set[str] = set()
        self._fresh = 0

    @property
    def variables(self) -> tuple[Variable, ...]:
        """All variables that formulas were made with."""
        return tuple(self._elements)

    def elements(self, variable: Variable) -> tuple[Element, ...]:
        """What each bit of a variable stands for."""
        return self._elements[variable]

    def add(self, kind: SubjectKind, above: Site = WORKLOAD, optional: bool = False) -> Site:
        """Another subject of a kind, within one of the kind it belongs to, which is made if it is not there.

        One that is `optional` need not be there; of a service's image there is one at most.
        """
        parent = PARENTS[kind]
        if above.kind != parent:
            above = self.add(parent, above, optional)
        self._fresh += 1
        key = next((name for name, known in COLLECTIONS.items() if known == kind), kind)
        path = f"{key}.{kind}{self._fresh}" if kind != "image" else "image"
        site = Site(kind, f"{above.path}.{path}".lstrip("."), above)
        if optional and site.path not in self.all:
            self._optional.add(site.path)
        return self.all.setdefault(site.path, site)

    def witness(self, variable: Variable) -> Site:
        """The subject of its own that shows what is asked over parts, if any does."""
        if variable not in self._witnesses:
            asked = self.asked[variable]
            self._witnesses[variable] = self.add(COLLECTIONS[asked.collection], asked.site, optional=True)
        return self._witnesses[variable]

    def there(self, site: Site) -> Formula:
        """That a subject is there, and what it is part of."""
        above = self.there(site.above) if site.above else TRUE
        if site.path not in self._optional:
            return above
        variable = site.path, "there"
        self._elements[variable] = _EITHER
        return every([above, literal(variable, 2, 3)])

    def is_there(self, path: str, box: Box) -> bool:
        """Whether the subject at a path is there in a box; one of which nothing is said is not."""
        if path in self._optional and box.get((path, "there"), 1) & 1:
            return False
        above = self.all[path].above
        return above is None or self.is_there(above.path, box)

    def within(self, site: Site, collection: str) -> Iterator[Site]:
        """The subjects of a collection within one."""
        for other in list(self.all.values()):
            owner = other.owner(site.kind) if other.kind == COLLECTIONS[collection] else None
            if owner is not None and owner.path == site.path:
                yield other

    def formula(self, condition: Condition, site: Site, trial: Trial) -> Formula:
        """Where a condition holds about a subject; an earlier choice that is tried is taken as made."""
        match condition:
            case AllOf(parts):
                return every(self.formula(part, site, trial) for part in parts)
            case AnyOf(parts):
                return either(self.formula(part, site, trial) for part in parts)
            case Not(part):
                return negation(self.formula(part, site, trial))
            case Over(quantifier, collection, part):
                some = self._some(collection, Not(part) if quantifier == "every" else part, site, trial)
                return some if quantifier == "some" else negation(some)
            case Is() | Compare() | Has() | Empty() | Known():
                return self._leaf(condition, site, trial)
            case _:
                assert_never(condition)

    def _some(self, collection: str, part: Condition, site: Site, trial: Trial) -> Formula:
        kind = COLLECTIONS[collection]
        if not is_part(kind, site.kind):
            return FALSE
        read = facts(part)
        taken = tuple(sorted(item for item in trial.items() if f"choice.{item[0]}" in read))
        asked = Asked(site, collection, part, taken)
        variable = self._names.setdefault(asked, (site.path, f"some {collection} {len(self._names)}"))
        self.asked[variable] = asked
        return literal(variable, 2, 3)

    def _leaf(self, leaf: Leaf, site: Site, trial: Trial) -> Formula:
        chosen = leaf.fact.removeprefix("choice.")
        if chosen != leaf.fact:
            return self._choice(chosen, leaf, site, trial)
        fact = self.program.vocabulary.get(leaf.fact)
        owner = site.owner(fact.subject) if fact else None
        if fact is None or owner is None:
            return TRUE if predicate(leaf)(nowhere(Values())) else FALSE
        if isinstance(leaf, Known):
            variable = owner.path, f"known {leaf.fact}"
            self._elements[variable] = _EITHER
            return literal(variable, 2, 3)
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
        return either([negation(self.formula(only, site, trial)), *self.closings(decision, option, site, trial)])

    def closings(self, decision: Decision, option: str, site: Site, trial: Trial) -> Iterator[Formula]:
        """Where each rule holds that closes an option for a subject."""
        poll = self.program.ballots[decision.id].polls.get(site.kind)
        for voice in poll.voices if poll else ():
            if option in voice.closes:
                yield self.formula(voice.rule.when, site, trial)

    def exactly(self, variable: Variable, mask: int) -> Formula:
        """That a variable has one of some values."""
        return literal(variable, mask, (1 << len(self._elements[variable])) - 1)

    def so(self, box: Box) -> Formula:
        """That the subjects which are there in a box are as it says."""
        told = [(variable, mask) for variable, mask in box.items() if variable not in self.asked]
        return every(self.exactly(*each) for each in told if self.is_there(each[0][0], box))

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
