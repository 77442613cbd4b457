"""Folders of rules to a rulebook, or to everything that is wrong with them."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from archadvisor.errors import UnreadableInput, UnusablePack
from archadvisor.loading.check import Checker
from archadvisor.loading.condition import ConditionReader, Dictionary
from archadvisor.loading.document import parse
from archadvisor.loading.home import published
from archadvisor.loading.node import Mapping, Node, Scalar, plain
from archadvisor.loading.node import Sequence as Items
from archadvisor.loading.wording import suggestion
from archadvisor.model.condition import ALWAYS, Condition
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.fact import SubjectKind, Vocabulary
from archadvisor.model.place import START, Place
from archadvisor.model.rule import (
    Decision, Effect, Favors, Flags, Option, PackName, Requires, Rule, Rulebook, RulesOut, Source,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PackFile:
    """A file of a pack: its name, and its tree."""

    pack: str
    file: str
    root: Mapping


def pack_sources(folder: str) -> list[tuple[str, bytes]]:
    """The YAML files of a pack, by name.

    Raises:
        UnusablePack: the folder cannot be read, or holds no rules.
    """
    if not os.path.isdir(folder):
        raise UnusablePack([Diagnostic(folder, "the pack is not a folder", None, "a pack is a folder with a `pack.yaml`")])
    names = sorted(os.path.join(where, name) for where, _, files in os.walk(folder) for name in files if name.endswith((".yaml", ".yml")))
    found = []
    for name in names:
        with open(name, "rb") as file:
            found.append((name, file.read()))
    if not any(os.path.basename(name) in ("pack.yaml", "pack.yml") for name in names):
        raise UnusablePack([Diagnostic(folder, "the pack has no `pack.yaml`", None, "it holds `pack:` (a name) and `version:`")])
    return found


def read_packs(packs: Sequence[Sequence[tuple[str, bytes]]], vocabulary: Vocabulary) -> Rulebook:
    """The rulebook that packs make together.

    Raises:
        UnusablePack: with every problem of every file.
    """
    problems: list[Diagnostic] = []
    names: list[PackName] = []
    files: list[PackFile] = []
    for sources in packs:
        roots = [(name, root) for name, data in sources if (root := _root(name, data, problems)) is not None]
        named = _pack_name(roots)
        names.append(named)
        files += [PackFile(named.name, name, root) for name, root in roots]
    if problems:
        raise UnusablePack(problems)
    return _Merge(files, vocabulary).rulebook(names)


def _root(name: str, data: bytes, problems: list[Diagnostic]) -> Mapping | None:
    try:
        root = parse(data.decode("utf-8-sig"), name)
    except UnicodeDecodeError:
        problems.append(Diagnostic(name, "the file is not UTF-8 text", START))
        return None
    except UnreadableInput as error:
        problems.extend(error.diagnostics)
        return None
    found = _checker().problems(root, name)
    problems.extend(found)
    return root if isinstance(root, Mapping) and not found else None


@cache
def _checker() -> Checker:
    return Checker(published("pack"))


def _pack_name(roots: list[tuple[str, Mapping]]) -> PackName:
    for _, root in roots:
        if "pack" in root.items:
            return PackName(_text(root, "pack") or "", _text(root, "version") or "0")
    return PackName("unnamed", "0")


class _Merge:
    """Merges the files of all packs; problems gather until all files are read."""

    def __init__(self, files: list[PackFile], vocabulary: Vocabulary) -> None:
        self.files = files
        self.problems: list[Diagnostic] = []
        options = {_text(f.root, "decision") or "": tuple(_keys(f.root, "options")) for f in files if "options" in f.root.items}
        self.subjects = {_text(f.root, "decision") or "": _kinds(f.root) for f in files if "options" in f.root.items}
        self.dictionary = Dictionary(vocabulary, options)

    def rulebook(self, names: list[PackName]) -> Rulebook:
        """Everything merged; raises UnusablePack with all problems."""
        sources = self._sources()
        decisions = [found for file in self.files if (found := self._decision(file)) is not None]
        rules = [rule for file in self.files for rule in self._rules(file, sources)]
        ordered = self._ordered(decisions)
        if self.problems:
            raise UnusablePack(self.problems)
        return Rulebook(tuple(sorted(names, key=lambda pack: pack.name)), ordered, tuple(sorted(rules, key=lambda rule: rule.id)), sources)

    def _complain(self, file: PackFile, message: str, place: Place, hint: str | None = None) -> None:
        self.problems.append(Diagnostic(file.file, message, place, hint))

    def _sources(self) -> dict[str, Source]:
        found: dict[str, Source] = {}
        for file in self.files:
            for name, (key, node) in _pairs(file.root, "sources"):
                if name in found:
                    self._complain(file, f"the source `{name}` is defined twice", key.place)
                given = plain(node)
                assert isinstance(given, dict)
                found[name] = Source(name, given["title"], given.get("url"), given["kind"], given["checked"])
        return dict(sorted(found.items()))

    def _decision(self, file: PackFile) -> Decision | None:
        root = file.root
        if "options" not in root.items:
            return None
        name = _text(root, "decision") or ""
        missing = [key for key in ("decision", "question", "about", "for", "default") if key not in root.items]
        if missing:
            self._complain(file, f"a decision needs the key `{missing[0]}`", root.place)
            return None
        kinds = _kinds(root)
        reader = ConditionReader(self.dictionary, file.file, self.problems)
        options = tuple(self._option(name, node, reader, kinds) for name, (_, node) in _pairs(root, "options"))
        self._known_options(file, [root.items["default"][1]], name)
        return Decision(
            id=name,
            pack=file.pack,
            question=_text(root, "question") or "",
            about=_text(root, "about") or "",
            subjects=kinds,
            applies=self._condition(root, "applies", reader, kinds),
            after=self._decisions(file, "after"),
            foresees=self._decisions(file, "foresees"),
            default=_text(root, "default") or "",
            options=options,
        )

    @staticmethod
    def _condition(root: Mapping, key: str, reader: ConditionReader, kinds: tuple[SubjectKind, ...], flags: bool = False) -> Condition:
        return reader.read(root.items[key][1], kinds, flags) if key in root.items else ALWAYS

    def _option(self, name: str, node: Node, reader: ConditionReader, kinds: tuple[SubjectKind, ...]) -> Option:
        assert isinstance(node, Mapping)
        return Option(name, _text(node, "title") or "", _text(node, "summary") or "", self._condition(node, "only", reader, kinds))

    def _decisions(self, file: PackFile, key: str) -> tuple[str, ...]:
        named = _items(file.root, key)
        for node in named:
            if node.written not in self.dictionary.options:
                self._complain(file, f"unknown decision `{node.written}`", node.place, suggestion(node.written, list(self.dictionary.options)))
        return tuple(node.written for node in named)

    def _rules(self, file: PackFile, sources: dict[str, Source]) -> Iterator[Rule]:
        if "rules" not in file.root.items:
            return
        rules = file.root.items["rules"][1]
        assert isinstance(rules, Items)
        for node in rules.items:
            assert isinstance(node, Mapping)
            rule = self._rule(file, node, sources)
            if rule is not None:
                yield rule

    def _rule(self, file: PackFile, node: Mapping, sources: dict[str, Source]) -> Rule | None:
        name = node.items["id"][1]
        assert isinstance(name, Scalar)
        if name.written in self._seen:
            self._complain(file, f"the rule `{name.written}` is defined twice", name.place, "rule ids are unique over all packs")
        self._seen.add(name.written)
        effect = self._effect(file, node)
        decision = None if isinstance(effect, Flags) else _text(file.root, "decision")
        kinds = self._rule_kinds(file, node, decision)
        if effect is None or not kinds:
            return None
        for source in _items(node, "sources"):
            if source.written not in sources:
                self._complain(file, f"unknown source `{source.written}`", source.place, suggestion(source.written, list(sources)))
        reader = ConditionReader(self.dictionary, file.file, self.problems)
        return Rule(
            id=name.written,
            pack=file.pack,
            decision=decision,
            subjects=kinds,
            when=self._condition(node, "when", reader, kinds, isinstance(effect, Flags)),
            effect=effect,
            because=_text(node, "because") or "",
            rationale=_text(node, "rationale") or "",
            sources=tuple(source.written for source in _items(node, "sources")),
            unverified=_text(node, "unverified") == "true",
            since=_text(node, "since"),
            until=_text(node, "until"),
        )

    @property
    def _seen(self) -> set[str]:
        return self.__dict__.setdefault("seen", set())

    def _rule_kinds(self, file: PackFile, node: Mapping, decision: str | None) -> tuple[SubjectKind, ...]:
        if "for" in node.items:
            return _kinds(node)
        if decision in self.subjects:
            return self.subjects[decision]
        message = "a rule that flags needs `for`" if "flags" in node.items else f"unknown decision `{decision}`"
        self._complain(file, message, node.items["id"][1].place, None if decision is None else suggestion(decision, list(self.subjects)))
        return ()

    def _effect(self, file: PackFile, node: Mapping) -> Effect | None:
        given = [key for key in ("requires", "rules_out", "favors", "flags") if key in node.items]
        if len(given) != 1:
            self._complain(file, "a rule has one effect", node.items["id"][1].place, "write `requires`, `rules_out`, `favors` or `flags`")
            return None
        if given[0] == "flags":
            return Flags(_text(node, "flags"), _text(node, "remedy"))  # type: ignore[arg-type]
        decision = _text(file.root, "decision") or ""
        options = _items(node, given[0])
        self._known_options(file, options, decision)
        if given[0] == "requires":
            return Requires(options[0].written)
        if given[0] == "rules_out":
            return RulesOut(tuple(option.written for option in options))
        strength, concern = _text(node, "strength"), _text(node, "concern")
        if strength is None or concern is None:
            self._complain(file, "`favors` needs `strength` and `concern`", node.items["favors"][0].place)
            return None
        return Favors(options[0].written, strength, concern)  # type: ignore[arg-type]

    def _known_options(self, file: PackFile, nodes: Sequence[Node], decision: str) -> None:
        known = self.dictionary.options.get(decision, ())
        for node in nodes:
            if isinstance(node, Scalar) and known and node.written not in known:
                self._complain(file, f"`{decision}` has no option `{node.written}`", node.place, suggestion(node.written, known))

    def _ordered(self, decisions: list[Decision]) -> tuple[Decision, ...]:
        """Decisions so that each comes after those it builds on, else in the order the packs show them."""
        shown = [node.written for file in self.files for node in _items(file.root, "decisions")]
        waiting = sorted(decisions, key=lambda d: (shown.index(d.id) if d.id in shown else len(shown), d.id))
        names = {decision.id for decision in waiting}
        ordered: list[Decision] = []
        while waiting:
            done = {decision.id for decision in ordered}
            ready = next((d for d in waiting if set(d.after) & names <= done), None)
            if ready is None:
                self.problems.append(Diagnostic(self.files[0].file, f"`{waiting[0].id}` comes after itself", None, "see its `after`"))
                return tuple(ordered)
            waiting.remove(ready)
            ordered.append(ready)
        return tuple(ordered)


def _text(node: Mapping, key: str) -> str | None:
    value = node.items[key][1] if key in node.items else None
    return value.written if isinstance(value, Scalar) else None


def _pairs(node: Mapping, key: str) -> list[tuple[str, tuple[Scalar, Node]]]:
    value = node.items[key][1] if key in node.items else None
    return list(value.items.items()) if isinstance(value, Mapping) else []


def _keys(node: Mapping, key: str) -> list[str]:
    return [name for name, _ in _pairs(node, key)]


def _items(node: Mapping, key: str) -> list[Scalar]:
    """The words of a list; a single word counts as a list of one."""
    value = node.items[key][1] if key in node.items else None
    if isinstance(value, Items):
        return [item for item in value.items if isinstance(item, Scalar)]
    return [value] if isinstance(value, Scalar) and value.value is not None else []


def _kinds(node: Mapping) -> tuple[SubjectKind, ...]:
    return tuple(item.written for item in _items(node, "for"))  # type: ignore[misc]
