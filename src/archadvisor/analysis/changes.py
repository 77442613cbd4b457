"""Changes to stated facts that rules can tell from what is stated now, and workloads with them made."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from archadvisor.analysis.reads import Leaf, Marks, Site
from archadvisor.engine.derivation import Values
from archadvisor.engine.match import predicate
from archadvisor.engine.program import Program
from archadvisor.engine.scope import Scope, nowhere
from archadvisor.engine.truth import Truth
from archadvisor.model.change import Change
from archadvisor.model.condition import Compare, Comparison, Empty, Has, Is
from archadvisor.model.fact import FactType, Known, Origin, Value
from archadvisor.model.workload import Stated, Subject, Workload

_STEPS: Mapping[str | None, tuple[float, ...]] = {
    "vCPU": (0.25,),
    "GiB": (2.0**-10, 1.0),
    "KiB": (1.0,),
    "s": (1.0, 60.0, 3600.0, 86400.0),
}
"""How far beyond a threshold a value goes: the largest step that is no larger than the threshold."""
_SIDES: Mapping[Comparison, tuple[Comparison, Comparison]] = {
    "gt": ("gt", "lte"),
    "lte": ("gt", "lte"),
    "gte": ("gte", "lt"),
    "lt": ("gte", "lt"),
}
"""What is said of a number above a threshold, and of one below it."""


def changes(program: Program, root: Scope, marks: Mapping[Site, Marks]) -> tuple[Change, ...]:
    """Every change of one fact that some comparison can tell, the nearest value of each kind."""
    scopes = {scope.path: scope for scope in (root, *root.inner)}
    found = (_changes(program.vocabulary[fact], scopes[path], marked) for (path, fact), marked in marks.items())
    return tuple(change for changes in found for change in changes)


def changed(workload: Workload, edits: Iterable[Change]) -> Workload:
    """The workload with facts changed; what is said of all else stays, places included."""
    by_subject: dict[str, dict[str, Stated]] = {}
    for edit in edits:
        by_subject.setdefault(edit.subject, {})[edit.fact] = Stated(edit.after, edit.place)
    return replace(workload, root=_changed(workload.root, by_subject))


def _changed(subject: Subject, edits: Mapping[str, Mapping[str, Stated]]) -> Subject:
    facts = {**subject.facts, **edits[subject.path]} if subject.path in edits else subject.facts
    within = f"{subject.path}." if subject.path else ""
    if not any(path.startswith(within) and path != subject.path for path in edits):
        return replace(subject, facts=facts)
    return replace(subject, facts=facts, parts=tuple(_changed(part, edits) for part in subject.parts))


def _changes(fact: FactType, scope: Scope, marked: Marks) -> Iterator[Change]:
    before = scope.values[fact.name]
    said = scope.subject.facts.get(fact.name)
    if said is not None and said.redacted:
        return
    origin: Origin = "unknown" if before is None else "assumed" if said is None else "stated"
    for after in _alternatives(fact, before, marked):
        past = _past(before, after, marked.leaves)
        place = said.place if said else None
        yield Change(scope.path, fact.name, before, origin, after, past, fact.unit, place)


def _alternatives(fact: FactType, before: Known, marked: Marks) -> list[Value]:
    """The values that comparisons tell from the one now: of those that they cannot tell apart, the nearest."""
    kinds: dict[tuple[Truth, ...], Value] = {}
    others = [value for value in _candidates(fact, before, marked) if value != before and _allowed(fact, value)]
    for value in sorted(others, key=lambda value: _distance(fact, before, value)):
        kinds.setdefault(_told(fact, value, marked.leaves), value)
    kinds.pop(_told(fact, before, marked.leaves), None)
    given = [value for value in marked.values if value != before and _allowed(fact, value)]
    return list(dict.fromkeys([*kinds.values(), *given]))


def _told(fact: FactType, value: Known, leaves: Sequence[Leaf]) -> tuple[Truth, ...]:
    here = nowhere(Values({fact.name: value}))
    return tuple(predicate(leaf)(here) for leaf in leaves)


def _candidates(fact: FactType, before: Known, marked: Marks) -> list[Value]:
    match fact.kind:
        case "boolean":
            return [True, False]
        case "number":
            return [*_numbers(fact, marked.leaves), *fact.words]
        case "word":
            return [*_words(marked.leaves), *fact.words]
        case "set":
            return _lists(before, marked.leaves)


def _words(leaves: Sequence[Leaf]) -> list[str]:
    return [value for leaf in leaves if isinstance(leaf, Is) for value in leaf.values if isinstance(value, str)]


def _lists(before: Known, leaves: Sequence[Leaf]) -> list[Value]:
    """The list with one word more or less, and the empty one."""
    held = before if isinstance(before, tuple) else ()
    mentioned = dict.fromkeys(word for leaf in leaves if isinstance(leaf, Has) for word in leaf.words)
    found: list[Value] = [(*held, word) for word in mentioned if word not in held]
    found += [tuple(other for other in held if other != word) for word in held]
    return [*found, ()] if any(isinstance(leaf, Has | Empty) for leaf in leaves) else found


def _numbers(fact: FactType, leaves: Sequence[Leaf]) -> list[float]:
    bounds = sorted({bound for leaf in leaves for bound in _bounds(leaf)})
    beside = [
        value
        for bound in bounds
        for value in (bound, bound - step_beyond(fact, bound), bound + step_beyond(fact, bound))
    ]
    return [*beside, *((low + high) / 2 for low, high in pairwise(bounds))]


def _bounds(leaf: Leaf) -> tuple[float, ...]:
    match leaf:
        case Compare(_, _, bound):
            return (bound,)
        case Is(_, values):
            return tuple(float(value) for value in values if isinstance(value, int | float))
        case _:
            return ()


def step_beyond(fact: FactType, bound: float) -> float:
    """How far beyond a threshold a person would go: the largest step that is no larger than it."""
    if fact.unit is None:
        return 0.01 if fact.most is not None and fact.most <= 1 else 1.0
    steps = _STEPS[fact.unit]
    return max((step for step in steps if step <= bound), default=steps[0])


def _allowed(fact: FactType, value: Value) -> bool:
    """Whether a file may state a value."""
    if not isinstance(value, float):
        return True
    return value >= 0 and (fact.most is None or value <= fact.most) and (not fact.whole or value == int(value))


def _distance(fact: FactType, before: Known, after: Value) -> float:
    """How far a value is from the one now; words are as far apart as they are listed."""
    if isinstance(before, int | float) and isinstance(after, int | float):
        return abs(after - before)
    if isinstance(before, tuple) and isinstance(after, tuple):
        return len({*before} ^ {*after})
    if before in fact.words and after in fact.words:
        return abs(fact.words.index(str(before)) - fact.words.index(str(after)))
    return 0.0


def _past(before: Known, after: Value, leaves: Sequence[Leaf]) -> tuple[Comparison, float] | None:
    """The last threshold that a number passes on its way; from what is no number, none."""
    if not isinstance(before, int | float) or not isinstance(after, int | float) or isinstance(after, bool):
        return None
    compared = [leaf for leaf in leaves if isinstance(leaf, Compare)]
    passed = [leaf for leaf in compared if predicate(leaf)(_at(leaf, before)) != predicate(leaf)(_at(leaf, after))]
    if not passed:
        return None
    last = min(passed, key=lambda leaf: abs(leaf.bound - after))
    above, below = _SIDES[last.comparison]
    return (above if after > before else below), last.bound


def _at(leaf: Compare, value: float) -> Scope:
    return nowhere(Values({leaf.fact: value}))
