"""Two versions of a workload held against each other: the edits, the decisions that turned, and which edits did it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from archadvisor.analysis.reads import Target
from archadvisor.analysis.trials import Winners, winners
from archadvisor.engine.program import Program
from archadvisor.model.change import stated_path
from archadvisor.model.difference import Difference, Edit, Turn
from archadvisor.model.workload import Stated, Subject, Workload

MOST_TRIALS = 2_000
"""Sets of edits that are tried for a file; a counted limit, so that the result is the same on every machine."""


def difference(program: Program, before: Workload, after: Workload) -> Difference:
    """Which decisions have another option in `after` than in `before`, each with the fewest edits that do it."""
    was, now = winners(before, program, {}), winners(after, program, {})
    edits = tuple(_edits(program, before.root, after.root))
    turned = [target for target in dict.fromkeys([*was, *now]) if _at(was, target) != _at(now, target)]
    causes = _causes(program, before, after, edits, {target: _at(now, target) for target in turned})
    turns = tuple(_turn(target, was, now, causes.get(target), edits) for target in turned)
    return Difference(after.file, after.name, False, False, turns, len(edits), len({*was} | {*now}) - len(turned))


def _at(found: Winners, target: Target) -> tuple[bool, str | None]:
    """Whether a decision is to be made, and its option."""
    return target in found, found.get(target)


def _turn(target: Target, was: Winners, now: Winners, cause: tuple[Edit, ...] | None, edits: tuple[Edit, ...]) -> Turn:
    decision, subject = target
    asked = target in was, target in now
    options = was.get(target), now.get(target)
    return Turn(decision, subject or None, asked, *options, edits if cause is None else cause, cause is not None)


def _causes(
    program: Program,
    before: Workload,
    after: Workload,
    edits: Sequence[Edit],
    wanted: dict[Target, tuple[bool, str | None]],
) -> dict[Target, tuple[Edit, ...]]:
    """For each decision, the first of the smallest sets of edits that turn it as it turned."""
    found: dict[Target, tuple[Edit, ...]] = {}
    for chosen in _sets(edits, lambda: len(found) < len(wanted)):
        trial = replace(before, root=_edited(before.root, after.root, chosen))
        came = winners(trial, program, {})
        for target, answer in wanted.items():
            if target not in found and _at(came, target) == answer:
                found[target] = chosen
    return found


def _sets(edits: Sequence[Edit], wanted: Callable[[], bool]) -> Iterator[tuple[Edit, ...]]:
    """Sets of edits, the smallest first, while more are wanted and the limit is not reached."""
    left = MOST_TRIALS
    for size in range(1, len(edits) + 1):
        for chosen in combinations(edits, size):
            if not wanted() or not left:
                return
            left -= 1
            yield chosen


def _edits(program: Program, before: Subject, after: Subject) -> Iterator[Edit]:
    """What is stated otherwise in a subject, and which of its parts came, went or were edited."""
    for fact in dict.fromkeys([*before.facts, *after.facts]):
        was, now = before.facts.get(fact), after.facts.get(fact)
        if _said(was) != _said(now):
            unit = program.vocabulary[fact].unit
            yield Edit(before.path, fact, stated_path(before.path, fact), was, now, False, unit)
    old, new = ({(part.kind, part.name): part for part in side.parts} for side in (before, after))
    for key in dict.fromkeys([*old, *new]):
        if key in old and key in new:
            yield from _edits(program, old[key], new[key])
        else:
            part = new.get(key) or old[key]
            yield Edit(part.path, None, part.path, None, None, key in new)


def _said(stated: Stated | None) -> tuple[object, ...] | None:
    return None if stated is None else (stated.value,)


def _edited(before: Subject, after: Subject, chosen: Sequence[Edit]) -> Subject:
    """A subject as it was, with some of the edits that lead to what it is."""
    facts = dict(before.facts)
    for edit in chosen:
        if edit.subject == before.path and edit.fact is not None:
            if edit.after is None:
                facts.pop(edit.fact, None)
            else:
                facts[edit.fact] = edit.after
    whole = {edit.path: edit.came for edit in chosen if edit.fact is None}
    kept = [part for part in before.parts if whole.get(part.path) is not False]
    new = {(part.kind, part.name): part for part in after.parts}
    parts = [_edited(part, new.get((part.kind, part.name), part), chosen) for part in kept]
    return replace(before, facts=facts, parts=(*parts, *(part for part in after.parts if whole.get(part.path))))
