"""All questions that a pack must stand, asked one after the other."""

from collections.abc import Iterator, Sequence
from itertools import islice
from math import prod

from archadvisor.analysis.verify.contests import MOST_NODES, Chorus, Together, matters
from archadvisor.analysis.verify.formula import GaveUp, Variable, either
from archadvisor.analysis.verify.premises import Premises
from archadvisor.analysis.verify.reach import Reach, is_always_closed, reaches
from archadvisor.analysis.verify.regions import Regions
from archadvisor.analysis.verify.shares import shares
from archadvisor.analysis.verify.totality import (
    Answer,
    Question,
    Search,
    declared_at,
    looked_at,
    questions,
    undeclared,
)
from archadvisor.analysis.verify.witness import Document, Made, Reader, made, seen_words, smaller, speaking_in
from archadvisor.engine.program import Program
from archadvisor.engine.voice import Voice
from archadvisor.model.condition import Condition, facts
from archadvisor.model.rule import Decision, DeclaredConflict, Favors, Rule
from archadvisor.model.verification import Defect, Looked, Standing, Verification
from archadvisor.model.workload import Workload

_MOST_TRIED = 20
"""How many of the workloads that a search comes up with are tried."""
_ONE = "each is looked at by itself"
_SEVERAL = "each option must be closed by some subject, so one for each option is enough"


