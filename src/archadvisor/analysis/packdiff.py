"""Two packs held against each other by what they mean, not by how they are written.

Packs with the same decisions and the same conditions and effects mean the same; names of rules that speak on
decisions, texts, sources, examples and any order mean nothing. Where they differ, workloads are made in which the rules
that differ speak, others are drawn from the regions that either pack can tell apart, and both packs decide all of them.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from archadvisor.analysis.trials import Winners, winners
from archadvisor.analysis.verify.formula import GaveUp
from archadvisor.analysis.verify.pack import conditions
from archadvisor.analysis.verify.reach import STATED, Reach, reaches
from archadvisor.analysis.verify.regions import Regions
from archadvisor.analysis.verify.shares import drawn
from archadvisor.analysis.verify.witness import Document, Reader, seen_words, smaller
from archadvisor.engine.advise import declared_options
from archadvisor.engine.program import Program
from archadvisor.model.condition import AllOf, AnyOf, Condition, Is, Not, Over
from archadvisor.model.packdiff import NOT_ASKED, Moved, PackDiff
from archadvisor.model.rule import Decision, Effect, Flags, Rule
from archadvisor.model.workload import Workload

Meaning = tuple[object, ...]


def pack_diff(
    old: Program, new: Program, known: Sequence[Document], given: Sequence[Workload], read: Reader
) -> PackDiff:
    """What the new pack decides otherwise; `known` workloads are looked at first, `given` ones are told by name."""
    lost, gained = _without(old, new), _without(new, old)
    seen = seen_words([*given, *filter(None, map(read, known))])
    other = _other_decisions(old, new)
    differing = {rule.decision for rule in (*lost, *gained) if rule.decision} | set(other)
    tried, moved = _searched(old, new, [*known, *_made(old, new, lost, gained, seen)], read) if differing else (0, {})
    return PackDiff(
        old.day,
        tuple(rule.id for rule in lost),
        tuple(rule.id for rule in gained),
        tuple(moved.values()),
        tuple(sorted(differing - set(moved) - set(other))),
        other,
        tried,
        tuple(change for workload in given for change in _changes(old, new, workload)),
        len(given),
    )


def _without(one: Program, other: Program) -> list[Rule]:
    """The rules in force of a pack whose meaning another pack does not have, or not as often."""
    there = Counter(_meaning(rule) for rule in _in_force(other))
    found = []
    for rule in _in_force(one):
        if there[_meaning(rule)]:
            there[_meaning(rule)] -= 1
        else:
            found.append(rule)
    return found


def _in_force(program: Program) -> list[Rule]:
    return [rule for rule in program.rulebook.rules if rule.speaks_on(program.day)]


def _meaning(rule: Rule) -> Meaning:
    """What a rule does, whatever it is called; a finding also is its name, which files and baselines go by."""
    name = rule.id if isinstance(rule.effect, Flags) else None
    return name, rule.decision, frozenset(rule.subjects), _plain(rule.when), _deed(rule.effect)


def _deed(effect: Effect) -> object:
    return ("flags", effect.severity) if isinstance(effect, Flags) else effect


def _plain(condition: Condition) -> object:
    """A condition without the order of its parts, and without groups of one or within their like."""
    match condition:
        case AllOf() | AnyOf():
            parts = frozenset(_flat(condition, type(condition)))
            return next(iter(parts)) if len(parts) == 1 else (type(condition).__name__, parts)
        case Not(part):
            return "not", _plain(part)
        case Over(quantifier, collection, part):
            return quantifier, collection, _plain(part)
        case Is(fact, values):
            return "is", fact, frozenset(values)
    return condition


def _flat(condition: Condition, kind: type[AllOf] | type[AnyOf]) -> Iterator[object]:
    if isinstance(condition, AllOf | AnyOf) and isinstance(condition, kind):
        for part in condition.parts:
            yield from _flat(part, kind)
    else:
        yield _plain(condition)


def _other_decisions(old: Program, new: Program) -> tuple[str, ...]:
    before, after = ({each.id: _question(each) for each in side.rulebook.decisions} for side in (old, new))
    return tuple(sorted(name for name in {**before, **after} if before.get(name) != after.get(name)))


def _question(decision: Decision) -> Meaning:
    """What a decision is, whatever its texts say; the order of its options settles nothing."""
    options = frozenset((option.id, _plain(option.only)) for option in decision.options)
    return (
        frozenset(decision.subjects),
        _plain(decision.applies),
        frozenset(decision.after),
        frozenset(decision.foresees),
        decision.default,
        options,
    )


def _made(
    old: Program, new: Program, lost: Sequence[Rule], gained: Sequence[Rule], seen: Mapping[str, Sequence[str]]
) -> Iterator[Document]:
    """Workloads in which the rules that differ speak, and others from all over the space of both packs."""
    both = (*conditions(old), *conditions(new), *(rule.when for rule in (*lost, *gained)))
    for program, rules in ((old, lost), (new, gained)):
        regions = Regions(program, both, seen)
        for rule in rules:
            for reach in reaches(program, regions, rule) if STATED.intersection(rule.subjects) else ():
                yield from _in_reach(reach)
    for program in (old, new):
        yield from drawn(program, Regions(program, both, seen))


def _in_reach(reach: Reach) -> Iterator[Document]:
    """A workload in which a rule speaks, and those in which it alone does something, as far as a search finds them."""
    try:
        yield from islice(reach.documents(), 1)
        yield from reach.sole()
    except GaveUp:
        return


def _searched(old: Program, new: Program, documents: Iterable[Document], read: Reader) -> tuple[int, dict[str, Moved]]:
    """How many workloads both packs decided, and for each decision the first that they decide otherwise, made small."""
    tried, moved = 0, {}
    for document in documents:
        workload = read(document)
        if workload is None:
            continue
        tried += 1
        for decision in _moves(old, new, workload):
            if decision not in moved:
                moved[decision] = _shown(old, new, decision, document, read)
    return tried, moved


def _shown(old: Program, new: Program, decision: str, document: Document, read: Reader) -> Moved:
    def moves(less: Document) -> bool:
        workload = read(less)
        return workload is not None and decision in _moves(old, new, workload)

    small = smaller(document, moves)
    workload = read(small)
    assert workload is not None, "it was read before"
    subject, before, after = _moves(old, new, workload)[decision]
    return Moved(decision, subject, before, after, small)


def _moves(old: Program, new: Program, workload: Workload) -> dict[str, tuple[str | None, str | None, str | None]]:
    """For each decision, the first subject with another option under the new pack."""
    found: dict[str, tuple[str | None, str | None, str | None]] = {}
    for _, decision, subject, before, after in _changes(old, new, workload):
        found.setdefault(decision, (subject, before, after))
    return found


def _changes(
    old: Program, new: Program, workload: Workload
) -> Iterator[tuple[str, str, str | None, str | None, str | None]]:
    was, now = _decided(old, workload), _decided(new, workload)
    for decision, path in dict.fromkeys([*was, *now]):
        before, after = (side.get((decision, path), NOT_ASKED) for side in (was, now))
        if before != after:
            yield workload.file, decision, path or None, before, after


def _decided(program: Program, workload: Workload) -> Winners:
    return winners(workload, program, declared_options(workload, program))
