"""Holds a workload and its advice against what real files say."""

from collections.abc import Iterator, Mapping, Sequence

from archadvisor.model.advice import Advice, Outcome
from archadvisor.model.change import stated_path
from archadvisor.model.drift import Drift
from archadvisor.model.fact import FactType, Known, Vocabulary
from archadvisor.model.place import Place
from archadvisor.model.quantity import worded
from archadvisor.model.workload import Declaration, Stated, Subject, Workload, short_name

_SECRETS = "service.uses.secrets"
"""A fact that holds names, which each file gives as it likes: they are counted."""
_REPLICAS = ("service.replicas.min", "service.replicas.max")


def drifts(workload: Workload, advice: Advice, reals: Sequence[Workload], vocabulary: Vocabulary) -> tuple[Drift, ...]:
    """Every difference: services by their presence, then facts, then decisions, in the order of the files."""
    declared = {subject.path: subject for subject in workload.root.all() if subject.kind != "literal"}
    present = {service.path for real in reals for service in _services(real)}
    found = [_absent(service, workload.file) for service in _services(workload) if service.path not in present]
    for real in reals:
        found += [_undeclared(service) for service in _services(real) if service.path not in declared]
        found += _undeclared_callers(workload, real)
        for subject in real.root.all():
            if subject.kind != "literal" and (own := declared.get(subject.path)) is not None:
                found += _other_facts(own, subject, workload.file, vocabulary)
                found += _undeclared_parts(own, subject)
        found += _other_decisions(advice, real.declarations, workload)
    return tuple(dict.fromkeys(found))


def _services(workload: Workload) -> list[Subject]:
    return [subject for subject in workload.root.parts if subject.kind == "service"]


def _absent(service: Subject, file: str) -> Drift:
    message = f"`{service.name}` is in the workload, and in none of the files"
    return Drift("absent", service.path, message, _in(service.place, file), None)


def _undeclared(service: Subject) -> Drift:
    message = f"`{service.name}` is in the files, and not in the workload"
    return Drift("undeclared", service.path, message, None, service.place)


def _undeclared_parts(own: Subject, real: Subject) -> Iterator[Drift]:
    """The endpoints and secrets of a service that are more than the workload has, whatever they are called there."""
    if own.kind != "service":
        return
    ours, theirs = ([part.name for part in each.parts if part.kind == "endpoint"] for each in (own, real))
    places = {part.name: part.place for part in real.parts}
    for name in _more(theirs, ours):
        message = f"`{real.name}` is reached by `{name}` in the files, and the workload has no endpoint for that"
        yield Drift("undeclared", f"{own.path}.endpoints.{name}", message, None, places[name])
    used, said = own.facts.get(_SECRETS), real.facts.get(_SECRETS)
    if said is not None and (used is None or used.value is not None):
        for name in _more(_words(said), _words(used)):
            message = f"`{real.name}` uses the secret `{name}` in the files, and the workload has none for that"
            yield Drift("undeclared", f"{own.path}.uses.secrets", message, None, said.place)


def _more(theirs: Sequence[str], ours: Sequence[str]) -> list[str]:
    """The names that are left where each has its like; those with another name may be any."""
    new, old = ([name for name in each if name not in other] for each, other in ((theirs, ours), (ours, theirs)))
    return new[len(old) :]


def _words(stated: Stated | None) -> Sequence[str]:
    return stated.value if stated is not None and isinstance(stated.value, tuple) else ()


def _undeclared_callers(workload: Workload, real: Workload) -> Iterator[Drift]:
    """The callers that are like none of the workload's."""
    known = [part for part in workload.root.parts if part.kind == "caller"]
    for caller in real.root.parts:
        if caller.kind == "caller" and not any(_is_like(each, caller) for each in known):
            message = f"`{caller.name}` reaches AWS by the files, and the workload has no caller like that"
            yield Drift("undeclared", caller.path, message, None, caller.place)


def _is_like(own: Subject, real: Subject) -> bool:
    """Whether a caller may be the one of a file: by its name, or as nothing that both say tells them apart."""
    both = own.facts.keys() & real.facts.keys()
    return own.name == real.name or all(_agrees(own.facts[name].value, real.facts[name].value) for name in both)


def _other_facts(own: Subject, real: Subject, file: str, vocabulary: Vocabulary) -> Iterator[Drift]:
    """The facts of a subject that a file says otherwise; what the workload leaves unknown, nothing contradicts."""
    for name, said in real.facts.items():
        entry = vocabulary[name]
        stated = own.facts.get(name)
        known = _known(stated, entry)
        if name == _SECRETS or _agrees(known, said.value) or _is_within(name, own.facts, real.facts):
            continue
        path = stated_path(own.path, name)
        told = worded(known, entry.unit)
        ours = f"`{told}` in the workload" if stated else f"not in the workload, which counts as `{told}`,"
        message = f"`{path}` is {ours} and `{worded(said.value, entry.unit)}` in the file"
        yield Drift("other_fact", path, message, _in(stated.place if stated else own.place, file), said.place)


def _known(stated: Stated | None, entry: FactType) -> Known:
    """What the workload says of a fact, or means by silence."""
    return stated.value if stated is not None else entry.silence


def _agrees(known: Known, real: Known) -> bool:
    """Whether two values can both be so: a list may hold more than a file asks for."""
    if known is None or real is None:
        return True
    if isinstance(known, tuple) and isinstance(real, tuple):
        return set(real) <= set(known)
    return known == real


def _is_within(name: str, own: Mapping[str, Stated], real: Mapping[str, Stated]) -> bool:
    """Whether a fixed number of replicas lies between those that the workload names."""
    if name not in _REPLICAS:
        return False
    (least, most), (low, high) = ([_number(facts, each) for each in _REPLICAS] for facts in (own, real))
    return low is not None and low == high and (least is None or least <= low) and (most is None or low <= most)


def _number(facts: Mapping[str, Stated], name: str) -> float | None:
    value = facts[name].value if name in facts else None
    return float(value) if isinstance(value, int | float) else None


def _other_decisions(advice: Advice, made: Sequence[Declaration], workload: Workload) -> Iterator[Drift]:
    """The options that a file has chosen where the workload's declaration, or else the advice, is another."""
    for choice in made:
        for outcome in advice.decisions if advice.kept is None else advice.kept:
            about = outcome.subject or ""
            if outcome.decision != choice.decision or not choice.means(about):
                continue
            if outcome.option not in (None, choice.option):
                yield _other_decision(outcome, choice, workload)


def _other_decision(outcome: Outcome, choice: Declaration, workload: Workload) -> Drift:
    subject = short_name(outcome.subject or "")
    of = f" of `{subject}`" if subject else ""
    how = "declared" if outcome.declared else "advised" if outcome.settled else "advised so far"
    message = f"{outcome.decision}{of} is `{choice.option}` in the file, and `{outcome.option}` is {how}"
    said = [each.place for each in workload.declarations if each.decision == choice.decision]
    place = said[0] if said and outcome.declared else _place_of(outcome, workload)
    path = ".".join(filter(None, ("decisions", outcome.decision, subject)))
    return Drift("other_decision", path, message, _in(place, workload.file), choice.place)


def _place_of(outcome: Outcome, workload: Workload) -> Place | None:
    """The place of a fact that the answer rests on, else that of its subject."""
    used = [fact.place for reason in outcome.reasons for fact in reason.evidence if fact.place is not None]
    own = [each.place for each in workload.root.all() if each.path == (outcome.subject or "")]
    return next(iter([*used, *own]), None)


def _in(place: Place | None, file: str) -> Place | None:
    return place._replace(file=file) if place is not None else None
