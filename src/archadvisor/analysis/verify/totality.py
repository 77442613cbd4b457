"""Whether every subject to which a decision applies has an answer, there and in the decisions that it foresees."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from archadvisor.analysis.verify.formula import (
    FALSE,
    TRUE,
    Box,
    Formula,
    either,
    every,
    first_box,
    negation,
)
from archadvisor.analysis.verify.regions import Regions
from archadvisor.analysis.verify.site import WORKLOAD, Site, Sites, Trial
from archadvisor.analysis.verify.witness import Document, Made, Reader, document_of, made, smaller
from archadvisor.engine.derivation import ABSENT
from archadvisor.engine.match import predicate
from archadvisor.engine.program import Program
from archadvisor.model.condition import quantified
from archadvisor.model.fact import SubjectKind
from archadvisor.model.rule import Decision

MOST_TRIALS = 200
"""How many boxes are tried out before the search is given up."""
MOST_CONFLICTS = 3
"""How many conflicts of a question are told."""


@dataclass(frozen=True, slots=True)
class Question:
    """What would leave a decision, or one it foresees, without an answer, and the subjects that takes."""

    decision: Decision
    sites: Sites
    subjects: tuple[Site, ...]
    conflict: Formula


@dataclass(slots=True)
class Answer:
    """The conflicts found, each as a small workload, and whether there can be no other."""

    question: Question
    conflicts: list[Made] = field(default_factory=list)
    proved: bool = True
    trials: int = 0


def heads(decisions: Sequence[Decision]) -> list[Decision]:
    """The decisions that no other foresees: with these the others are looked at."""
    foreseen = {name for decision in decisions for name in decision.foresees}
    return [decision for decision in decisions if decision.id not in foreseen]


def questions(program: Program, regions: Regions, decision: Decision) -> Iterator[Question]:
    """What is to be asked about a decision: about one subject, and about as many as it has options."""
    decisions = {each.id: each for each in program.rulebook.decisions}
    later = tuple(dict.fromkeys(kind for name in decision.foresees for kind in decisions[name].subjects))
    for kind in decision.subjects:
        if kind != "workload":
            yield _about_one(Sites(program, regions), decision, kind, kind)
            continue
        yield from (_about_one(Sites(program, regions), decision, kind, other) for other in later or (kind,))
        if later and len(decision.options) > 1:
            yield _about_several(Sites(program, regions), decision, later[0])


def _about_one(sites: Sites, decision: Decision, kind: SubjectKind, other: SubjectKind) -> Question:
    """A decision for a subject, with one of the kind that later decisions are for."""
    subject = sites.add(other) if other != "workload" else WORKLOAD
    site = subject.owner(kind) or WORKLOAD
    return Question(decision, sites, (subject,), _stuck(sites, decision, site, [subject] * len(decision.options)))


def _about_several(sites: Sites, decision: Decision, kind: SubjectKind) -> Question:
    """One subject against each option, none of which would be without an answer by itself."""
    subjects = [sites.add(kind) for _ in decision.options]
    for _ in range(_most_asked_of(sites, decision) - 1):
        sites.add(kind)
    alone = [_stuck(sites, decision, WORKLOAD, [site] * len(decision.options)) for site in subjects]
    together = _stuck(sites, decision, WORKLOAD, subjects)
    return Question(decision, sites, tuple(subjects), every([together, *(negation(each) for each in alone)]))


def _most_asked_of(sites: Sites, decision: Decision) -> int:
    """How many subjects one rule that closes an option can ask for: one for each time it asks over a collection."""
    voices = [voice for poll in sites.program.ballots[decision.id].polls.values() for voice in poll.voices]
    return max([1, *(len(list(quantified(voice.rule.when))) for voice in voices if voice.closes)])


def _stuck(sites: Sites, decision: Decision, site: Site, against: Sequence[Site]) -> Formula:
    """Where a decision is to be made and each option is closed, or leaves one subject without an answer later."""
    return every(
        [
            sites.formula(decision.applies, site, {}),
            *(
                either(
                    [
                        sites.closed(decision, option.id, site, {}),
                        _blocked(sites, other, decision.foresees, {decision.id: option.id}),
                    ]
                )
                for option, other in zip(decision.options, against, strict=True)
            ),
        ]
    )


def _blocked(sites: Sites, site: Site, later: Sequence[str], trial: Trial) -> Formula:
    """Where later decisions about a subject cannot all be answered under some choices."""
    if not later:
        return FALSE
    decision, rest = sites.decisions[later[0]], later[1:]
    applies = sites.formula(decision.applies, site, trial) if site.kind in decision.subjects else FALSE
    ways = (
        either(
            [
                sites.closed(decision, option.id, site, trial),
                _blocked(sites, site, rest, {**trial, decision.id: option.id}),
            ]
        )
        for option in decision.options
        if applies != FALSE
    )
    skipped = FALSE if applies == TRUE else _blocked(sites, site, rest, {**trial, decision.id: ABSENT})
    return either([every([applies, *ways]), every([negation(applies), skipped])])


class Search:
    """Looks for conflicts that a pack does not declare, and tries each out."""

    def __init__(self, question: Question, read: Reader) -> None:
        self._question = question
        self._sites = question.sites
        self._program = question.sites.program
        self._read = read

    def answer(self) -> Answer:
        """The conflicts there are; each is a workload for which the decisions were made."""
        found, question = Answer(self._question), self._question
        formulas = self._sites.upstream([question.conflict, *self._undeclared(question)])
        while len(found.conflicts) < MOST_CONFLICTS:
            box = first_box(formulas)
            if box is None:
                return found
            found.trials += 1
            if found.trials > MOST_TRIALS:
                break
            formulas.append(self._tried(found, box))
        found.proved = False
        return found

    def _undeclared(self, question: Question) -> Iterator[Formula]:
        concerned = {question.decision.id, *question.decision.foresees}
        for declared in self._program.rulebook.conflicts:
            if declared.decision in concerned:
                for site in {
                    each.path: each for subject in question.subjects for each in _with_owners(subject)
                }.values():
                    if site.kind in declared.subjects:
                        yield negation(self._sites.formula(declared.when, site, {}))

    def _tried(self, found: Answer, box: Box) -> Formula:
        """Tries a box; what it showed need not be looked at again."""
        document = document_of(self._sites, box, found.question.subjects)
        tried = self._made(document)
        if tried is not None and self._is_conflict(found.question, tried):
            least = smaller(document, lambda less: self._still(found.question, less))
            smallest = self._made(least)
            assert smallest is not None
            found.conflicts.append(smallest)
            return negation(self._sites.stated(smallest.workload))
        other = self._another_choice(tried, box) if tried else None
        if other is None:
            found.proved = False
            return negation(every(self._sites.exactly(variable, mask) for variable, mask in box.items()))
        found.proved = found.proved and other.sound
        return other.formula

    def _made(self, document: Document) -> Made | None:
        workload = self._read(document)
        return None if workload is None else made(self._program, document, workload)

    def _still(self, question: Question, document: Document) -> bool:
        tried = self._made(document)
        return tried is not None and self._is_conflict(question, tried)

    def _is_conflict(self, question: Question, tried: Made) -> bool:
        """Whether a decision in question has no answer, and the pack does not say so."""
        concerned = {question.decision.id, *question.decision.foresees}
        conflicts = [each for each in tried.contests.values() if not each.open and each.ballot.decision.id in concerned]
        declared = [each for each in self._program.rulebook.conflicts if each.decision in concerned]
        return bool(conflicts) and not any(
            predicate(each.when)(scope)
            for each in declared
            for scope in (tried.root, *tried.root.inner)
            if scope.subject.kind in each.subjects
        )

    def _another_choice(self, tried: Made, box: Box) -> "_Other | None":
        """That the first earlier choice which came out otherwise than the box has it is made for other reasons."""
        for decision in self._program.ballots:
            for (path, name), mask in box.items():
                if name == f"choice.{decision}":
                    options = self._sites.elements((path, name))
                    chosen = tried.scope(path).choice(decision)
                    if not any(mask >> index & 1 and each[name] == chosen for index, each in enumerate(options)):
                        return self._other(tried, decision, path)
        return None

    def _other(self, tried: Made, decision: str, path: str) -> "_Other | None":
        contest = tried.contests.get((decision, path))
        site, choir = (
            self._sites.all[path],
            None if contest is None else contest.ballot.polls.get(self._sites.all[path].kind),
        )
        if contest is None or choir is None:
            return None
        speaking = {voice.rule.id for voice in contest.tally.speaking}
        reasons = []
        for voice in choir.voices:
            formula = self._sites.formula(voice.rule.when, site, {})
            reasons.append(formula if voice.rule.id in speaking else negation(formula))
        return _Other(negation(every(reasons)), not contest.ballot.decision.foresees)


@dataclass(frozen=True, slots=True)
class _Other:
    """A formula that leaves out boxes like one, and whether it leaves out nothing that is not like it."""

    formula: Formula
    sound: bool


def _with_owners(site: Site) -> Iterator[Site]:
    yield site
    if site.above is not None:
        yield from _with_owners(site.above)
