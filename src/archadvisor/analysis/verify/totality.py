"""Whether every subject to which a decision applies has an answer, there and in the decisions that it foresees."""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field

from archadvisor.analysis.verify.formula import (
    FALSE,
    Box,
    Formula,
    GaveUp,
    either,
    every,
    negation,
)
from archadvisor.analysis.verify.premises import Premises, blocked
from archadvisor.analysis.verify.regions import Regions
from archadvisor.analysis.verify.site import WORKLOAD, Site, Sites, Trial
from archadvisor.analysis.verify.witness import Document, Made, Reader, document_of, made, renumbered, smaller
from archadvisor.engine.derivation import ABSENT
from archadvisor.engine.match import predicate
from archadvisor.engine.program import Program
from archadvisor.engine.scope import Scope
from archadvisor.engine.solve import Contest
from archadvisor.model.condition import Condition, Over
from archadvisor.model.fact import COLLECTIONS, SubjectKind
from archadvisor.model.rule import Decision, DeclaredConflict

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

    @property
    def concerned(self) -> tuple[str, ...]:
        """The decisions that may be without an answer."""
        return (self.decision.id, *self.decision.foresees)


@dataclass(slots=True)
class Answer:
    """The conflicts found, each as a small workload, and whether there can be no other."""

    question: Question
    conflicts: list[Made] = field(default_factory=list)
    proved: bool = True
    trials: int = 0


def looked_at(decisions: Sequence[Decision]) -> list[Decision]:
    """The decisions that are looked at: those that no other foresees, and those that this does not answer for."""
    answered = {name for decision in decisions if _answers_for_all(decision, decisions) for name in decision.foresees}
    return [decision for decision in decisions if decision.id not in answered]


def _answers_for_all(decision: Decision, decisions: Sequence[Decision]) -> bool:
    """Whether what a decision foresees has an answer where it has one.

    So it is where each that it foresees is for the same subjects, and foresees in turn all that follow.
    """
    later = [next(each for each in decisions if each.id == name) for name in decision.foresees]
    places = [decisions.index(each) for each in (decision, *later)]
    kinds = {each.subjects for each in later} | ({decision.subjects} - {("workload",)})
    return (
        places == sorted(places)
        and len(kinds) == 1
        and all(len(each) == 1 for each in kinds)
        and all(each.foresees == decision.foresees[at:] for at, each in enumerate(later, 1))
    )


def questions(program: Program, regions: Regions, decision: Decision) -> Iterator[Question]:
    """What is to be asked about a decision: about one subject, and about as many as it has options."""
    decisions = {each.id: each for each in program.rulebook.decisions}
    later = tuple(dict.fromkeys(kind for name in decision.foresees for kind in decisions[name].subjects))
    for kind in decision.subjects:
        yield _about_one(Sites(program, regions), decision, kind, kind)
        if kind == "workload":
            inner = tuple(other for other in later if other != "workload")
            yield from (_about_one(Sites(program, regions), decision, kind, other) for other in inner)
            if inner and len(decision.options) > 1:
                yield _about_several(Sites(program, regions), decision, inner)


def _about_one(sites: Sites, decision: Decision, kind: SubjectKind, other: SubjectKind) -> Question:
    """A decision for a subject, with one of the kind that later decisions are for.

    Where that is another subject, only what the first is not already in by itself.
    """
    subject = sites.add(other) if other != "workload" else WORKLOAD
    site = subject.owner(kind) or WORKLOAD
    stuck = _stuck(sites, decision, site, [[subject]] * len(decision.options))
    applies = sites.formula(decision.applies, site, {})
    skipped = every([negation(applies), blocked(sites, subject, decision.foresees, {decision.id: ABSENT})])
    alone = _stuck(sites, decision, site, [()] * len(decision.options)) if site is not subject else FALSE
    return Question(decision, sites, (subject,), every([either([stuck, skipped]), negation(alone)]))


def _about_several(sites: Sites, decision: Decision, kinds: Sequence[SubjectKind]) -> Question:
    """Subjects against each option, none of which would be without an answer by itself."""
    against = [[sites.add(kind, optional=True) for kind in kinds] for _ in decision.options]
    subjects = tuple(site for sites in against for site in sites)
    alone = [_stuck(sites, decision, WORKLOAD, [[site]] * len(decision.options)) for site in subjects]
    together = _stuck(sites, decision, WORKLOAD, against)
    return Question(decision, sites, subjects, every([together, *(negation(each) for each in alone)]))


def _stuck(sites: Sites, decision: Decision, site: Site, against: Sequence[Sequence[Site]]) -> Formula:
    """Where a decision is to be made and each option is closed, or leaves one subject without an answer later."""
    return every(
        [
            sites.formula(decision.applies, site, {}),
            *(
                either(
                    [
                        sites.closed(decision, option.id, site, {}),
                        *(_stopped(sites, other, decision.foresees, {decision.id: option.id}) for other in others),
                    ]
                )
                for option, others in zip(decision.options, against, strict=True)
            ),
        ]
    )


