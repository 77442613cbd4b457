"""The `when` of a rule to a condition, every fact, value and comparison checked against the vocabulary."""

from collections.abc import Iterable
from collections.abc import Mapping as Lookup
from dataclasses import dataclass
from math import inf
from typing import get_args

from archadvisor.loading.node import Mapping, Node, Scalar, Sequence
from archadvisor.loading.wording import listed, nearest, suggestion
from archadvisor.model.condition import (
    ALWAYS,
    AllOf,
    AnyOf,
    Compare,
    Comparison,
    Condition,
    Constant,
    Empty,
    Has,
    Is,
    Known,
    Not,
    Over,
    Quantifier,
)  # fmt: skip
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.fact import COLLECTIONS, FactType, SubjectKind, Vocabulary, is_part, visible
from archadvisor.model.frozen import replace
from archadvisor.model.place import Place
from archadvisor.model.quantity import EXAMPLES, quantity

_COMPARISONS: tuple[Comparison, ...] = get_args(Comparison)
_QUANTIFIERS: tuple[Quantifier, ...] = get_args(Quantifier)
_DECISION = "outcome.decision"
_OUTCOME_NAMES = (_DECISION, "outcome.option", "outcome.advised")
"""The facts about outcomes that name decisions and options."""
_KIND_WORDS = {"word": "a word", "number": "a number", "boolean": "`true` or `false`", "set": "a set"}


@dataclass(frozen=True, slots=True)
class Dictionary:
    """What conditions may name: facts, and the options of decisions."""

    facts: Vocabulary
    options: Lookup[str, tuple[str, ...]]
    """The options of every decision."""
    unsure: frozenset[str] = frozenset()
    """Names that may be those of decisions and sources, in files that cannot be read."""

    def outcomes(self, fact: str, beside: Mapping) -> tuple[str, ...]:
        """What a fact about outcomes may be: a decision, or an option of those named beside it, else of all."""
        if fact == _DECISION:
            return tuple(self.options)
        named = beside.items[_DECISION][1] if _DECISION in beside.items else None
        words = [item.written for item in _items(named) if isinstance(item, Scalar)]
        known = [self.options[word] for word in words if word in self.options]
        return tuple(dict.fromkeys(option for options in known or self.options.values() for option in options))


