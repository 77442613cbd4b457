"""Rules that cannot speak, comparisons that cannot matter, and options that are always closed."""

from collections.abc import Iterator, Sequence

from archadvisor.analysis.verify.formula import Box, Formula, either, negation
from archadvisor.analysis.verify.premises import Premises
from archadvisor.analysis.verify.regions import Regions
from archadvisor.analysis.verify.site import WORKLOAD, Site, Sites
from archadvisor.analysis.verify.witness import Document, document_of
from archadvisor.engine.program import Program
from archadvisor.model.condition import ALWAYS, Condition, without_each_leaf
from archadvisor.model.fact import COLLECTIONS, SubjectKind
from archadvisor.model.rule import POINTS, Decision, Favors, Flags, Rule

STATED: frozenset[SubjectKind] = frozenset({"workload", "image", *COLLECTIONS.values()})
"""The kinds of subjects that a file states; others are told by the program itself."""


class Reach:
    """One rule, about one kind of subject: where it can speak, and beside which others."""

    def __init__(self, program: Program, regions: Regions, rule: Rule, kind: SubjectKind) -> None:
        self.rule = rule
        self.sites = Sites(program, regions)
        self.site = self.sites.add(kind) if kind != "workload" else WORKLOAD
        self.decision = self.sites.decisions.get(rule.decision or "")
        applies = [self._holds(self.decision.applies)] if self.decision else []
        self._premises = Premises(self.sites, applies, isinstance(rule.effect, Flags))
        self._others = [other for other in program.rulebook.rules if self._is_beside(other, program.day)]

    def can_speak(self) -> bool:
        """Whether there is a workload in which the rule speaks."""
        return self._can_be([self._holds(self.rule.when)])

    def documents(self) -> Iterator[Document]:
        """Workload files in which the rule is to speak, each another; earlier choices are declared."""
        formulas = [self._holds(self.rule.when)]
        while (box := self._box(formulas)) is not None:
            yield document_of(self.sites, box, (self.site,), declare=True)
            formulas.append(negation(self.sites.so(box)))

    def idle_comparisons(self) -> Iterator[str]:
        """The facts of comparisons without which the rule would speak in the same workloads."""
        whole = self._holds(self.rule.when)
        for fact, rest in without_each_leaf(self.rule.when):
            part = self._holds(ALWAYS if rest is None else rest)
            if not self._can_be([whole, negation(part)]) and not self._can_be([negation(whole), part]):
                yield fact

    def is_shadowed(self) -> bool:
        """Whether wherever it speaks other rules do all that it does, or what it favors is closed."""
        return next(self.sole(), None) is None

    def sole(self) -> Iterator[Document]:
        """Workloads in which a rule alone closes an option, which is declared; or in which its favor can count."""
        effect = self.rule.effect
        if self.decision is None or isinstance(effect, Flags):
            return
        own = self._holds(self.rule.when)
        if isinstance(effect, Favors):
            stronger = [self._holds(other.when) for other in self._others if _does_as_much(other, effect)]
            closed = self.sites.closed(self.decision, effect.option, self.site, {})
            yield from self._documents([own, negation(either([*stronger, closed]))], effect.option)
            return
        voices = self.sites.program.ballots[self.decision.id].polls[self.site.kind].voices
        for option in next(voice.closes for voice in voices if voice.rule.id == self.rule.id):
            others = [v.rule.when for v in voices if v.rule.id != self.rule.id and option in v.closes]
            exists = next(known.only for known in self.decision.options if known.id == option)
            alone = [negation(self._holds(other)) for other in others]
            yield from self._documents([own, self._holds(exists), *alone], option)

    def _documents(self, formulas: Sequence[Formula], option: str) -> Iterator[Document]:
        box = self._box(formulas)
        if box is not None:
            document = document_of(self.sites, box, (self.site,), declare=True)
            declared = {**document.get("decisions", {}), self.rule.decision: option}
            yield {**document, "decisions": declared}

    def _is_beside(self, other: Rule, day: str) -> bool:
        return other.id != self.rule.id and other.decision == self.rule.decision and other.speaks_on(day)

    def _holds(self, condition: Condition) -> Formula:
        return self.sites.formula(condition, self.site, {})

    def _can_be(self, formulas: Sequence[Formula]) -> bool:
        return self._box(formulas) is not None

    def _box(self, formulas: Sequence[Formula]) -> Box | None:
        return self._premises.box(*formulas)


def _does_as_much(other: Rule, effect: Favors) -> bool:
    """Whether a rule favors the same option for the same concern as much."""
    told = other.effect
    return (
        isinstance(told, Favors)
        and (told.option, told.concern) == (effect.option, effect.concern)
        and POINTS[told.strength] >= POINTS[effect.strength]
    )


def reaches(program: Program, regions: Regions, rule: Rule) -> list[Reach]:
    """The reach of a rule about each kind of subject that a file can state."""
    return [Reach(program, regions, rule, kind) for kind in rule.subjects if kind in STATED]


def is_always_closed(program: Program, regions: Regions, decision: Decision, option: str) -> bool:
    """Whether an option is closed, or does not exist, for every subject to which its decision applies."""
    for kind in decision.subjects:
        sites = Sites(program, regions)
        site: Site = sites.add(kind) if kind != "workload" else WORKLOAD
        open_ = negation(sites.closed(decision, option, site, {}))
        if Premises(sites).box(sites.formula(decision.applies, site, {}), open_) is not None:
            return False
    return True
