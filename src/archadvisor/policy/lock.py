"""Locks: whether the decisions a team settled on still hold, and if not, why."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from archadvisor.model.advice import Advice, Evidence, Finding, Outcome
from archadvisor.model.lock import Held, Holding, Lapse, Lock, Locked
from archadvisor.model.place import START
from archadvisor.model.quantity import worded
from archadvisor.model.rule import PackName
from archadvisor.model.workload import short_name
from archadvisor.policy.rules import finding

Key = tuple[str, str | None]
_MOST_FACTS = 3


@dataclass(frozen=True, slots=True)
class Now:
    """What a lock is held against: the facts in words, the packs, the catalog, and what lapsed."""

    values: Mapping[str, str]
    packs: tuple[PackName, ...]
    catalog: tuple[tuple[str, str], ...]
    lapsed: Mapping[Key, Lapse]


def standing(advice: Advice) -> tuple[Outcome, ...]:
    """The decisions that count: with what is declared, where something is."""
    return advice.decisions if advice.kept is None else advice.kept


def held(outcomes: Sequence[Outcome]) -> tuple[Held, ...]:
    """Decisions, which must be explained, as a lock keeps them."""
    made = [
        Held(
            outcome.decision,
            outcome.subject,
            outcome.option,
            tuple(sorted({reason.rule for reason in outcome.reasons})),
            tuple(sorted({used.fact: _in_words(used) for used in _evidence(outcome)}.items())),
        )
        for outcome in outcomes
    ]
    return tuple(sorted(made, key=lambda each: (each.decision, each.subject or "")))


def changed(locked: Sequence[Held], now: Sequence[Held]) -> dict[Key, str | None]:
    """The decisions that have another option now, with the locked one."""
    options = {(each.decision, each.subject): each.option for each in now}
    return {
        key: each.option
        for each in locked
        if (key := (each.decision, each.subject)) in options and options[key] != each.option
    }


def compared(advice: Advice, lock: Lock, locked: Sequence[Held], now: Now) -> Advice:
    """The advice, which must be explained, with how each locked decision stands; those that are broken are findings."""
    outcomes = {(outcome.decision, outcome.subject): outcome for outcome in standing(advice)}
    current = {(each.decision, each.subject): each for each in held(tuple(outcomes.values()))}
    known = [each for each in locked if (each.decision, each.subject) in current]
    stands = [(each, _holding(each, current[each.decision, each.subject])) for each in known]
    broken = [
        _broken(advice, lock, each, outcomes[each.decision, each.subject], seen_from(each.subject, outcomes, now))
        for each, holding in stands
        if holding == "broken"
    ]
    more = [*broken, *_out_of_date(advice, locked, current)]
    findings = sorted(
        [*advice.findings, *more], key=lambda each: (each.file, each.place, each.rule, each.subject or "")
    )
    told = tuple(Locked(each.decision, each.subject, holding) for each, holding in stands)
    return replace(advice, findings=tuple(findings), locked=told)


def seen_from(subject: str | None, outcomes: Mapping[Key, Outcome], now: Now) -> Now:
    """What is known now, with what was chosen for a subject, for what it is part of, and for the workload."""
    owner = ".".join(subject.split(".")[:2]) if subject else None
    chosen = {
        f"choice.{decision}": outcomes[decision, where].option or "none"
        for where in (None, owner, subject)
        for decision, about in outcomes
        if about == where
    }
    return replace(now, values={**now.values, **chosen})


def _holding(then: Held, now: Held) -> Holding:
    if then.option != now.option:
        return "broken"
    return "holds" if then.rules == now.rules else "other_reason"


def _broken(advice: Advice, lock: Lock, then: Held, outcome: Outcome, now: Now) -> Finding:
    lapse = now.lapsed.get((then.decision, then.subject))
    about = f" of `{short_name(then.subject)}`" if then.subject else ""
    told = {
        "what": f"`{then.decision}`{about}",
        "then": then.option or "no answer",
        "now": outcome.option or "no answer",
        "day": lapse.day if lapse else "",
        "why": "; ".join(lapse.values if lapse else [*why(then, outcome, now.values), *_newer(lock, now)]),
    }
    found = finding(_rule(lapse), advice.file, START, then.subject, told)
    evidence = _evidence(outcome)
    place = next((used.place for used in evidence if used.place is not None), START)
    return replace(found, place=place, evidence=evidence)


def _rule(lapse: Lapse | None) -> str:
    return "lock/no-longer-holds" if lapse is None else "lock/lapsed"


def why(then: Held, outcome: Outcome, values: Mapping[str, str]) -> list[str]:
    """Why a decision comes out another way: the facts that changed; if none it rested on did, the rules that decide."""
    facts = [f"`{path}` was {value} and is {values[path]}" for path, value in _differing(then, values)]
    new = [reason for reason in outcome.reasons if reason.rule not in then.rules]
    rules = ", ".join(dict.fromkeys(f"`{reason.rule}`" for reason in new))
    grounds = dict.fromkeys(path for reason in new for used in reason.evidence for path in _stated(used))
    told = [f"`{path}` is {values[path]}" for path in grounds if path in values and path not in dict(then.facts)]
    ground = f", as {' and '.join(told)}" if told else ""
    speaks = [f"{rules} decides now{ground}"] if new else []
    declared = ["it is declared"] if outcome.declared else []
    return facts[:_MOST_FACTS] or declared or speaks or ["what spoke for it does not any more"]


def _stated(used: Evidence) -> list[str]:
    """The paths of the facts that a fact rests on, of the same subject: itself, where it is stated."""
    subject = used.fact.rpartition(".")[0]
    return [f"{subject}.{name.partition('.')[2]}" for name in used.inputs] if used.origin == "derived" else [used.fact]


def _differing(then: Held, values: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    return ((path, value) for path, value in then.facts if path in values and values[path] != value)


def _newer(lock: Lock, now: Now) -> Iterator[str]:
    """Packs and tables of the catalog that are not those of the lock."""
    before = {pack.name: pack.version for pack in lock.packs}
    after = {pack.name: pack.version for pack in now.packs}
    for name in sorted(before.keys() | after.keys()):
        if before.get(name) != after.get(name):
            yield f"the pack `{name}` was {before.get(name, 'not there')} and is {after.get(name, 'not there')}"
    tables = dict(lock.catalog)
    for name, checked in now.catalog:
        if tables.get(name) != checked:
            yield f"the catalog's `{name}` was checked on {checked}"


def _out_of_date(advice: Advice, locked: Sequence[Held], current: Mapping[Key, Held]) -> Iterator[Finding]:
    """One finding for the decisions that are new, or are not made any more."""
    known = {(each.decision, each.subject) for each in locked}
    new, gone = len(current.keys() - known), len(known - current.keys())
    if new or gone:
        parts = [f"{new} not in the lock"] if new else []
        parts += [f"{gone} in the lock not made any more"] if gone else []
        yield finding("lock/out-of-date", advice.file, START, None, {"what": " and ".join(parts)})


def _evidence(outcome: Outcome) -> tuple[Evidence, ...]:
    return tuple({used.fact: used for reason in outcome.reasons for used in reason.evidence}.values())


def _in_words(used: Evidence) -> str:
    return "****" if used.redacted else worded(used.value, used.unit)
