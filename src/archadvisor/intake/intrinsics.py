"""Intrinsic functions of CloudFormation, as far as a template alone says what they come to."""

import re
from collections.abc import Callable, Mapping

from archadvisor.intake.tree import at, items, pairs
from archadvisor.loading.node import Mapping as Tree
from archadvisor.loading.node import Node, Scalar
from archadvisor.loading.node import Sequence as List

_PLACEHOLDER = re.compile(r"\$\{(!?)([^}]*)\}")
_DEEPEST = 32
"""Functions within functions that are followed."""


class Template:
    """The parameters and resources of a template, and what values in it come to."""

    def __init__(self, root: Tree) -> None:
        self.resources = {key.written: node for key, node in pairs(at(root, "Resources")) if isinstance(node, Tree)}
        self._defaults = {key.written: at(node, "Default") for key, node in pairs(at(root, "Parameters"))}

    def resolved(self, node: Node | None, depth: int = 0) -> Node | None:
        """A node in which every function is replaced by what it comes to; None and left out where that is not said."""
        match node:
            case Tree() if (function := _function(node)) is not None and depth < _DEEPEST:
                name, argument = function
                return _FUNCTIONS[name](self, argument, depth + 1) if name in _FUNCTIONS else None
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

    def named(self, node: Node | None) -> str | None:
        """The resource that a `Ref` or `Fn::GetAtt` means."""
        function = _function(node) if isinstance(node, Tree) else None
        if function is None or function[0] not in ("Ref", "Fn::GetAtt"):
            return None
        argument = function[1]
        parts = [each.written for each in items(argument) if isinstance(each, Scalar)]
        written = argument.written.split(".")[0] if isinstance(argument, Scalar) else parts[0] if parts else ""
        return written if written in self.resources else None

    def _ref(self, argument: Node, depth: int) -> Node | None:
        """The default of a parameter; what a resource is called is known only once it is there."""
        default = self._defaults.get(argument.written) if isinstance(argument, Scalar) else None
        return _at(default, argument) if isinstance(default, Scalar) and default.value not in (None, "") else None

    def _sub(self, argument: Node, depth: int) -> Node | None:
        pattern, *given = items(argument) or [argument]
        if not isinstance(pattern, Scalar):
            return None
        own = {key.written: self.resolved(value, depth) for each in given for key, value in pairs(each)}
        texts: dict[str, str] = {}
        for literal, name in _PLACEHOLDER.findall(pattern.written):
            if not literal:
                found = own[name] if name in own else self._ref(Scalar(name, name, pattern.place), depth)
                if not isinstance(found, Scalar):
                    return None
                texts[name] = found.written
        written = _PLACEHOLDER.sub(lambda each: f"${{{each[2]}}}" if each[1] else texts[each[2]], pattern.written)
        return Scalar(written, written, pattern.place)

    def _join(self, argument: Node, depth: int) -> Node | None:
        parts = items(argument)
        if len(parts) != 2 or not isinstance(parts[0], Scalar):
            return None
        words = [self.resolved(part, depth) for part in items(parts[1])]
        if not all(isinstance(word, Scalar) for word in words) or not words:
            return None
        written = parts[0].written.join(word.written for word in words if isinstance(word, Scalar))
        return Scalar(written, written, argument.place)


def _function(node: Tree) -> tuple[str, Node] | None:
    """The name and the argument of a function; None where a mapping is none."""
    if len(node.items) != 1:
        return None
    name, (_, argument) = next(iter(node.items.items()))
    return (name, argument) if name in ("Ref", "Condition") or name.startswith("Fn::") else None


def _at(node: Scalar, place: Node) -> Scalar:
    return Scalar(node.value, node.written, place.place)


_FUNCTIONS: Mapping[str, Callable[[Template, Node, int], Node | None]] = {
    "Ref": Template._ref,
    "Fn::Sub": Template._sub,
    "Fn::Join": Template._join,
}
