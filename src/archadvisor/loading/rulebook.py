"""The files of packs, each known to be well formed, merged into one rulebook."""

from collections.abc import Iterator
from dataclasses import replace
from typing import get_args

from archadvisor.loading.condition import ConditionReader, Dictionary
from archadvisor.loading.days import strange_days
from archadvisor.loading.effect import EFFECTS, EffectReader
from archadvisor.loading.fragment import FragmentReader
from archadvisor.loading.names import NameReader
from archadvisor.loading.node import (
    Mapping,
    Node,
    Scalar,
    Sequence,
    flag_at,
    pairs_at,
    plain,
    says,
    text_at,
    value_at,
    words_at,
)
from archadvisor.loading.order import asked_too_early, in_circle, ordered, unforeseen
from archadvisor.loading.packfile import PackFile, after_in, all_rules_in, options_in
from archadvisor.loading.repair import RepairReader
from archadvisor.loading.wording import listed, suggestion
from archadvisor.model.condition import ALWAYS, Condition
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.fact import SubjectKind, Vocabulary
from archadvisor.model.place import Place
from archadvisor.model.rule import (
    Decision,
    DeclaredConflict,
    Effect,
    Flags,
    Option,
    PackName,
    Rule,
    Rulebook,
    Source,
)

_KINDS: tuple[SubjectKind, ...] = get_args(SubjectKind)


