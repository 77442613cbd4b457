"""The `fix` of a rule that flags to a repair, its facts and words checked against the vocabulary."""

import re
from dataclasses import dataclass
from math import inf

from archadvisor.loading.node import Mapping, Node, Scalar, flag_at, pairs_at, text_at
from archadvisor.loading.wording import near_names, suggestion
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.fact import FactType, SubjectKind, Vocabulary, visible
from archadvisor.model.quantity import EXAMPLES, quantity
from archadvisor.model.repair import Action, ReferenceSecret, Repair, ReplaceWords, SetDecision, SetFacts

_ACTIONS = ("set_facts", "replace_words", "set_decision", "reference_secret")
_ONLY_FOR: dict[str, SubjectKind] = {"set_decision": "outcome", "reference_secret": "literal"}
_REFERENCE = re.compile(r"\{(.+)\}")


@dataclass(frozen=True, slots=True)
class RepairReader:
    """Reads the fixes of one file; what is wrong with them is added to `problems`."""

    facts: Vocabulary
    file: str
    problems: list[Diagnostic]

    def read(self, node: Node, subjects: tuple[SubjectKind, ...]) -> Repair | None:
        """The repair that the mapping under `fix` stands for, of a rule about some kinds of subject."""
        assert isinstance(node, Mapping)
        action = self._action(node, subjects)
        if action is None:
            return None
        safe = flag_at(node, "safe", default=False)
        return Repair(text_at(node, "title") or "", safe, action, text_at(node, "afterwards"))

    def _complain(self, message: str, node: Node, hint: str | None = None) -> None:
        self.problems.append(Diagnostic(self.file, message, node.place, hint))

    def _action(self, node: Mapping, subjects: tuple[SubjectKind, ...]) -> Action | None:
        given = [key for key in _ACTIONS if key in node.items]
        if len(given) != 1:
            self._complain("a fix does one thing", node, f"write one of {', '.join(f'`{key}`' for key in _ACTIONS)}")
            return None
        only = _ONLY_FOR.get(given[0])
        if only is not None and subjects != (only,):
            key = node.items[given[0]][0]
            self._complain(f"`{given[0]}` is for a rule about the {only}", key, f"write `for: {only}`")
            return None
        match given[0]:
            case "set_facts":
                return SetFacts(tuple(self._settings(node, subjects)))
            case "replace_words":
                return ReplaceWords(tuple(self._replacements(node, subjects)))
            case "set_decision":
                return SetDecision()
        return ReferenceSecret()

    def _settings(self, node: Mapping, subjects: tuple[SubjectKind, ...]) -> list[tuple[str, str]]:
        found: list[tuple[str, str]] = []
        for key, value in pairs_at(node, "set_facts"):
            fact = self._stated(key, subjects)
            if fact is not None and isinstance(value, Scalar):
                self._check_value(fact, value, subjects)
                found.append((fact.name, value.written))
        return found

    def _replacements(self, node: Mapping, subjects: tuple[SubjectKind, ...]) -> list[tuple[str, str, str]]:
        found: list[tuple[str, str, str]] = []
        for key, words in pairs_at(node, "replace_words"):
            fact = self._stated(key, subjects)
            for word, other in words.items.values() if fact and isinstance(words, Mapping) else ():
                if fact is not None and isinstance(other, Scalar):
                    self._check_word(fact, word)
                    self._check_word(fact, other)
                    found.append((fact.name, word.written, other.written))
        return found

    def _stated(self, key: Scalar, subjects: tuple[SubjectKind, ...]) -> FactType | None:
        """The fact that a key names, if a file can state it and the rule sees it."""
        fact = self._visible(key.written, key, subjects)
        if fact is not None and fact.inputs:
            named = ", ".join(f"`{name}`" for name in fact.inputs)
            self._complain(f"`{fact.name}` is derived, and no file states it", key, f"it is derived from {named}")
            return None
        return fact

    def _visible(self, name: str, node: Node, subjects: tuple[SubjectKind, ...]) -> FactType | None:
        fact = self.facts.get(name)
        if fact is None:
            self._complain(f"unknown fact `{name}`", node, near_names(name, self.facts))
            return None
        if not any(visible(fact.subject, subject) for subject in subjects):
            self._complain(f"`{name}` is a fact of the {fact.subject}, which this rule is not about", node)
            return None
        return fact

    def _check_value(self, fact: FactType, value: Scalar, subjects: tuple[SubjectKind, ...]) -> None:
        source = _REFERENCE.fullmatch(value.written)
        if source is not None:
            self._visible(source.group(1), value, subjects)
        elif fact.kind == "set":
            self._complain(f"`{fact.name}` is a set", value, "write `replace_words`")
        elif fact.kind == "word":
            self._check_word(fact, value)
        elif fact.unit is not None and quantity(value.written, fact.unit) is None:
            self._complain(f"expected a quantity such as {EXAMPLES[fact.unit]} for `{fact.name}`", value)
        elif fact.kind == "number" and fact.unit is None and not _may_be(fact, value):
            self._complain(f"expected {_range(fact)} for `{fact.name}`", value)
        elif fact.kind == "boolean" and not isinstance(value.value, bool):
            self._complain(f"expected `true` or `false` for `{fact.name}`", value)

    def _check_word(self, fact: FactType, word: Scalar) -> None:
        if fact.words and word.written not in fact.words:
            self._complain(f"`{fact.name}` is never `{word.written}`", word, suggestion(word.written, fact.words))


def _may_be(fact: FactType, node: Scalar) -> bool:
    """Whether a node is a number that a fact without a unit may be."""
    value = node.value
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return False
    most = inf if fact.most is None else fact.most
    return 0 <= value <= most and value < inf and (not fact.whole or value == int(value))


def _range(fact: FactType) -> str:
    """The numbers that a fact may be, in words."""
    kind = "a whole number" if fact.whole else "a number"
    return f"{kind} of at least 0" if fact.most is None else f"{kind} from 0 to {fact.most:.0f}"