class ConditionReader:
    """Reads the conditions of one file; what is wrong with them is added to `diagnostics`."""

    def __init__(self, dictionary: Dictionary, file: str, diagnostics: list[Diagnostic]) -> None:
        self.dictionary = dictionary
        self.file = file
        self.diagnostics = diagnostics

    def read(self, node: Node, subjects: tuple[SubjectKind, ...], flags: bool = False) -> Condition:
        """The condition a mapping stands for; `flags` allows it to ask whether a fact is known."""
        if not isinstance(node, Mapping):
            self._complain("expected a mapping of facts", node.place)
            return ALWAYS
        parts = [self._entry(key, node, subjects, flags) for key in node.items]
        found = tuple(part for part in parts if part is not None)
        return found[0] if len(found) == 1 else AllOf(found)

    def _complain(self, message: str, place: Place, hint: str | None = None) -> None:
        self.diagnostics.append(Diagnostic(self.file, message, place, hint))

    def _entry(self, key: str, node: Mapping, subjects: tuple[SubjectKind, ...], flags: bool) -> Condition | None:
        key_node, value = node.items[key]
        if key in ("all", "any"):
            if not isinstance(value, Sequence):
                self._complain(f"expected a list of conditions under `{key}`", value.place)
                return None
            if not value.items:
                self._complain(f"expected at least one condition under `{key}`", value.place)
                return None
            parts = tuple(self.read(item, subjects, flags) for item in value.items)
            return AllOf(parts) if key == "all" else AnyOf(parts)
        if key == "not":
            return Not(self.read(value, subjects, flags))
        quantifier = next((known for known in _QUANTIFIERS if known == key), None)
        if quantifier is not None:
            return self._over(quantifier, value, subjects, flags)
        if key.startswith("choice."):
            return self._choice(key, key_node, value)
        fact = self._fact(key, key_node, subjects)
        if fact is not None and key in _OUTCOME_NAMES:
            fact = replace(fact, words=self.dictionary.outcomes(key, node))
        return self._comparison(fact, value, flags) if fact else None

    def _over(
        self, quantifier: Quantifier, value: Node, subjects: tuple[SubjectKind, ...], flags: bool
    ) -> Condition | None:
        if not isinstance(value, Mapping) or len(value.items) != 1:
            self._complain(
                f"expected one collection under `{quantifier}`",
                value.place,
                f"expected {listed([f'`{c}`' for c in COLLECTIONS])}",
            )
            return None
        collection, (key_node, inner) = next(iter(value.items.items()))
        if collection not in COLLECTIONS:
            self._complain(
                f"unknown collection `{collection}`", key_node.place, suggestion(collection, list(COLLECTIONS))
            )
            return None
        kind = COLLECTIONS[collection]
        whole = [subject for subject in subjects if not is_part(kind, subject)]
        if whole:
            self._complain(
                f"`{collection}` are no parts of the {listed(whole)}, so a condition on it cannot ask over them",
                key_node.place,
                _parts_hint(whole[0]),
            )
            return None
        return Over(quantifier, collection, self.read(inner, (kind,), flags))

    def _choice(self, key: str, key_node: Scalar, value: Node) -> Condition | None:
        decision = key.removeprefix("choice.")
        options = self.dictionary.options.get(decision)
        if options is None:
            if decision not in self.dictionary.unsure:
                hint = suggestion(decision, list(self.dictionary.options))
                self._complain(f"unknown decision `{decision}`", key_node.place, hint)
            return None
        fact = FactType(key, "workload", "word", "", (*options, "none"))
        return self._comparison(fact, value, False)

    def _fact(self, name: str, key_node: Scalar, subjects: tuple[SubjectKind, ...]) -> FactType | None:
        fact = self.dictionary.facts.get(name)
        if fact is None:
            close = nearest(name, [*self.dictionary.facts, "all", "any", "not", *_QUANTIFIERS])
            self._complain(f"unknown fact `{name}`", key_node.place, f"did you mean `{close}`?" if close else None)
            return None
        if not any(visible(fact.subject, subject) for subject in subjects):
            self._complain(
                f"`{name}` is a fact of the {fact.subject}, which a rule about the {listed(subjects)} cannot read",
                key_node.place,
            )
            return None
        return fact

    def _comparison(self, fact: FactType, value: Node, flags: bool) -> Condition | None:
        if not isinstance(value, Scalar) and not value.items:
            hint = "leave it out where any value will do" if isinstance(value, Mapping) else None
            self._complain(f"nothing is asked of `{fact.name}`", value.place, hint)
            return None
        if isinstance(value, Mapping):
            parts = [
                self._operator(fact, key, key_node, inner, flags) for key, (key_node, inner) in value.items.items()
            ]
            found = tuple(part for part in parts if part is not None)
            return found[0] if len(found) == 1 else AllOf(found)
        if fact.kind == "set":
            self._complain(
                f"`{fact.name}` is a set", value.place, "ask with `{has: …}`, `{lacks: …}` or `{empty: true}`"
            )
            return None
        items = value.items if isinstance(value, Sequence) else [value]
        constants = tuple(constant for item in items if (constant := self._constant(fact, item)) is not None)
        return Is(fact.name, constants) if len(constants) == len(items) else None

    def _operator(self, fact: FactType, operator: str, key_node: Scalar, value: Node, flags: bool) -> Condition | None:
        comparison = next((known for known in _COMPARISONS if known == operator), None)
        if comparison is not None and fact.kind == "number":
            bound = self._constant(fact, value)
            return Compare(fact.name, comparison, bound) if isinstance(bound, (int, float)) else None
        if operator in ("has", "lacks") and fact.kind == "set":
            items = value.items if isinstance(value, Sequence) else [value]
            if not items:
                self._complain(f"`{operator}` needs at least one word", value.place)
                return None
            words = tuple(str(word) for item in items if (word := self._word(fact, item)) is not None)
            return Has(fact.name, words) if operator == "has" else Not(Has(fact.name, words))
        if operator == "empty" and fact.kind == "set" and (wanted := self._boolean(value)) is not None:
            return Empty(fact.name) if wanted else Not(Empty(fact.name))
        if operator == "known" and flags and (wanted := self._boolean(value)) is not None:
            return Known(fact.name) if wanted else Not(Known(fact.name))
        allowed = {"number": _COMPARISONS, "set": ("has", "lacks", "empty")}.get(fact.kind, ()) + (
            ("known",) if flags else ()
        )
        hint = (
            f"expected {listed([f'`{word}`' for word in allowed])}"
            if allowed
            else "write the value, or a list of values"
        )
        self._complain(
            f"`{operator}` cannot be asked of `{fact.name}`, which is {_KIND_WORDS[fact.kind]}", key_node.place, hint
        )
        return None

    def _boolean(self, node: Node) -> bool | None:
        if isinstance(node, Scalar) and isinstance(node.value, bool):
            return node.value
        self._complain("expected `true` or `false`", node.place)
        return None

    def _constant(self, fact: FactType, node: Node) -> Constant | None:
        if not isinstance(node, Scalar):
            self._complain("expected a single value", node.place)
            return None
        if fact.kind == "boolean":
            return self._boolean(node)
        if fact.kind == "number" and not (isinstance(node.value, str) and node.value in fact.words):
            return self._number(fact, node)
        return self._word(fact, node)

    def _number(self, fact: FactType, node: Scalar) -> float | None:
        amount = (
            quantity(node.value, fact.unit) if fact.unit and isinstance(node.value, (str, int, float)) else node.value
        )
        if isinstance(amount, (int, float)) and not isinstance(node.value, bool) and abs(amount) < inf:
            return amount
        expected = f"a quantity such as {EXAMPLES[fact.unit]}" if fact.unit else "a number"
        self._complain(f"expected {expected} for `{fact.name}`, found `{node.written}`", node.place)
        return None

    def _word(self, fact: FactType, node: Node) -> str | None:
        if not isinstance(node, Scalar) or isinstance(node.value, bool) or node.value is None:
            self._complain(f"expected a word for `{fact.name}`", node.place)
            return None
        if fact.words and node.written not in fact.words and node.written != "none":
            self._complain(
                f"`{fact.name}` is never `{node.written}`", node.place, suggestion(node.written, list(fact.words))
            )
            return None
        return node.written


def _parts_hint(subject: SubjectKind) -> str:
    """What can be asked over for a subject."""
    parts = [f"`{name}`" for name, kind in COLLECTIONS.items() if is_part(kind, subject)]
    return f"expected {listed(parts)}" if parts else f"the {subject} has no parts to ask over"


def _items(node: Node | None) -> Iterable[Node]:
    return node.items if isinstance(node, Sequence) else () if node is None else (node,)
