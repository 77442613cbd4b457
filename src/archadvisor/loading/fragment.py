"""The facts that examples give, checked against what a workload file can state."""

from dataclasses import dataclass
from functools import cache

from archadvisor.loading.condition import Dictionary
from archadvisor.loading.fields import asides_of, groups_of
from archadvisor.loading.node import Mapping, Node, Scalar, Sequence, pairs_at, value_at
from archadvisor.loading.wording import nearest, suggestion
from archadvisor.loading.workload import workload_fields
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.example import AS_OF
from archadvisor.model.fact import COLLECTIONS

_CHOICE = "choice."


@dataclass(frozen=True, slots=True)
class FragmentReader:
    """Holds the examples of one file to the facts there are; what is wrong is added to `problems`."""

    dictionary: Dictionary
    file: str
    problems: list[Diagnostic]

    def check_examples(self, rule: Mapping) -> None:
        """Checks the examples of a rule."""
        examples = value_at(rule, "examples")
        for expected in examples.items if isinstance(examples, Mapping) else ():
            for _, fragment in pairs_at(examples, expected) if isinstance(examples, Mapping) else ():
                self.check(fragment)

    def check(self, fragment: Node | None) -> None:
        """Checks one example: the facts of a subject and of what it is part of, or lists of subjects."""
        for name, (key, value) in fragment.items.items() if isinstance(fragment, Mapping) else ():
            if name.startswith(_CHOICE):
                self._check_choice(name.removeprefix(_CHOICE), key, value)
            elif name in COLLECTIONS:
                for item in value.items if isinstance(value, Sequence) else ():
                    self.check(item)
            elif name != AS_OF:
                self._check_fact(name, key)

    def _check_choice(self, decision: str, key: Scalar, value: Node) -> None:
        options = self.dictionary.options.get(decision)
        if options is None:
            if decision not in self.dictionary.unsure:
                hint = suggestion(decision, list(self.dictionary.options))
                self._complain(f"unknown decision `{decision}`", key, hint)
        elif isinstance(value, Scalar) and value.written not in (*options, "none"):
            self._complain(f"`{decision}` has no option `{value.written}`", value, suggestion(value.written, options))

    def _check_fact(self, name: str, key: Scalar) -> None:
        fact = self.dictionary.facts.get(name)
        if fact is None and not _is_no_fact(name):
            close = nearest(name, [*self.dictionary.facts, *_groups(), *_asides(), *COLLECTIONS])
            self._complain(f"unknown fact `{name}`", key, f"did you mean `{close}`?" if close else None)
        elif fact is not None and fact.inputs and not name.endswith(".name"):
            named = ", ".join(f"`{each}`" for each in fact.inputs)
            self._complain(f"`{name}` is derived, and no file states it", key, f"it is derived from {named}")

    def _complain(self, message: str, node: Node, hint: str | None) -> None:
        self.problems.append(Diagnostic(self.file, message, node.place, hint))


def _is_no_fact(name: str) -> bool:
    """Whether a workload file has a key of this name that holds other keys, or something that no rule reads."""
    return name in _groups() or any(f"{name}.".startswith(f"{aside}.") for aside in _asides())


@cache
def _groups() -> frozenset[str]:
    return frozenset(groups_of(workload_fields()))


@cache
def _asides() -> frozenset[str]:
    return frozenset(asides_of(workload_fields()))
