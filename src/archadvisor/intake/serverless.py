"""What all functions of a SAM template have in common, put into each of them."""

from archadvisor.intake.part import Part
from archadvisor.loading.node import Mapping, Node, Sequence

FUNCTION = "AWS::Serverless::Function"


def with_globals(common: Node | None, own: Node) -> Node:
    """Properties with those that are common to all: mappings are merged, lists add up, else the own one counts."""
    match common, own:
        case (Mapping(), Mapping()) if not Part(common, "").is_open and not Part(own, "").is_open:
            whole = Mapping(own.place)
            whole.items = dict(common.items)
            for name, (key, value) in own.items.items():
                shared = common.items.get(name)
                whole.items[name] = (key, with_globals(shared[1] if shared else None, value))
            return whole
        case (Sequence(), Sequence()):
            both = Sequence(own.place)
            both.items = [*common.items, *own.items]
            return both
        case _:
            return own
