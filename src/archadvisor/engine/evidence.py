"""Why a rule spoke: the facts it used, its message with them filled in, its sources."""

import re
from collections.abc import Iterable
from functools import lru_cache

from archadvisor.engine.asking import fact_path
from archadvisor.engine.match import Grounds, Use
from archadvisor.engine.match import grounds_of as grounds_of_condition
from archadvisor.engine.program import Program
from archadvisor.engine.scope import Scope, stated
from archadvisor.engine.voice import Voice
from archadvisor.model.advice import EffectName, Evidence, Reason
from archadvisor.model.fact import FactType, Origin
from archadvisor.model.place import Place
from archadvisor.model.quantity import worded
from archadvisor.model.rule import Effect, Favors, Flags, Requires, Rule, RulesOut, Source

_PLACEHOLDER = re.compile(r"\{([a-z_]+(?:\.[a-z_]+)*)\}")


def evidence(program: Program, uses: Iterable[Use]) -> tuple[Evidence, ...]:
    """The facts that were used, each once."""
    found = [_evidence(program, scope, fact) for scope, fact in uses]
    return tuple({used.fact: used for used in found}.values())


def filled(program: Program, text: str, scope: Scope) -> str:
    """A message with the facts in braces filled in."""

    def value(fact: str) -> str:
        entry = program.vocabulary.get(fact)
        return worded(scope.values[fact], entry.unit if entry else None)

    return "".join([value(piece) if number % 2 else piece for number, piece in enumerate(_pieces(text))])


def named(text: str) -> list[str]:
    """The facts that a message names in braces."""
    return _pieces(text)[1::2]


@lru_cache(maxsize=4096)
def _pieces(text: str) -> list[str]:
    """A message cut at its braces: plain text and facts in turns."""
    return _PLACEHOLDER.split(text)


@lru_cache(maxsize=4096)
def grounds_of(voice: Voice) -> Grounds:
    """What gives the grounds on which a voice speaks."""
    return grounds_of_condition(voice.rule.when)


def reason(program: Program, voice: Voice, scope: Scope, option: str, via: str | None = None) -> Reason:
    """What a voice says about an option."""
    rule = voice.rule
    return Reason(
        rule=rule.id,
        effect=_effect(rule.effect),
        option=option,
        concern=voice.favors.concern if voice.favors else None,
        strength=voice.favors.strength if voice.favors else None,
        because=filled(program, rule.because, scope),
        via=via,
        evidence=evidence(program, grounds_of(voice)(scope, True)),
        sources=sources(program, rule),
        unverified=voice.unverified,
    )


def sources(program: Program, rule: Rule) -> tuple[Source, ...]:
    """The sources a rule names."""
    return tuple(program.rulebook.sources[name] for name in rule.sources)


def _effect(effect: Effect) -> EffectName:
    match effect:
        case Requires():
            return "requires"
        case Favors():
            return "favors"
        case RulesOut() | Flags():
            return "rules_out"


def _evidence(program: Program, scope: Scope, fact: str) -> Evidence:
    entry = program.vocabulary.get(fact)
    value = scope.values.get(fact, "none")
    path = fact_path(scope, fact, program.vocabulary)
    if entry is None:
        return Evidence(path, value, "chosen")
    if entry.inputs:
        return Evidence(path, value, "derived", entry.inputs, _input_place(program, scope, entry), unit=entry.unit)
    said = stated(scope, entry)
    if said is None and entry.inherits:
        return _evidence(program, scope, entry.inherits)
    if said is None:
        return Evidence(path, value, "unknown" if value is None else "assumed", unit=entry.unit)
    origin: Origin = "unknown" if value is None and not said.redacted else "stated"
    return Evidence(path, value, origin, (), said.place, said.redacted, entry.unit)


def _input_place(program: Program, scope: Scope, derived: FactType) -> Place | None:
    """Where the first stated input of a derived fact is written."""
    if derived.name.endswith(".name"):
        owner = scope.owner(derived.subject)
        return owner.place if owner else None
    entries = [program.vocabulary[name] for name in derived.inputs if name in program.vocabulary]
    places = (said.place for entry in entries if (said := stated(scope, entry)) is not None)
    return next((place for place in places if place is not None), None)
