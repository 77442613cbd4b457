"""The names that rules use besides those in their conditions: sources, and facts in messages and examples."""

from collections.abc import Set
from dataclasses import dataclass

from archadvisor.loading.condition import Dictionary
from archadvisor.loading.fragment import FragmentReader
from archadvisor.loading.message import MessageReader
from archadvisor.loading.node import Mapping, words_at
from archadvisor.loading.wording import suggestion
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.fact import SubjectKind


@dataclass(frozen=True, slots=True)
class NameReader:
    """Holds the rules of one file to the names there are; what is wrong is added to `problems`."""

    dictionary: Dictionary
    sources: Set[str]
    file: str
    problems: list[Diagnostic]

    def check(self, rule: Mapping, subjects: tuple[SubjectKind, ...], after: tuple[str, ...] | None) -> None:
        """Checks a rule about some kinds of subject, on a decision that comes `after` others, or on none."""
        self._check_sources(rule)
        if subjects:
            MessageReader(self.dictionary, self.file, self.problems).check(rule, subjects, after)
        FragmentReader(self.dictionary, self.file, self.problems).check_examples(rule)

    def _check_sources(self, rule: Mapping) -> None:
        for node in words_at(rule, "sources"):
            if node.written not in self.sources and node.written not in self.dictionary.unsure:
                hint = suggestion(node.written, sorted(self.sources)) if self.sources else None
                self.problems.append(Diagnostic(self.file, f"unknown source `{node.written}`", node.place, hint))