class Merge:
    """Merges the files of all packs; problems gather until all files are read.

    `unsure` are names that may be defined where nothing can be read: nobody is told that they are unknown.
    """

    def __init__(self, files: list[PackFile], vocabulary: Vocabulary, unsure: frozenset[str] = frozenset()) -> None:
        self.files = files
        self.problems: list[Diagnostic] = []
        self.seen: set[str] = set()
        self.defining: dict[str, PackFile] = {}
        for file in files:
            if "options" in file.whole.items:
                self._define(file)
        self.subjects = {name: _kinds(file.root) for name, file in self.defining.items()}
        options = {name: options_in(file) for name, file in self.defining.items()}
        self.dictionary = Dictionary(vocabulary, options, unsure)
        self.sources = {key.written for file in files for key, _ in pairs_at(file.whole, "sources")}

    def _define(self, file: PackFile) -> None:
        name = text_at(file.root, "decision") or ""
        if name in self.defining:
            message, hint = f"the decision `{name}` is defined twice", "a pack may add rules to a decision, not options"
            self._complain(file, message, file.whole.items["options"][0].place, hint)
        self.defining.setdefault(name, file)

    def rulebook(self, names: list[PackName]) -> Rulebook:
        """Everything merged; what is wrong gathers in `problems`."""
        sources = self._sources()
        decisions = [found for file in self.files if (found := self._decision(file)) is not None]
        for file in self.files:
            self._check_names(file)
        rules = [rule for file in self.files for rule in self._rules(file)]
        in_order, circle = ordered(decisions, self._shown())
        if all(file.is_sound for file in self.defining.values()):
            self.problems += in_circle(self.files, circle)
            self.problems += asked_too_early(self.files, in_order, rules)
            self.problems += unforeseen(self.files, in_order)
        return Rulebook(
            tuple(sorted(names, key=lambda pack: pack.name)),
            in_order,
            tuple(sorted(rules, key=lambda rule: rule.id)),
            sources,
            tuple(conflict for file in self.files for conflict in self._conflicts(file)),
        )

    def _check_names(self, file: PackFile) -> None:
        """Checks what a file says whatever its rules are: which decision it is about, and which are shown first."""
        self._decisions(file, "decisions")
        named = file.root.items.get("decision")
        if named is not None and isinstance(named[1], Scalar) and named[1].value is not None:
            self._known_decision(file, named[1])

    def _shown(self) -> list[str]:
        """Decisions in the order in which packs show them."""
        return [node.written for file in self.files for node in words_at(file.root, "decisions")]

    def _known_decision(self, file: PackFile, node: Scalar) -> None:
        known = self.dictionary.options
        if node.written not in known and node.written not in self.dictionary.unsure:
            hint = suggestion(node.written, list(known)) if known else None
            self._complain(file, f"unknown decision `{node.written}`", node.place, hint)

    def _conflicts(self, file: PackFile) -> Iterator[DeclaredConflict]:
        nodes, decision = value_at(file.root, "conflicts"), text_at(file.root, "decision") or ""
        for node in nodes.items if isinstance(nodes, Sequence) else ():
            assert isinstance(node, Mapping)
            if decision not in self.subjects:
                if not decision:
                    self._complain(file, "conflicts are those of a decision", node.place, "write `decision:`")
                continue
            kinds = _kinds(node) or self.subjects[decision]
            if not kinds:
                continue
            reader = ConditionReader(self.dictionary, file.file, self.problems)
            when = self._condition(node, "when", reader, kinds)
            yield DeclaredConflict(decision, kinds, when, text_at(node, "because") or "")

    def _complain(self, file: PackFile, message: str, place: Place, hint: str | None = None) -> None:
        self.problems.append(Diagnostic(file.file, message, place, hint))

    def _sources(self) -> dict[str, Source]:
        found: dict[str, Source] = {}
        for file in self.files:
            for key, node in pairs_at(file.root, "sources"):
                name = key.written
                if name in found:
                    self._complain(file, f"the source `{name}` is defined twice", key.place)
                given = plain(node)
                assert isinstance(given, dict)
                found[name] = Source(name, given["title"], given.get("url"), given["kind"], given["checked"])
        return dict(sorted(found.items()))

    def _decision(self, file: PackFile) -> Decision | None:
        root, whole = file.root, file.whole
        name = text_at(root, "decision") or ""
        if file is not self.defining.get(name):
            return None
        needed = ("decision", "question", "about", "for", "default")
        for key in needed:
            if not says(whole, key):
                self._complain(file, f"a decision needs the key `{key}`", whole.place)
        if value_at(whole, "options") and not pairs_at(whole, "options"):
            self._complain(file, "a decision needs options", whole.items["options"][0].place)
        if not all(says(root, key) for key in (*needed, "options")):
            return None
        kinds = _kinds(root)
        if not kinds:
            self._complain(file, "a decision is for some kind of subject", root.items["for"][1].place)
            return None
        reader = ConditionReader(self.dictionary, file.file, self.problems)
        options = tuple(self._option(key.written, node, reader, kinds) for key, node in pairs_at(root, "options"))
        self._effects(file).check_options([root.items["default"][1]], name)
        return Decision(
            id=name,
            pack=file.pack,
            question=text_at(root, "question") or "",
            about=text_at(root, "about") or "",
            subjects=kinds,
            applies=self._condition(root, "applies", reader, kinds),
            after=self._decisions(file, "after"),
            foresees=self._decisions(file, "foresees"),
            default=text_at(root, "default") or "",
            options=options,
        )

    @staticmethod
    def _condition(
        root: Mapping, key: str, reader: ConditionReader, kinds: tuple[SubjectKind, ...], flags: bool = False
    ) -> Condition:
        return reader.read(root.items[key][1], kinds, flags) if key in root.items else ALWAYS

    def _option(self, name: str, node: Node, reader: ConditionReader, kinds: tuple[SubjectKind, ...]) -> Option:
        assert isinstance(node, Mapping)
        FragmentReader(self.dictionary, reader.file, self.problems).check(value_at(node, "wins"))
        return Option(
            name,
            text_at(node, "title") or "",
            text_at(node, "summary") or "",
            self._condition(node, "only", reader, kinds),
        )

    def _decisions(self, file: PackFile, key: str) -> tuple[str, ...]:
        named = words_at(file.root, key)
        for node in named:
            self._known_decision(file, node)
        return tuple(node.written for node in named)

    def _rules(self, file: PackFile) -> Iterator[Rule]:
        for node, is_sound in all_rules_in(file):
            rule = self._rule(file, node) if is_sound else None
            if rule is not None:
                yield rule
            elif not is_sound:
                self._check_broken(file, node)

    def _rule(self, file: PackFile, node: Mapping) -> Rule | None:
        name = node.items["id"][1]
        assert isinstance(name, Scalar)
        self._check_new(file, name)
        effect = self._effects(file).read(node, text_at(file.root, "decision") or "")
        decision = None if isinstance(effect, Flags) else text_at(file.root, "decision")
        kinds = self._rule_kinds(file, node, decision)
        if effect is None or not kinds:
            self._check_rest(file, node)
            return None
        if "fix" in node.items:
            effect = self._fixed(file, node, effect, kinds)
        self._check_words(file, node, kinds)
        self.problems += strange_days(file.file, node)
        reader = ConditionReader(self.dictionary, file.file, self.problems)
        return Rule(
            id=name.written,
            pack=file.pack,
            decision=decision,
            subjects=kinds,
            when=self._condition(node, "when", reader, kinds, isinstance(effect, Flags)),
            effect=effect,
            because=text_at(node, "because") or "",
            rationale=text_at(node, "rationale") or "",
            sources=tuple(source.written for source in words_at(node, "sources")),
            unverified=flag_at(node, "unverified", default=False),
            since=text_at(node, "since"),
            until=text_at(node, "until"),
            suppressible=flag_at(node, "suppressible", default=True),
        )

    def _rule_kinds(self, file: PackFile, node: Mapping, decision: str | None) -> tuple[SubjectKind, ...]:
        if "for" in node.items:
            return self._kinds_for(file, node, decision)
        if decision in self.subjects:
            return self.subjects[decision]
        if "flags" in node.items:
            self._complain(file, "a rule that flags needs `for`", node.items["id"][1].place)
        elif not decision:
            message, hint = "a rule that does not flag speaks on a decision", "write `decision:` at the top of the file"
            self._complain(file, message, node.items["id"][1].place, hint)
        return ()

    def _kinds_for(self, file: PackFile, node: Mapping, decision: str | None) -> tuple[SubjectKind, ...]:
        """What a rule says it is for: of a rule that speaks on a decision, subjects of that."""
        kinds, known = _kinds(node), self.subjects.get(decision or "")
        strange = [kind for kind in kinds if known is not None and kind not in known]
        if strange:
            message = f"`{decision}` is not made for the {listed(strange)}, so no rule for it can speak on it"
            self._complain(file, message, node.items["for"][1].place, f"it is made for the {listed(known or ())}")
        return kinds

    def _effects(self, file: PackFile) -> EffectReader:
        return EffectReader(self.dictionary, file.file, self.problems)

    def _fixed(self, file: PackFile, node: Mapping, effect: Effect, kinds: tuple[SubjectKind, ...]) -> Effect:
        """The effect with the rule's `fix`."""
        key, given = node.items["fix"]
        if not isinstance(effect, Flags):
            self._complain(file, "only a rule that flags has a fix", key.place)
            return effect
        return replace(effect, fix=RepairReader(self.dictionary.facts, file.file, self.problems).read(given, kinds))

    def _check_words(self, file: PackFile, node: Mapping, kinds: tuple[SubjectKind, ...]) -> None:
        """Checks what a rule about some kinds of subject cites, says and gives as examples."""
        own = self.defining.get(text_at(file.root, "decision") or "")
        after = None if own is None or "flags" in node.items else after_in(own)
        NameReader(self.dictionary, self.sources, file.file, self.problems).check(node, kinds, after)

    def _check_new(self, file: PackFile, name: Scalar) -> None:
        if name.written in self.seen:
            message, hint = f"the rule `{name.written}` is defined twice", "rule ids are unique over all packs"
            self._complain(file, message, name.place, hint)
        self.seen.add(name.written)

    def _check_broken(self, file: PackFile, node: Mapping) -> None:
        """Checks a rule that is not well formed."""
        for name in words_at(node, "id"):
            self._check_new(file, name)
        self._check_rest(file, node)

    def _check_rest(self, file: PackFile, node: Mapping) -> None:
        """Checks what can be read of a rule that something is wrong with."""
        decision = text_at(file.root, "decision") or ""
        kinds = tuple(kind for kind in _kinds(node) if kind in _KINDS) or self.subjects.get(decision, ())
        if "flags" not in node.items:
            self._effects(file).check_options([word for key in EFFECTS for word in words_at(node, key)], decision)
        self._check_words(file, node, kinds)
        if kinds and isinstance(value_at(node, "when"), Mapping):
            reader = ConditionReader(self.dictionary, file.file, self.problems)
            self._condition(node, "when", reader, kinds, "flags" in node.items)


def _kinds(node: Mapping) -> tuple[SubjectKind, ...]:
    return tuple(item.written for item in words_at(node, "for"))  # type: ignore[misc]
