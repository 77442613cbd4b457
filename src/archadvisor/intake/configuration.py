"""The configuration in a Terraform plan: what the values of resources are made of."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from archadvisor.intake.part import HIDDEN, later
from archadvisor.intake.tree import at, items, pairs
from archadvisor.loading.node import Mapping, Node, Scalar, Sequence

_INDEX = re.compile(r"\[(?:[0-9]+|\"(?:[^\"\\]|\\.)*\")\]")
_MODULE = re.compile(r"module\.([\w-]+)\.?(.*)")
_DEEPEST = 16
"""Modules and variables that a reference is followed through."""
_MOST = 100
"""References that are followed for one value."""
_NO_RESOURCES = frozenset({"data", "local", "each", "count", "path", "self", "terraform", "var", "module"})


def without_index(address: str) -> str:
    """An address without what tells the instances of one description apart."""
    return _INDEX.sub("", address)


@dataclass(frozen=True, slots=True)
class Expressions:
    """The expressions of a resource, and how their references are resolved."""

    node: Node | None
    resolved: Callable[[Node], list[str]]


@dataclass(frozen=True, slots=True)
class _Module:
    """A module with the one that calls it."""

    address: str
    node: Node | None
    caller: "_Module | None" = None
    call: Node | None = None

    def child(self, name: str) -> "_Module":
        """A module that it calls."""
        call = at(self.node, "module_calls", name)
        return _Module(f"{self.address}module.{name}.", at(call, "module"), self, call)


class Configuration:
    """What a plan says of how its resources were written."""

    def __init__(self, root: Node | None) -> None:
        self._root = _Module("", root)
        self._described: dict[str, dict[str, Node]] = {}

    def expressions(self, address: str) -> Expressions:
        """The expressions of the resource at an address without indexes."""
        module, own = self._root, address
        for _ in range(_DEEPEST):
            found = _MODULE.fullmatch(own)
            if found is None:
                break
            module, own = module.child(found[1]), found[2]
        node = self._resources(module).get(own)
        return Expressions(at(node, "expressions"), lambda each: self._references(each, module))

    def _resources(self, module: _Module) -> dict[str, Node]:
        if module.address not in self._described:
            named = [(at(each, "address"), each) for each in items(at(module.node, "resources"))]
            found = {address.written: each for address, each in named if isinstance(address, Scalar)}
            self._described[module.address] = found
        return self._described[module.address]

    def _references(self, expression: Node, module: _Module) -> list[str]:
        """The addresses of the resources that an expression refers to, through variables and outputs of modules."""
        found: list[str] = []
        seen: set[tuple[str, str]] = set()
        pending: list[tuple[Node | None, _Module]] = [(expression, module)]
        while pending and len(seen) < _MOST:
            node, within = pending.pop(0)
            for text in _referred(node):
                if (within.address, text) not in seen:
                    seen.add((within.address, text))
                    match text.split("."):
                        case ["var", name, *_] if within.caller is not None:
                            pending.append((at(within.call, "expressions", name), within.caller))
                        case ["module", name, output, *_]:
                            child = within.child(name)
                            pending.append((at(child.node, "outputs", output, "expression"), child))
                        case [kind, name, *_] if kind not in _NO_RESOURCES:
                            found.append(f"{within.address}{kind}.{name}")
        return found


def _referred(expression: Node | None) -> list[str]:
    texts = [each.written for each in items(at(expression, "references")) if isinstance(each, Scalar)]
    return [without_index(text) for text in texts[:_MOST]]


def combined(values: Node, expressions: Node | None, resolved: Callable[[Node], list[str]]) -> Node:
    """Values with what stands for those that are known after apply: the resources that they are made of."""
    match values:
        case Mapping():
            whole = Mapping(values.place)
            for name, (key, value) in values.items.items():
                whole.items[name] = (key, combined(value, at(expressions, name), resolved))
            for key, expression in pairs(expressions):
                known = whole.items.get(key.written)
                is_open = known is None or (isinstance(known[1], Scalar) and known[1].value is None)
                if is_open and items(at(expression, "references")):
                    names = dict.fromkeys(resolved(expression))
                    whole.items[key.written] = (key, later(names, HIDDEN, values.place))
            return whole
        case Sequence():
            parts = Sequence(values.place)
            told = items(expressions)
            parts.items = [
                combined(item, told[index] if index < len(told) else None, resolved)
                for index, item in enumerate(values.items)
            ]
            return parts
        case _:
            return values
