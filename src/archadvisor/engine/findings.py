"""Rules that flag, held against the decided workload."""

from collections.abc import Container, Iterable, Iterator, Sequence
from functools import lru_cache

from archadvisor.engine.conflict import smallest_conflict
from archadvisor.engine.derivation import ABSENT
from archadvisor.engine.evidence import evidence, filled, grounds_of, named, sources
from archadvisor.engine.fixes import fix
from archadvisor.engine.match import Use
from archadvisor.engine.outcomes import deciding
from archadvisor.engine.program import Program, Told
from archadvisor.engine.scope import Scope
from archadvisor.engine.solve import Contest, Solver
from archadvisor.engine.voice import NO_CHOIR, Voice
from archadvisor.model.advice import Evidence, Finding, Outcome, Standing
from archadvisor.model.condition import Has, facts, leaves
from archadvisor.model.fingerprint import fingerprint
from archadvisor.model.frozen import replace
from archadvisor.model.place import START, Place
from archadvisor.model.quantity import worded
from archadvisor.model.rule import Flags, Severity
from archadvisor.model.workload import Subject, Workload


def findings(
    workload: Workload, solver: Solver, contests: Sequence[Contest], kept: Sequence[Outcome], advised: Sequence[Outcome]
) -> tuple[Finding, ...]:
    """Every finding about a workload, by place, then rule."""
    program = solver.program
    found = [
        _finding(workload, program, voice, scope)
        for scope in solver.everyone
        for voice in program.flags.get(scope.subject.kind, NO_CHOIR).hear(scope.sight)[0]
    ]
    settled = {(outcome.decision, outcome.subject, outcome.option) for outcome in advised if outcome.settled}
    undeclared = solver.free()
    for contest, outcome in zip(contests, kept, strict=True):
        free = undeclared.contest(contest.ballot, contest.scope, {}) if outcome.declared else contest
        standing = _standing(outcome, free, settled)
        seen = outcome.decision, outcome.option, free.winner, outcome.verdict, standing
        told = program.told.get(seen)
        if told is None:
            told = program.told.keep(seen, _told(program, outcome, free, standing))
        if not told:
            continue
        scope = _outcome_scope(workload, contest, outcome, told)
        for voice in program.flags["outcome"].hear(scope.sight)[0]:
            grounds = _grounds(solver, contest, free)
            finding = _finding(workload, program, voice, scope, grounds, conflict=not contest.open)
            doubted = finding.severity == "error" and outcome.unverified
            found.append(replace(finding, severity="warning") if doubted else finding)
    return tuple(sorted(found, key=lambda found: (found.file, found.place, found.rule, found.subject or "")))


def _told(program: Program, outcome: Outcome, free: Contest, standing: Standing) -> Told:
    """An outcome as facts that rules can read; nothing where no rule about outcomes can hold.

    `free` is how it would have come out were it not declared.
    """
    told = (
        ("outcome.decision", outcome.decision),
        ("outcome.option", outcome.option or ABSENT),
        ("outcome.advised", free.winner or ABSENT),
        ("outcome.verdict", outcome.verdict),
        ("outcome.standing", standing),
    )
    choir = program.flags.get("outcome", NO_CHOIR)
    own = {fact for fact, _ in told}
    more = any(fact not in own for voice in choir.voices for fact in facts(voice.rule.when))
    return told if more or choir.hear(program.lens.of(told))[0] else ()


def _outcome_scope(workload: Workload, contest: Contest, outcome: Outcome, told: Told) -> Scope:
    place = _declared_at(workload, outcome) or contest.scope.subject.place
    subject = Subject("outcome", outcome.decision, outcome.subject or "", {}, (), place)
    return contest.scope.part(subject, told)


def _standing(outcome: Outcome, free: Contest, settled: Container[tuple[str, str | None, str | None]]) -> Standing:
    """How a declared option stands against what would be advised under the earlier decisions as declared."""
    if not outcome.declared:
        return "undeclared"
    if outcome.verdict == "conflict":
        return "ruled_out"
    if free.winner == outcome.option:
        return "as_advised"
    certain = (outcome.decision, outcome.subject, free.winner) in settled or not free.tally.pending
    return "contradicted" if certain and free.stand.verdict in ("clear", "forced") else "differs"


def _declared_at(workload: Workload, outcome: Outcome) -> Place | None:
    if not outcome.declared:
        return None
    said = [d for d in workload.declarations if d.decision == outcome.decision and d.means(outcome.subject or "")]
    return max(said, key=lambda declaration: declaration.subject is not None).place


def _grounds(solver: Solver, contest: Contest, free: Contest) -> tuple[Evidence, ...]:
    """The facts on which what would be advised rests, or the fewest that leave no answer."""
    if not contest.open:
        return evidence(solver.program, smallest_conflict(solver, contest))
    scope = free.scope
    return evidence(solver.program, (use for voice in deciding(free) for use in grounds_of(voice)(scope, True)))


def _finding(
    workload: Workload,
    program: Program,
    voice: Voice,
    scope: Scope,
    extra: tuple[Evidence, ...] = (),
    conflict: bool = False,
) -> Finding:
    rule = voice.rule
    assert isinstance(rule.effect, Flags)
    own = tuple(grounds_of(voice)(scope, True))
    used = extra or evidence(program, own)
    place, related = _places(scope, used)
    subject = scope.path or None
    return Finding(
        rule=rule.id,
        severity=_at_most("warning", rule.effect.severity) if rule.unverified else rule.effect.severity,
        subject=subject,
        message=filled(program, rule.because, scope),
        remedy=filled(program, rule.effect.remedy, scope) if rule.effect.remedy else None,
        file=place.file or workload.file,
        place=place,
        related=related,
        evidence=used,
        sources=sources(program, rule),
        fingerprint=fingerprint(rule.id, subject, _content(voice, scope, own, extra if conflict else ())),
        fix=fix(workload, program, rule.effect.fix, scope),
    )


def _content(voice: Voice, scope: Scope, grounds: Iterable[Use], conflict: Iterable[Evidence]) -> Iterator[str]:
    """What makes a finding this one: the facts of its subject it rests on or names, and the facts that conflict.

    Of a set only the words count that the rule asks for, so that another word more is not another finding; what is
    known of other subjects leaves it the same.
    """
    own = [fact for where, fact in grounds if where is scope]
    for fact in sorted({*own, *named(voice.rule.because)}):
        value = scope.values.get(fact)
        if isinstance(value, tuple):
            value = tuple(sorted(_words(voice) & {*value} or value))
        yield f"{fact}={worded(value)}"
    yield from (f"{found.fact}={worded(found.value, found.unit)}" for found in conflict)


@lru_cache(maxsize=4096)
def _words(voice: Voice) -> frozenset[str]:
    """The words that a rule asks sets for."""
    return frozenset(word for leaf in leaves(voice.rule.when) if isinstance(leaf, Has) for word in leaf.words)


def _at_most(highest: Severity, severity: Severity) -> Severity:
    return highest if severity == "error" else severity


def _places(scope: Scope, used: Iterable[Evidence]) -> tuple[Place, tuple[tuple[str, Place], ...]]:
    """Where a finding is shown, and the other places that explain it."""
    stated = [
        (f"{found.fact} is {worded(found.value, found.unit)}", found.place) for found in used if found.place is not None
    ]
    own = scope.subject.kind in ("literal", "outcome")
    place = scope.subject.place if own or not stated else stated[0][1]
    related = tuple(dict.fromkeys((note, where) for note, where in stated if where != place))
    return place or START, related
