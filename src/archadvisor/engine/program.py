"""A rulebook made ready to run: tests instead of conditions, rules by what they speak on."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import takewhile
from operator import or_

from archadvisor.engine.ballot import Ahead, Ballot, Poll
from archadvisor.engine.derivation import DerivedFact
from archadvisor.engine.derived import DERIVED
from archadvisor.engine.memory import Memory
from archadvisor.engine.scope import Scope, Silences, silences_of
from archadvisor.engine.scope import scope_of as scope_under
from archadvisor.engine.sight import Lens, Sight, Test, lens_of
from archadvisor.engine.voice import Choir, Voice
from archadvisor.model.catalog import Almanac, Catalog
from archadvisor.model.condition import Condition, facts
from archadvisor.model.configuration import EVERYTHING, Choice
from archadvisor.model.fact import FactType, SubjectKind, Vocabulary
from archadvisor.model.frozen import dataclass
from archadvisor.model.rule import Decision, Effect, Favors, Flags, Requires, Rule, Rulebook, RulesOut
from archadvisor.model.workload import Workload

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


Told = tuple[tuple[str, str], ...]
"""An outcome as facts that rules can read."""


def _everything(file: str) -> Choice:
    return EVERYTHING


@dataclass(frozen=True, slots=True)
class Program:
    """A rulebook, a catalog and a day, made ready to advise on any number of workloads."""

    rulebook: Rulebook
    almanac: Almanac
    """The catalog as it is on the day."""
    assume: bool
    """Whether silence may mean a value; else it always means unknown."""
    vocabulary: Vocabulary
    derived: Mapping[str, DerivedFact]
    silences: Mapping[SubjectKind, Silences]
    lens: Lens
    ballots: Mapping[str, Ballot]
    flags: Mapping[SubjectKind, Choir]
    told: Memory[Told]
    """What rules about outcomes can read, where one of them may hold, by how an outcome stands."""
    choice: Callable[[str], Choice] = _everything
    """Which findings are shown, by the path of the workload file."""
    key: str = ""
    """The same for programs that were made of the same files for the same day; empty where that is not known."""

    def scope_of(self, workload: Workload, day: str | None = None) -> Scope:
        """The scope of a workload, as it is on the day of the program or on another ISO day."""
        almanac = Almanac(self.catalog, day) if day else self.almanac
        return scope_under(workload, self.silences, self.lens, almanac)

    @property
    def catalog(self) -> Catalog:
        """The tables of dated facts."""
        return self.almanac.catalog

    @property
    def day(self) -> str:
        """The ISO day on which it advises."""
        return self.almanac.day


def program(rulebook: Rulebook, catalog: Catalog, stated: Vocabulary, day: str, assume: bool = True) -> Program:
    """The program for an ISO day; with `assume` false, silence always means unknown."""
    rules = [rule for rule in rulebook.rules if rule.speaks_on(day)]
    silences = silences_of({**stated, **{fact.name: fact.type for fact in DERIVED}}, DERIVED, assume)
    lens = lens_of(
        _asked(rulebook.decisions, rules),
        {kind: known.assumed for kind, known in silences.items()},
        {kind: (f"{kind}.name", *known.followed) for kind, known in silences.items()},
    )
    voices = _Voices(rulebook, catalog, rules, lens)
    decisions = {decision.id: decision for decision in rulebook.decisions}
    return Program(
        rulebook,
        Almanac(catalog, day),
        assume,
        vocabulary(stated),
        {fact.name: fact for fact in DERIVED},
        silences,
        lens,
        {name: _ballot(decision, decisions, voices) for name, decision in decisions.items()},
        {kind: _choir(found) for kind, found in _by_subject(voices.of[None]).items()},
        Memory(),
    )


def _asked(decisions: Iterable[Decision], rules: Iterable[Rule]) -> Iterator[tuple[Condition, tuple[SubjectKind, ...]]]:
    """Every condition, with the kinds of subjects it is asked about."""
    for decision in decisions:
        yield from ((condition, decision.subjects) for condition in _conditions(decision))
    yield from ((rule.when, rule.subjects) for rule in rules)


class _Voices:
    """The voices of all rules that speak, by the decision they speak on."""

    def __init__(self, rulebook: Rulebook, catalog: Catalog, rules: Iterable[Rule], lens: Lens) -> None:
        self.lens = lens
        self.of: dict[str | None, list[Voice]] = {None: [], **{decision.id: [] for decision in rulebook.decisions}}
        options = {decision.id: tuple(option.id for option in decision.options) for decision in rulebook.decisions}
        tables = {fact.name: [catalog[name] for name in fact.tables] for fact in DERIVED if fact.tables}
        for rule in sorted(rules, key=lambda rule: rule.id):
            read = [table for fact in facts(rule.when) for table in tables.get(fact, ())]
            checked = [*(rulebook.sources[source].checked for source in rule.sources), *(each.checked for each in read)]
            voice = Voice(
                rule,
                lens.test(rule.when),
                _closes(rule.effect, options.get(rule.decision or "", ())),
                rule.effect if isinstance(rule.effect, Favors) else None,
                rule.unverified or any(row.unverified for table in read for row in table.rows),
                min(checked),
            )
            self.of.setdefault(rule.decision, []).append(voice)


def _ballot(decision: Decision, decisions: Mapping[str, Decision], voices: _Voices) -> Ballot:
    lens = voices.lens
    own = _by_subject(voices.of[decision.id], decision.subjects)
    foreseen = [decisions[name] for name in decision.foresees if name in decisions]
    closing = [voice for each in foreseen for voice in voices.of[each.id] if voice.closes]
    conditions = _mask(lens.test(condition) for each in foreseen for condition in _conditions(each))
    ahead = {
        kind: conditions | _mask(voice.test for voice in closing if kind in voice.rule.subjects)
        for each in foreseen
        for kind in each.subjects
    }
    beyond = reduce(or_, ahead.values(), 0)
    return Ballot(
        decision,
        tuple(option.id for option in decision.options),
        lens.test(decision.applies),
        {option.id: lens.test(option.only) for option in decision.options},
        {kind: _poll(decision, found, lens, beyond, ahead.keys() <= {kind}) for kind, found in own.items()},
        {kind: Ahead(mask) for kind, mask in ahead.items()},
        _before(decision, foreseen, decisions),
        {option.id: (option.id == decision.default, -place) for place, option in enumerate(decision.options)},
    )


def _before(decision: Decision, foreseen: Iterable[Decision], decisions: Iterable[str]) -> frozenset[str]:
    earlier = takewhile(lambda name: name != decision.id, decisions)
    return frozenset(earlier) & {name for each in (decision, *foreseen) for name in each.after}


def _poll(decision: Decision, voices: Sequence[Voice], lens: Lens, beyond: Sight, alone: bool) -> Poll:
    choir = _choir(voices)
    mask = choir.mask | _mask(map(lens.test, _conditions(decision)))
    return Poll(choir, mask, mask | beyond, lens.asked_for(mask | beyond), alone)


def _mask(tests: Iterable[Test]) -> Sight:
    return reduce(or_, [test.mask for test in tests], 0)


def _choir(voices: Sequence[Voice]) -> Choir:
    return Choir(tuple(voices), _mask(voice.test for voice in voices))


def _conditions(decision: Decision) -> tuple[Condition, ...]:
    return (decision.applies, *(option.only for option in decision.options))


def _by_subject(voices: Iterable[Voice], kinds: Iterable[SubjectKind] = ()) -> dict[SubjectKind, list[Voice]]:
    found: dict[SubjectKind, list[Voice]] = {kind: [] for kind in kinds}
    for voice in voices:
        for subject in voice.rule.subjects:
            found.setdefault(subject, []).append(voice)
    return found


def _closes(effect: Effect, options: tuple[str, ...]) -> tuple[str, ...]:
    match effect:
        case Requires(option):
            return tuple(other for other in options if other != option)
        case RulesOut(closed):
            return closed
        case Favors() | Flags():
            return ()