def _stopped(sites: Sites, site: Site, later: Sequence[str], trial: Trial) -> Formula:
    """Where a subject is there that later decisions leave without an answer."""
    return every([sites.there(site), blocked(sites, site, later, trial)])


def declared_at(sites: Sites, declared: DeclaredConflict, site: Site) -> Formula:
    """Where a declared conflict holds: of a subject, of what it is part of, or of one of its parts."""
    return either(_declared_for(sites, declared.when, kind, site) for kind in declared.subjects)


def _declared_for(sites: Sites, when: Condition, kind: SubjectKind, site: Site) -> Formula:
    owner = site.owner(kind)
    if owner is not None:
        return sites.formula(when, owner, {})
    collection = next((name for name, known in COLLECTIONS.items() if known == kind), None)
    return FALSE if collection is None else sites.formula(Over("some", collection, when), site, {})


def undeclared(program: Program, decisions: Container[str], tried: Made) -> list[Contest]:
    """The contests of some decisions in which no option is left, and the pack does not say so of the subject."""
    stuck = [each for each in tried.contests.values() if not each.open and each.ballot.decision.id in decisions]
    declared = [each for each in program.rulebook.conflicts if each.decision in decisions]
    return [each for each in stuck if not any(_excuses(known, each.scope, tried) for known in declared)]


def _excuses(declared: DeclaredConflict, scope: Scope, tried: Made) -> bool:
    """Whether a declared conflict holds of a subject, of what it is part of, or of one of its parts."""
    holds = predicate(declared.when)
    line = [each for each in (tried.root, *tried.root.inner) if each.subject in scope.owners]
    return any(holds(each) for each in (*line, *scope.inner) if each.subject.kind in declared.subjects)


class Search:
    """Looks for conflicts that a pack does not declare, and tries each out."""

    def __init__(self, question: Question, read: Reader) -> None:
        self._question = question
        self._sites = question.sites
        self._program = question.sites.program
        self._read = read
        self._concerned = question.concerned

    def answer(self) -> Answer:
        """The conflicts there are; each is a workload for which the decisions were made."""
        found, question = Answer(self._question), self._question
        premises = Premises(self._sites, [question.conflict, *self._undeclared(question)])
        while len(found.conflicts) < MOST_CONFLICTS:
            try:
                box = premises.box()
            except GaveUp:
                break
            if box is None:
                return found
            found.trials += 1
            if found.trials > MOST_TRIALS:
                break
            premises.tell(self._tried(found, box))
        found.proved = False
        return found

    def _undeclared(self, question: Question) -> Iterator[Formula]:
        for declared in self._program.rulebook.conflicts:
            if declared.decision in self._concerned:
                for subject in question.subjects:
                    here = declared_at(self._sites, declared, subject)
                    yield negation(every([self._sites.there(subject), here]))

    def _tried(self, found: Answer, box: Box) -> Formula:
        """Tries a box; what it showed need not be looked at again."""
        document = document_of(self._sites, box, found.question.subjects)
        tried = self._made(document)
        if tried is not None and undeclared(self._program, self._concerned, tried):
            least = smaller(document, self._still)
            smallest = self._made(least)
            assert smallest is not None
            found.conflicts.append(self._renumbered(smallest))
            return negation(self._sites.stated(smallest.workload))
        other = self._another_choice(tried, box) if tried else None
        if other is None:
            found.proved = False
            return negation(self._sites.so(box))
        found.proved = found.proved and other.sound
        return other.formula

    def _made(self, document: Document) -> Made | None:
        workload = self._read(document)
        return None if workload is None else made(self._program, document, workload)

    def _renumbered(self, shown: Made) -> Made:
        """The same with its subjects numbered from one on, if it shows the same then."""
        document = renumbered(shown.document)
        tried = self._made(document)
        return tried if tried is not None and self._still(document) else shown

    def _still(self, document: Document) -> bool:
        tried = self._made(document)
        return tried is not None and bool(undeclared(self._program, self._concerned, tried))

    def _another_choice(self, tried: Made, box: Box) -> "_Other | None":
        """That the first earlier choice which came out otherwise than the box has it is made for other reasons."""
        for decision in self._program.ballots:
            for (path, name), mask in box.items():
                if name == f"choice.{decision}":
                    options, scope = self._sites.elements((path, name)), tried.scope(path)
                    chosen = None if scope is None else scope.choice(decision)
                    if chosen is not None and not any(
                        mask >> index & 1 and each[name] == chosen for index, each in enumerate(options)
                    ):
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
