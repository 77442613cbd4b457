"""What rules do: the effect of each, and the keys that only some effects have a use for."""

from collections.abc import Iterable
from dataclasses import dataclass

from archadvisor.loading.condition import Dictionary
from archadvisor.loading.node import Mapping, Node, Scalar, text_at, words_at
from archadvisor.loading.wording import suggestion
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.rule import Effect, Favors, Flags, Requires, RulesOut

EFFECTS = ("requires", "rules_out", "favors", "flags")
_USED_BY = {"strength": "favors", "concern": "favors", "remedy": "flags", "suppressible": "flags"}
_RULES = {"favors": "a rule that favors an option", "flags": "a rule that flags"}


@dataclass(frozen=True, slots=True)
class EffectReader:
    """Reads the effects of one file's rules; what is wrong with them is added to `problems`."""

    dictionary: Dictionary
    file: str
    problems: list[Diagnostic]

    def read(self, rule: Mapping, decision: str) -> Effect | None:
        """The effect of a rule in a file about a decision."""
        given = [key for key in EFFECTS if words_at(rule, key)]
        if len(given) != 1:
            hint = "write `requires`, `rules_out`, `favors` or `flags`"
            self._complain("a rule has one effect", rule.items["id"][1], hint)
            return None
        (name,) = given
        self._check_use(rule, name)
        if name == "flags":
            return Flags(text_at(rule, "flags"), text_at(rule, "remedy"))  # type: ignore[arg-type]
        options = words_at(rule, name)
        self.check_options(options, decision)
        if name == "favors":
            return self._favors(rule)
        words = tuple(option.written for option in options)
        return Requires(words[0]) if name == "requires" else RulesOut(words)

    def check_options(self, nodes: Iterable[Node], decision: str) -> None:
        """Checks that a decision has some options."""
        known = self.dictionary.options.get(decision, ())
        for node in nodes:
            if isinstance(node, Scalar) and known and node.written not in known:
                hint = suggestion(node.written, known)
                self._complain(f"`{decision}` has no option `{node.written}`", node, hint)

    def _favors(self, rule: Mapping) -> Favors | None:
        option, strength, concern = (text_at(rule, key) for key in ("favors", "strength", "concern"))
        if strength is None or concern is None:
            self._complain("`favors` needs `strength` and `concern`", rule.items["favors"][0])
            return None
        return Favors(option, strength, concern)  # type: ignore[arg-type]

    def _check_use(self, rule: Mapping, effect: str) -> None:
        """Tells of the keys for which the effect has no use."""
        for key, wanted in _USED_BY.items():
            if effect != wanted and text_at(rule, key) is not None:
                self._complain(f"`{key}` is for {_RULES[wanted]}", rule.items[key][0])

    def _complain(self, message: str, node: Node, hint: str | None = None) -> None:
        self.problems.append(Diagnostic(self.file, message, node.place, hint))
