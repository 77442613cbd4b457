"""Intrinsic functions of CloudFormation, as far as a template alone says what they come to."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from archadvisor.intake.part import HIDDEN, Part, later
from archadvisor.intake.tree import at, items, pairs
from archadvisor.loading.node import Mapping as Tree
from archadvisor.loading.node import Node, Scalar
from archadvisor.loading.node import Sequence as List

_PLACEHOLDER = re.compile(r"\$\{(!?)([^}]*)\}")
_DEEPEST = 64
"""Functions within functions, and values within values, that are followed."""
_MOST = 10_000_000
"""Characters that the functions of a template may make in all."""
_NOTHING = "AWS::NoValue"
_LOOP = "Fn::ForEach::"
_IN_STORE = "AWS::SSM::Parameter::Value<"
"""How the type of a parameter begins that is given the name of its value in the Parameter Store."""


class Template:
    """The parameters, mappings and resources of a template, and what values in it come to."""

    def __init__(self, root: Tree) -> None:
        resources = pairs(at(root, "Resources"))
        self.resources = {key.written: node for key, node in resources if isinstance(node, Tree)}
        self.loops = [key for key, _ in resources if key.written.startswith(_LOOP)]
        self.defaults = {
            key.written: at(node, "Default")
            for key, node in pairs(at(root, "Parameters"))
            if not Part(node, "").at("Type").words.startswith(_IN_STORE)
        }
        """What parameters are where nobody says otherwise."""
        self._mappings = at(root, "Mappings")
        self._left = _MOST

    def resolved(self, node: Node | None, depth: int = 0) -> Node | None:
        """A node in which every function is replaced by what it comes to.

        What is known only later becomes a mapping that names the resources it is made of; None is what is to be left
        out.
        """
        if depth > _DEEPEST:
            return None
        match node:
            case Tree() if (function := _function(node)) is not None:
                name, argument = function
                if name == "Ref" and isinstance(argument, Scalar) and argument.written == _NOTHING:
                    return None
                found = _FUNCTIONS[name](self, argument, depth + 1) if name in _FUNCTIONS else None
                return found if found is not None else self._later(name, argument, HIDDEN)
            case Tree():
                whole = Tree(node.place)
                for key, value in pairs(node):
                    if (found := self.resolved(value, depth + 1)) is not None:
                        whole.items[key.written] = (key, found)
                return whole
            case List():
                parts = List(node.place)
                parts.items = [found for item in node.items if (found := self.resolved(item, depth + 1)) is not None]
                return parts
            case _:
                return node

    def _later(self, name: str, argument: Node, known: str) -> Tree:
        """What stands for a value that is known later."""
        return later([each for each in self._named(name, argument) if each in self.resources], known, argument.place)

    def _named(self, name: str, argument: Node) -> Iterable[str]:
        """The names that a function takes its value from."""
        texts = [each.written for each in (argument, *items(argument)) if isinstance(each, Scalar)]
        match name:
            case "Ref" | "Fn::GetAtt":
                return [text.partition(".")[0] for text in texts[:1]]
            case "Fn::Sub":
                own = [value for each in items(argument) for _, value in pairs(each)]
                named = [found.partition(".")[0] for text in texts[:1] for _, found in _PLACEHOLDER.findall(text)]
                return [*named, *self._within(name, own)]
            case "Fn::Join" | "Fn::Select" | "Fn::Split":
                return self._within(name, [each for part in items(argument) for each in items(part) or [part]])
            case _:
                return []

    def _within(self, name: str, nodes: Iterable[Node]) -> list[str]:
        """The names that other functions among the arguments of one take their values from."""
        inner = [function for each in nodes if isinstance(each, Tree) and (function := _function(each))]
        return [found for each in inner if each[0] != name for found in self._named(*each)]

    def _ref(self, argument: Node, depth: int) -> Node | None:
        """The default of a parameter; what a resource is called is known only once it is there."""
        default = self.defaults.get(argument.written) if isinstance(argument, Scalar) else None
        return _at(default, argument) if isinstance(default, Scalar) and default.value not in (None, "") else None

    def _sub(self, argument: Node, depth: int) -> Node | None:
        pattern, *given = items(argument) or [argument]
        if not isinstance(pattern, Scalar):
            return None
        own = {key.written: self.resolved(value, depth) for each in given for key, value in pairs(each)}
        parts = _PLACEHOLDER.split(pattern.written)
        made: list[Node | str | None] = [parts[0]]
        for literal, name, text in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
            known = own[name] if name in own else self._ref(Scalar(name, name, pattern.place), depth)
            made += [f"${{{name}}}" if literal else known, text]
        return self._joined("Fn::Sub", argument, "", made)

    def _join(self, argument: Node, depth: int) -> Node | None:
        parts = items(argument)
        if len(parts) != 2 or not isinstance(parts[0], Scalar):
            return None
        words = items(self.resolved(parts[1], depth))
        return self._joined("Fn::Join", argument, parts[0].written, words) if words else None

    def _find(self, argument: Node, depth: int) -> Node | None:
        """An entry of a mapping, whose keys must be known."""
        keys = self._texts(argument, depth)
        found = at(self._mappings, *keys[:3]) if keys is not None and len(keys) >= 3 else None
        if isinstance(found, Scalar):
            return _at(found, argument)
        return found if all(isinstance(each, Scalar) for each in items(found)) and isinstance(found, List) else None

    def _select(self, argument: Node, depth: int) -> Node | None:
        parts = items(argument)
        index = self.resolved(parts[0], depth) if len(parts) == 2 else None
        found = items(self.resolved(parts[1], depth)) if isinstance(index, Scalar) else []
        number = int(index.written) if isinstance(index, Scalar) and re.fullmatch("[0-9]{1,4}", index.written) else -1
        return found[number] if 0 <= number < len(found) else None

    def _split(self, argument: Node, depth: int) -> Node | None:
        texts = self._texts(argument, depth)
        if texts is None or len(texts) != 2 or not texts[0] or not self._may_make(len(texts[1])):
            return None
        parts = List(argument.place)
        parts.items = [Scalar(each, each, argument.place) for each in texts[1].split(texts[0])]
        return parts

    def _texts(self, node: Node, depth: int) -> list[str] | None:
        """The texts of a list; None where one of them is not known."""
        found = items(self.resolved(node, depth))
        texts = [each.written for each in found if isinstance(each, Scalar)]
        return texts if len(texts) == len(found) else None

    def _joined(self, name: str, argument: Node, between: str, parts: Sequence[Node | str | None]) -> Node | None:
        """The text that a function makes of others, as far as they are known; None where functions make too much."""
        texts = [part if isinstance(part, str) else _known(part) for part in parts]
        if not self._may_make(sum(map(len, texts)) + len(between) * len(texts)):
            return None
        written = between.join(texts)
        is_whole = all(isinstance(part, (str, Scalar)) for part in parts)
        return Scalar(written, written, argument.place) if is_whole else self._later(name, argument, written)

    def _may_make(self, characters: int) -> bool:
        """Whether that much may still be made, and notes it."""
        self._left -= characters
        return self._left >= 0


def _function(node: Tree) -> tuple[str, Node] | None:
    """The name and the argument of a function; None where a mapping is none."""
    if len(node.items) != 1:
        return None
    name, (_, argument) = next(iter(node.items.items()))
    return (name, argument) if name in ("Ref", "Condition") or name.startswith("Fn::") else None


def _known(node: Node | None) -> str:
    """The text of a node, as far as it is known."""
    return node.written if isinstance(node, Scalar) else Part(node, "").known or HIDDEN


def _at(node: Scalar, place: Node) -> Scalar:
    return Scalar(node.value, node.written, place.place)


_FUNCTIONS: Mapping[str, Callable[[Template, Node, int], Node | None]] = {
    "Ref": Template._ref,
    "Fn::Sub": Template._sub,
    "Fn::Join": Template._join,
    "Fn::FindInMap": Template._find,
    "Fn::Select": Template._select,
    "Fn::Split": Template._split,
}
