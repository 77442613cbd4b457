"""The facts that rules name in braces, in what they say to people."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from archadvisor.loading.condition import Dictionary
from archadvisor.loading.node import Mapping, Scalar, value_at
from archadvisor.loading.wording import listed, nearest, suggestion
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.fact import SubjectKind, visible
from archadvisor.model.place import Place

_BRACE = re.compile(r"\{(?: *([a-z_][A-Za-z0-9_.-]*) *(\}?))?")
"""A brace, the fact behind it, and the brace that closes it; `{}`, `{"a": 1}` and `${NAME}` stand for themselves."""
_CHOICE = "choice."


@dataclass(frozen=True, slots=True)
class MessageReader:
    """Holds the messages of one file's rules to the facts they name; what is wrong is added to `problems`."""

    dictionary: Dictionary
    file: str
    problems: list[Diagnostic]

    def check(self, rule: Mapping, subjects: tuple[SubjectKind, ...], after: tuple[str, ...] | None) -> None:
        """Checks what a rule says of some kinds of subject.

        `after` are the decisions made before the one it speaks on; None: it flags, and all are made.
        """
        for key, text in _texts(rule):
            for found in _BRACE.finditer(text.written):
                self._check(key, text, found, subjects, after)

    def _check(
        self,
        key: str,
        text: Scalar,
        found: re.Match[str],
        subjects: tuple[SubjectKind, ...],
        after: tuple[str, ...] | None,
    ) -> None:
        name, place = found.group(1) or "", _place(text, found)
        if not found.group(2):
            if name in self.dictionary.facts or text.written.count("{") > text.written.count("}"):
                self._complain(f"a brace in `{key}` is never closed", place, "facts are written as `{service.cpu}`")
        elif found.group() != f"{{{name}}}":
            self._complain(f"`{found.group()}` in `{key}` holds a blank", place, f"write `{{{name}}}`")
        elif name.startswith(_CHOICE):
            self._check_choice(name.removeprefix(_CHOICE), place, after)
        else:
            self._check_fact(name, key, place, subjects)

    def _check_choice(self, decision: str, place: Place, after: tuple[str, ...] | None) -> None:
        if decision not in self.dictionary.options:
            if decision not in self.dictionary.unsure:
                hint = suggestion(decision, list(self.dictionary.options))
                self._complain(f"unknown decision `{decision}`", place, hint)
        elif after is not None and decision not in after:
            message = f"the choice of `{decision}` is not made before the decision that this rule speaks on"
            self._complain(message, place)

    def _check_fact(self, name: str, key: str, place: Place, subjects: tuple[SubjectKind, ...]) -> None:
        fact = self.dictionary.facts.get(name)
        if fact is None:
            close = nearest(name, self.dictionary.facts)
            self._complain(f"unknown fact `{name}` in `{key}`", place, f"did you mean `{close}`?" if close else None)
        elif not any(visible(fact.subject, subject) for subject in subjects):
            told = f"`{name}` is a fact of the {fact.subject}, which a rule about the {listed(subjects)} cannot read"
            self._complain(told, place)

    def _complain(self, message: str, place: Place, hint: str | None = None) -> None:
        self.problems.append(Diagnostic(self.file, message, place, hint))


def _texts(rule: Mapping) -> Iterator[tuple[str, Scalar]]:
    """What a rule says to people with facts filled in, by its keys."""
    fix = value_at(rule, "fix")
    said = [(rule, "because"), (rule, "remedy"), (fix, "title"), (fix, "afterwards")]
    for node, key in said:
        text = value_at(node, key) if isinstance(node, Mapping) else None
        if isinstance(text, Scalar) and isinstance(text.value, str):
            yield key, text


def _place(text: Scalar, found: re.Match[str]) -> Place:
    """Where a part of a text stands; that of the text where it has several lines, or letters written otherwise."""
    place = text.place
    quotes = place.end_column - place.column - len(text.written)
    if place.line != place.end_line or quotes not in (0, 2):
        return place
    start = place.column + quotes // 2
    return Place(place.line, start + found.start(), place.line, start + found.end())