class Verifier:
    """One pack on one day; `known` are workloads that may show what is looked for before anything is searched."""

    def __init__(self, program: Program, known: Sequence[Workload], read: Reader) -> None:
        self._program = program
        self._read = read
        self._decisions = program.rulebook.decisions
        self._rules = [rule for rule in program.rulebook.rules if rule.speaks_on(program.day)]
        self._conditions = tuple(conditions(program))
        self._seen = seen_words(known)
        self._regions = Regions(program, self._conditions, self._seen)
        self._choruses: dict[str, list[Chorus]] = {
            decision.id: [
                Chorus(program, self._regions, program.ballots[decision.id], kind) for kind in decision.subjects
            ]
            for decision in self._decisions
        }
        self._spoken: set[str] = set()
        self._mattering: set[str] = set()
        self._winning: set[tuple[str, str]] = set()
        for workload in known:
            self._note(made(program, {}, workload))

    def verification(self) -> Verification:
        """All that is found."""
        answers = [
            Search(each, self._read).answer() for head in looked_at(self._decisions) for each in self._asked(head)
        ]
        undecided: list[str] = []
        defects = [*self._conflicts(answers), *self._idle_declarations(undecided)]
        for rule in self._rules:
            defects += self._of_rule(rule, undecided)
        for decision in self._decisions:
            defects += self._losers(decision, undecided)
        return Verification(
            self._program.day,
            len(self._rules),
            len(self._program.rulebook.conflicts),
            tuple(defects),
            tuple(self._looked(answer) for answer in answers),
            shares(self._program, self._regions, self._read),
            tuple(undecided),
        )

    def _note(self, shown: Made) -> None:
        """Keeps which rules speak, which matter and which options win in a workload."""
        self._spoken.update(speaking_in(shown))
        for contest in shown.contests.values():
            decision = contest.ballot.decision.id
            if contest.winner and contest.open and (decision, contest.scope.path) not in shown.solver.declared:
                self._winning.add((decision, contest.winner))
            for voice in contest.tally.speaking:
                if voice.rule.id not in self._mattering and matters(shown, contest, voice):
                    self._mattering.add(voice.rule.id)

    def _asked(self, head: Decision) -> Iterator[Question]:
        return questions(self._program, self._regions, head)

    def _conflicts(self, answers: Sequence[Answer]) -> Iterator[Defect]:
        """The conflicts found, each workload once."""
        told: list[Document] = []
        for answer in answers:
            for shown in (each for each in answer.conflicts if each.document not in told):
                told.append(shown.document)
                contest = undeclared(self._program, answer.question.concerned, shown)[0]
                decision, path = contest.ballot.decision.id, contest.scope.path
                message = f"`{decision}` has no answer for `{path or 'the workload'}`, and no conflict is declared"
                yield Defect("conflict", decision, message, shown.document)

    def _idle_declarations(self, undecided: list[str]) -> Iterator[Defect]:
        """Declared conflicts that no workload can be in."""
        asked = [question for decision in looked_at(self._decisions) for question in self._asked(decision)]
        for declared in self._program.rulebook.conflicts:
            try:
                idle = not any(self._comes_true(declared, each) for each in asked)
            except GaveUp:
                undecided.append(f"whether a workload is in the conflict declared because `{declared.because}`")
                continue
            if idle:
                message = f"no workload is in the conflict that is declared because `{declared.because}`"
                yield Defect("idle_declaration", declared.decision, message)

    def _comes_true(self, declared: DeclaredConflict, question: Question) -> bool:
        if declared.decision not in question.concerned:
            return False
        comes_true = either(declared_at(question.sites, declared, subject) for subject in question.subjects)
        return Premises(question.sites).box(question.conflict, comes_true) is not None

    def _of_rule(self, rule: Rule, undecided: list[str]) -> Iterator[Defect]:
        regions = self._regions
        if not rule.decision:
            regions = Regions(self._program, (*self._conditions, rule.when), self._seen, self._regions)
        try:
            yield from self._reached(rule, reaches(self._program, regions, rule), undecided)
        except GaveUp:
            undecided.append(f"whether `{rule.id}` has a defect")

    def _reached(self, rule: Rule, found: Sequence[Reach], undecided: list[str]) -> Iterator[Defect]:
        speaking = [reach for reach in found if reach.can_speak()]
        if found and not speaking:
            yield Defect("dead", rule.id, f"`{rule.id}` cannot speak: no workload meets its condition")
        if not speaking:
            return
        heard = rule.id in self._spoken or self._hangs_on_the_day(rule)
        if not heard and not any(self._shown(rule, reach) for reach in speaking):
            undecided.append(f"whether `{rule.id}` ever speaks")
        idle = set.intersection(*(set(reach.idle_comparisons()) for reach in speaking))
        for fact in sorted(idle):
            message = (
                f"the comparison of `{fact}` in `{rule.id}` never matters: without it the rule speaks for the same"
            )
            yield Defect("vacuous", rule.id, message, self._shown(rule, speaking[0]))
        if rule.decision and rule.id not in self._mattering:
            yield from self._shadowed(rule, speaking, undecided)

    def _hangs_on_the_day(self, rule: Rule) -> bool:
        """Whether a rule reads facts that the day alone decides: on another it may speak."""
        derived = (self._program.derived.get(fact) for fact in facts(rule.when))
        return any(
            each is not None and not each.looks_around and not self._program.vocabulary.keys() & set(each.inputs)
            for each in derived
        )

    def _speaks_in(self, rule: Rule, document: Document) -> bool:
        workload = self._read(document)
        return workload is not None and rule.id in speaking_in(made(self._program, document, workload))

    def _shadowed(self, rule: Rule, speaking: Sequence[Reach], undecided: list[str]) -> Iterator[Defect]:
        message = f"`{rule.id}` never changes an answer: other rules say the same wherever it speaks"
        if all(reach.is_shadowed() for reach in speaking):
            yield Defect("shadowed", rule.id, message, self._shown(rule, speaking[0]))
            return
        if not isinstance(rule.effect, Favors):
            if not any(self._closes_alone(rule, document) for reach in speaking for document in reach.sole()):
                undecided.append(f"whether `{rule.id}` ever closes an option that no other rule closes")
            return
        exhausted = True
        for chorus, voice in self._voices(rule):
            hit = self._tried(chorus, chorus.changing(voice))
            if rule.id in self._mattering:
                return
            exhausted = exhausted and not hit and chorus.nodes <= MOST_NODES and chorus.alone
        if exhausted:
            yield Defect("shadowed", rule.id, message, self._shown(rule, speaking[0]))
        else:
            undecided.append(f"whether `{rule.id}` ever changes an answer")

    def _closes_alone(self, rule: Rule, document: Document) -> bool:
        """Whether a rule alone closes an option in a workload that declares it."""
        workload = self._read(document)
        if workload is None:
            return False
        contests = made(self._program, document, workload).contests.values()
        closed = [c.tally.closed.get(c.winner or "", ()) for c in contests if c.ballot.decision.id == rule.decision]
        return any([voice.rule.id for voice in voices] == [rule.id] for voices in closed)

    def _losers(self, decision: Decision, undecided: list[str]) -> Iterator[Defect]:
        for option in (option.id for option in decision.options):
            if (decision.id, option) in self._winning:
                continue
            exhausted = self._never_wins(decision, option)
            if (decision.id, option) in self._winning:
                continue
            if exhausted:
                message = f"`{option}` is never the answer to `{decision.id}`"
                yield Defect("never_wins", f"{decision.id}={option}", message)
            else:
                undecided.append(f"whether `{option}` is ever the answer to `{decision.id}`")

    def _never_wins(self, decision: Decision, option: str) -> bool:
        """Whether nothing is left to look at in which an option might win."""
        try:
            if is_always_closed(self._program, self._regions, decision, option):
                return True
        except GaveUp:
            return False
        exhausted = True
        for chorus in self._choruses[decision.id]:
            hit = self._tried(chorus, chorus.winning(option))
            exhausted = exhausted and not hit and chorus.nodes <= MOST_NODES and chorus.alone
        return exhausted

    def _voices(self, rule: Rule) -> Iterator[tuple[Chorus, Voice]]:
        for chorus in self._choruses[rule.decision or ""]:
            yield from ((chorus, voice) for voice in chorus.voices if voice.rule.id == rule.id)

    def _tried(self, chorus: Chorus, found: Iterator[Together]) -> bool:
        """Makes the decisions for the first few of what was found; whether anything was."""
        hit = False
        for together in islice(found, _MOST_TRIED):
            hit = True
            document = chorus.document(together)
            workload = self._read(document)
            if workload is not None:
                known = len(self._mattering) + len(self._winning)
                self._note(made(self._program, document, workload))
                if len(self._mattering) + len(self._winning) > known:
                    break
        return hit

    def _shown(self, rule: Rule, reach: Reach) -> Document | None:
        """A small workload in which a rule speaks, if one that its reach gives does."""
        for document in islice(reach.documents(), _MOST_TRIED):
            if self._speaks_in(rule, document):
                return smaller(document, lambda less: self._speaks_in(rule, less))
        return None

    def _looked(self, answer: Answer) -> Looked:
        question = answer.question
        foreseen = (question.decision.id, *question.decision.foresees)
        named = question.sites.variables
        standing: Standing = (
            "refuted" if answer.conflicts else "proved" if answer.proved and self._complete(named) else "bounded"
        )
        return Looked(
            question.decision.id,
            tuple(dict.fromkeys(foreseen)),
            tuple(subject.kind for subject in question.subjects),
            _ONE if len(question.subjects) == 1 else _SEVERAL,
            prod(len(question.sites.elements(name)) for name in named),
            standing,
            answer.trials,
        )

    def _complete(self, named: Sequence[Variable]) -> bool:
        """Whether the values of all variables were looked at in full."""
        return all(self._regions.is_complete(name) for _, name in named)


def conditions(program: Program) -> Iterator[Condition]:
    """The conditions of all decisions: where they apply, of their options, rules and declared conflicts."""
    for decision in program.rulebook.decisions:
        yield decision.applies
        yield from (option.only for option in decision.options)
    yield from (rule.when for rule in program.rulebook.rules if rule.decision and rule.speaks_on(program.day))
    yield from (declared.when for declared in program.rulebook.conflicts)
