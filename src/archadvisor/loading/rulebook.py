"""The files of packs, each known to be well formed, merged into one rulebook."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from archadvisor.loading.condition import ConditionReader, Dictionary
from archadvisor.loading.node import (
    Mapping,
    Node,
    Scalar,
    Sequence,
    flag_at,
    pairs_at,
    plain,
    text_at,
    value_at,
    words_at,
)
from archadvisor.loading.order import asked_too_early, ordered, unforeseen
from archadvisor.loading.packfile import PackFile, rules_in
from archadvisor.loading.repair import RepairReader
from archadvisor.loading.wording import suggestion
from archadvisor.model.condition import ALWAYS, Condition
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.fact import SubjectKind, Vocabulary
from archadvisor.model.place import Place
from archadvisor.model.rule import (
    Decision,
    DeclaredConflict,
    Effect,
    Favors,
    Flags,
    Option,
    PackName,
    Requires,
    Rule,
    Rulebook,
    RulesOut,
    Source,
)


class Merge:
    """Merges the files of all packs; problems gather until all files are read."""

    def __init__(self, files: list[PackFile], vocabulary: Vocabulary) -> None:
        self.files = files
        self.problems: list[Diagnostic] = []
        self.seen: set[str] = set()
        defining: dict[str, Mapping] = {}
        for file in files:
            if "options" in file.root.items:
                self._define(file, defining)
        options = {name: tuple(key.written for key, _ in pairs_at(root, "options")) for name, root in defining.items()}
        self.defining = defining
        self.subjects = {name: _kinds(root) for name, root in defining.items()}
        self.dictionary = Dictionary(vocabulary, options)

    def _define(self, file: PackFile, defining: dict[str, Mapping]) -> None:
        name = text_at(file.root, "decision") or ""
        if name in defining:
            message, hint = f"the decision `{name}` is defined twice", "a pack may add rules to a decision, not options"
            self._complain(file, message, file.root.items["options"][0].place, hint)
        defining.setdefault(name, file.root)

    def rulebook(self, names: list[PackName]) -> Rulebook:
        """Everything merged; what is wrong gathers in `problems`."""
        sources = self._sources()
        decisions = [found for file in self.files if (found := self._decision(file)) is not None]
        rules = [rule for file in self.files for rule in self._rules(file, sources)]
        in_order = self._ordered(decisions)
        self.problems += asked_too_early(self.files, in_order, rules)
        self.problems += unforeseen(self.files, in_order)
        return Rulebook(
            tuple(sorted(names, key=lambda pack: pack.name)),
            in_order,
            tuple(sorted(rules, key=lambda rule: rule.id)),
            sources,
            tuple(conflict for file in self.files for conflict in self._conflicts(file)),
        )

    def _conflicts(self, file: PackFile) -> Iterator[DeclaredConflict]:
        nodes, decision = value_at(file.root, "conflicts"), text_at(file.root, "decision") or ""
        for node in nodes.items if isinstance(nodes, Sequence) else ():
            assert isinstance(node, Mapping)
            if decision not in self.subjects:
                self._complain(file, f"unknown decision `{decision}`", node.place)
                continue
            kinds = _kinds(node) or self.subjects[decision]
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
        root = file.root
        if "options" not in root.items or root is not self.defining.get(text_at(root, "decision") or ""):
            return None
        name = text_at(root, "decision") or ""
        missing = [key for key in ("decision", "question", "about", "for", "default") if key not in root.items]
        if missing:
            self._complain(file, f"a decision needs the key `{missing[0]}`", root.place)
            return None
        if not pairs_at(root, "options"):
            self._complain(file, "a decision needs options", root.items["options"][0].place)
            return None
        kinds = _kinds(root)
        reader = ConditionReader(self.dictionary, file.file, self.problems)
        options = tuple(self._option(key.written, node, reader, kinds) for key, node in pairs_at(root, "options"))
        self._known_options(file, [root.items["default"][1]], name)
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
        return Option(
            name,
            text_at(node, "title") or "",
            text_at(node, "summary") or "",
            self._condition(node, "only", reader, kinds),
        )

    def _decisions(self, file: PackFile, key: str) -> tuple[str, ...]:
        named = words_at(file.root, key)
        for node in named:
            if node.written not in self.dictionary.options:
                self._complain(
                    file,
                    f"unknown decision `{node.written}`",
                    node.place,
                    suggestion(node.written, list(self.dictionary.options)),
                )
        return tuple(node.written for node in named)

    def _rules(self, file: PackFile, sources: dict[str, Source]) -> Iterator[Rule]:
        for node in rules_in(file):
            rule = self._rule(file, node, sources)
            if rule is not None:
                yield rule

    def _rule(self, file: PackFile, node: Mapping, sources: dict[str, Source]) -> Rule | None:
        name = node.items["id"][1]
        assert isinstance(name, Scalar)
        if name.written in self.seen:
            self._complain(
                file, f"the rule `{name.written}` is defined twice", name.place, "rule ids are unique over all packs"
            )
        self.seen.add(name.written)
        effect = self._effect(file, node)
        decision = None if isinstance(effect, Flags) else text_at(file.root, "decision")
        kinds = self._rule_kinds(file, node, decision)
        if effect is None or not kinds:
            return None
        if "fix" in node.items:
            effect = self._fixed(file, node, effect, kinds)
        for source in words_at(node, "sources"):
            if source.written not in sources:
                self._complain(
                    file, f"unknown source `{source.written}`", source.place, suggestion(source.written, list(sources))
                )
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
            return _kinds(node)
        if decision in self.subjects:
            return self.subjects[decision]
        message = "a rule that flags needs `for`" if "flags" in node.items else f"unknown decision `{decision}`"
        self._complain(
            file,
            message,
            node.items["id"][1].place,
            None if decision is None else suggestion(decision, list(self.subjects)),
        )
        return ()

    def _effect(self, file: PackFile, node: Mapping) -> Effect | None:
        given = [key for key in ("requires", "rules_out", "favors", "flags") if words_at(node, key)]
        if len(given) != 1:
            self._complain(
                file,
                "a rule has one effect",
                node.items["id"][1].place,
                "write `requires`, `rules_out`, `favors` or `flags`",
            )
            return None
        if given[0] == "flags":
            return Flags(text_at(node, "flags"), text_at(node, "remedy"))  # type: ignore[arg-type]
        decision = text_at(file.root, "decision") or ""
        options = words_at(node, given[0])
        self._known_options(file, options, decision)
        if given[0] == "requires":
            return Requires(options[0].written)
        if given[0] == "rules_out":
            return RulesOut(tuple(option.written for option in options))
        strength, concern = text_at(node, "strength"), text_at(node, "concern")
        if strength is None or concern is None:
            self._complain(file, "`favors` needs `strength` and `concern`", node.items["favors"][0].place)
            return None
        return Favors(options[0].written, strength, concern)  # type: ignore[arg-type]

    def _fixed(self, file: PackFile, node: Mapping, effect: Effect, kinds: tuple[SubjectKind, ...]) -> Effect:
        """The effect with the rule's `fix`."""
        key, given = node.items["fix"]
        if not isinstance(effect, Flags):
            self._complain(file, "only a rule that flags has a fix", key.place)
            return effect
        return replace(effect, fix=RepairReader(self.dictionary.facts, file.file, self.problems).read(given, kinds))

    def _known_options(self, file: PackFile, nodes: Iterable[Node], decision: str) -> None:
        known = self.dictionary.options.get(decision, ())
        for node in nodes:
            if isinstance(node, Scalar) and known and node.written not in known:
                self._complain(
                    file, f"`{decision}` has no option `{node.written}`", node.place, suggestion(node.written, known)
                )

    def _ordered(self, decisions: list[Decision]) -> tuple[Decision, ...]:
        """Decisions so that each comes after those it builds on, else in the order the packs show them."""
        shown = [node.written for file in self.files for node in words_at(file.root, "decisions")]
        found, stuck = ordered(decisions, shown)
        if stuck is not None:
            message = f"`{stuck.id}` comes after itself"
            self.problems.append(Diagnostic(self.files[0].file, message, None, "see its `after`"))
        return found


def _kinds(node: Mapping) -> tuple[SubjectKind, ...]:
    return tuple(item.written for item in words_at(node, "for"))  # type: ignore[misc]
