"""A rulebook made ready to run: predicates instead of conditions, rules by what they speak on."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from archadvisor.engine.derived import DERIVED
from archadvisor.engine.match import Predicate, predicate
from archadvisor.engine.memory import Memory
from archadvisor.engine.scope import DerivedFact, Scope, Silences, Values, nowhere, silences_of
from archadvisor.engine.view import View, view_of
from archadvisor.model.catalog import Catalog
from archadvisor.model.condition import ALWAYS, Condition, asks_over, facts
from archadvisor.model.configuration import EVERYTHING, Choice
from archadvisor.model.fact import FactType, Known, SubjectKind, Vocabulary
from archadvisor.model.rule import Decision, Effect, Favors, Flags, Requires, Rule, Rulebook, RulesOut

OUTCOME_FACTS: tuple[FactType, ...] = (
    FactType(
        "literal.looks_like",
        "literal",
        "word",
        "what a plain-text secret in the file looks like",
        ("access_key", "private_key", "url_credentials", "token", "password"),
    ),
    FactType("outcome.decision", "outcome", "word", "the decision that was made"),
    FactType(
        "outcome.option", "outcome", "word", "the option that is declared, else advised; `none` where none is left"
    ),
    FactType("outcome.advised", "outcome", "word", "the option that is advised; `none` where none is left"),
    FactType(
        "outcome.verdict",
        "outcome",
        "word",
        "how the advice came about",
        ("forced", "clear", "close", "default", "conflict"),
    ),
    FactType(
        "outcome.standing",
        "outcome",
        "word",
        "how a declared option stands against the advice",
        ("undeclared", "as_advised", "ruled_out", "contradicted", "differs"),
    ),
)


def vocabulary(stated: Vocabulary) -> dict[str, FactType]:
    """All facts that rules may name: stated ones, names, derived ones, and what the engine says of outcomes."""
    kinds: list[SubjectKind] = ["workload", "service", "image", "endpoint", "link", "secret", "caller", "literal"]
    names = {
        f"{kind}.name": FactType(f"{kind}.name", kind, "word", f"the name of the {kind}", inputs=("-",))
        for kind in kinds
    }
    return {
        **stated,
        **names,
        **{fact.name: fact.type for fact in DERIVED},
        **{fact.name: fact for fact in OUTCOME_FACTS},
    }


@dataclass(frozen=True, slots=True)
class Voice:
    """A rule made ready to run: when it holds, which options it closes, how far it can be trusted."""

    rule: Rule
    holds: Predicate
    closes: tuple[str, ...]
    favors: Favors | None
    unverified: bool
    """Whether the rule, or a catalog table it rests on, has no source that could be checked."""
    checked: str
    """The day on which the oldest of its sources was checked."""
    silent_at: tuple[str, Known] | None
    """A fact and its assumed value that keep the rule silent whatever else is so: most rules wait for a rare need."""


Heard = tuple[tuple[Voice, ...], tuple[Voice, ...]]
"""The voices that speak, and those that wait for unknown facts, by rule id."""


@dataclass(frozen=True, slots=True)
class Choir:
    """The voices of a decision, or those that flag, about one kind of subject."""

    alert: tuple[Voice, ...]
    waiting: tuple[tuple[str, Known, tuple[Voice, ...]], ...]
    """Voices that are silent while a fact has its assumed value."""
    reads: frozenset[str]
    choices: Mapping[str, str]
    """The earlier decisions whose options it asks for, with the facts that hold them; they are not in the view."""
    view: View
    memory: Memory

    @property
    def voices(self) -> tuple[Voice, ...]:
        """All voices."""
        return (*self.alert, *(voice for _, _, voices in self.waiting for voice in voices))

    def hear(self, scope: Scope) -> Heard:
        """Who speaks in a scope, and who waits."""
        values = scope.values
        awake = [voice for fact, assumed, voices in self.waiting if values.get(fact) != assumed for voice in voices]
        heard = [(voice, voice.holds(scope)) for voice in sorted([*awake, *self.alert], key=_rule_id)]
        return (
            tuple([voice for voice, truth in heard if truth is True]),
            tuple([voice for voice, truth in heard if truth is None]),
        )


NO_CHOIR = Choir((), (), frozenset(), {}, view_of(()), Memory())


@dataclass(frozen=True, slots=True)
class Ahead:
    """What decides whether the decisions that one must leave an answer for have one, about one kind of subject."""

    view: View
    reads: Mapping[str, str]
    """The decisions whose options they ask for, with the facts that hold them; they are not in the view."""
    memory: Memory


@dataclass(frozen=True, slots=True)
class Ballot:
    """A decision made ready to run."""

    decision: Decision
    options: tuple[str, ...]
    applies: Predicate
    exists: Mapping[str, Predicate]
    """Where the options that do not exist everywhere do."""
    choirs: Mapping[SubjectKind, Choir]
    ahead: Mapping[SubjectKind, Ahead]
    """By the kinds of subjects that the foreseen decisions are for."""
    heeded: Mapping[SubjectKind, Mapping[str, str]]
    """By its own kinds of subjects, the decisions whose options can matter to it, now or further on, with the facts."""
    alone: frozenset[SubjectKind]
    """Its kinds of subjects whose parts do not matter to later decisions."""
    standing: Mapping[str, tuple[bool, int]]
    """What decides between options with equal scores: the default first, then the order of the options."""
    memory: Memory
    """Of subjects on which alone the answer depends: how the options stand, and what they may still become."""


def _everything(file: str) -> Choice:
    return EVERYTHING


@dataclass(frozen=True, slots=True)
class Program:
    """A rulebook, a catalog and a day, made ready to advise on any number of workloads."""

    rulebook: Rulebook
    catalog: Catalog
    day: str
    vocabulary: Vocabulary
    derived: Mapping[str, DerivedFact]
    silences: Mapping[SubjectKind, Silences]
    ballots: Mapping[str, Ballot]
    flags: Mapping[SubjectKind, Choir]
    choice: Callable[[str], Choice] = _everything
    """Which findings are shown, by the path of the workload file."""
    key: str = ""
    """The same for programs that were made of the same files for the same day; empty where that is not known."""


def program(rulebook: Rulebook, catalog: Catalog, stated: Vocabulary, day: str, assume: bool = True) -> Program:
    """The program for an ISO day; with `assume` false, silence always means unknown."""
    options = {decision.id: tuple(option.id for option in decision.options) for decision in rulebook.decisions}
    assumed = {name: fact.silence for name, fact in stated.items() if fact.silence is not None}
    voices: dict[str | None, list[Voice]] = {}
    for rule in rulebook.rules:
        if rule.speaks_on(day):
            known = options.get(rule.decision or "", ())
            voices.setdefault(rule.decision, []).append(_voice(rule, known, rulebook, catalog, assumed))
    decisions = {decision.id: decision for decision in rulebook.decisions}
    return Program(
        rulebook,
        catalog,
        day,
        vocabulary(stated),
        {fact.name: fact for fact in DERIVED},
        silences_of({**stated, **{fact.name: fact.type for fact in DERIVED}}, DERIVED, assume),
        {name: _ballot(decision, decisions, voices) for name, decision in decisions.items()},
        _by_subject(voices.get(None, [])),
    )


def _ballot(decision: Decision, decisions: Mapping[str, Decision], voices: Mapping[str | None, list[Voice]]) -> Ballot:
    own = voices.get(decision.id, [])
    foreseen = [decisions[name] for name in decision.foresees if name in decisions]
    choirs = _by_subject(own, decision.subjects, _conditions(decision))
    ahead = _ahead(foreseen, [voice for later in foreseen for voice in voices.get(later.id, []) if voice.closes])
    further = {name: fact for each in ahead.values() for name, fact in each.reads.items()}
    return Ballot(
        decision,
        tuple(option.id for option in decision.options),
        predicate(decision.applies),
        {option.id: predicate(option.only) for option in decision.options if option.only != ALWAYS},
        choirs,
        ahead,
        {kind: {**choir.choices, **further} for kind, choir in choirs.items()},
        frozenset(kind for kind in choirs if ahead.keys() <= {kind}),
        {option.id: (option.id == decision.default, -place) for place, option in enumerate(decision.options)},
        Memory(),
    )


def _conditions(decision: Decision) -> tuple[Condition, ...]:
    return (decision.applies, *(option.only for option in decision.options))


def _choices(conditions: Iterable[Condition]) -> dict[str, str]:
    """The decisions whose options some conditions ask for, with the facts that hold them."""
    read = (fact for condition in conditions for fact in facts(condition))
    return {fact.removeprefix("choice."): fact for fact in read if fact.startswith("choice.")}


def _ahead(foreseen: Sequence[Decision], voices: Sequence[Voice]) -> dict[SubjectKind, Ahead]:
    found: dict[SubjectKind, Ahead] = {}
    for kind in dict.fromkeys(kind for decision in foreseen for kind in decision.subjects):
        conditions = [condition for decision in foreseen for condition in _conditions(decision)]
        conditions += [voice.rule.when for voice in voices if kind in voice.rule.subjects]
        reads = _choices(conditions)
        found[kind] = Ahead(view_of(conditions, frozenset(reads.values())), reads, Memory())
    return found


def _by_subject(
    voices: Iterable[Voice],
    kinds: Iterable[SubjectKind] = (),
    conditions: Sequence[Condition] = (),
) -> dict[SubjectKind, Choir]:
    """The choirs by kind of subject; what is remembered of them also depends on `conditions`."""
    found: dict[SubjectKind, list[Voice]] = {kind: [] for kind in kinds}
    for voice in voices:
        for subject in voice.rule.subjects:
            found.setdefault(subject, []).append(voice)
    return {subject: _choir(voices, conditions) for subject, voices in found.items()}


def _choir(voices: list[Voice], conditions: Sequence[Condition]) -> Choir:
    waiting: dict[tuple[str, Known], list[Voice]] = {}
    for voice in voices:
        if voice.silent_at is not None:
            waiting.setdefault(voice.silent_at, []).append(voice)
    heard = [*(voice.rule.when for voice in voices), *conditions]
    choices = _choices(heard)
    return Choir(
        tuple(voice for voice in voices if voice.silent_at is None),
        tuple((fact, assumed, tuple(found)) for (fact, assumed), found in waiting.items()),
        frozenset(fact for condition in heard for fact in facts(condition)),
        choices,
        view_of(heard, frozenset(choices.values())),
        Memory(),
    )


def _rule_id(voice: Voice) -> str:
    return voice.rule.id


def _silent_at(rule: Rule, holds: Predicate, assumed: Mapping[str, Known]) -> tuple[str, Known] | None:
    """What is false with one fact at its assumed value and all others unknown is false whatever those are."""
    if asks_over(rule.when):
        return None
    unknown = dict.fromkeys(facts(rule.when))
    for fact in unknown:
        if assumed.get(fact) is not None and holds(nowhere(Values({**unknown, fact: assumed[fact]}))) is False:
            return fact, assumed[fact]
    return None


def _voice(
    rule: Rule, options: tuple[str, ...], rulebook: Rulebook, catalog: Catalog, assumed: Mapping[str, Known]
) -> Voice:
    read = facts(rule.when)
    tables = [catalog[name] for fact in DERIVED if fact.name in read for name in fact.tables]
    holds = predicate(rule.when)
    return Voice(
        rule,
        holds,
        _closes(rule.effect, options),
        rule.effect if isinstance(rule.effect, Favors) else None,
        rule.unverified or any(row.unverified for table in tables for row in table.rows),
        min([*(rulebook.sources[source].checked for source in rule.sources), *(table.checked for table in tables)]),
        _silent_at(rule, holds, assumed),
    )


def _closes(effect: Effect, options: tuple[str, ...]) -> tuple[str, ...]:
    match effect:
        case Requires(option):
            return tuple(other for other in options if other != option)
        case RulesOut(closed):
            return closed
        case Favors() | Flags():
            return ()
