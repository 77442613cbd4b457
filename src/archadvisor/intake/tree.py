"""Ways through a tree of nodes that may lack any part."""

from archadvisor.loading.node import Mapping, Node, Scalar, Sequence, value_at


def at(node: Node | None, *path: str) -> Node | None:
    """What stands under keys within keys; None where one of them is not there."""
    for key in path:
        node = value_at(node, key) if isinstance(node, Mapping) else None
    return node


def items(node: Node | None) -> list[Node]:
    """The items of a list; none where there is no list."""
    return node.items if isinstance(node, Sequence) else []


def pairs(node: Node | None) -> list[tuple[Scalar, Node]]:
    """The keys and values of a mapping; none where there is no mapping."""
    return list(node.items.values()) if isinstance(node, Mapping) else []
