"""Classes made by `model/frozen` act as those that the standard library makes."""

import copy
import dataclasses
import pickle
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from archadvisor.model import frozen


def classes(maker: Any) -> tuple[type, type, type]:
    """Three classes as a maker makes them; one has nothing, one has all there is."""

    @maker.dataclass(frozen=True, slots=True)
    class Nothing:
        """Has no field."""

    @maker.dataclass(frozen=True, slots=True)
    class One:
        """Has one field and a method."""

        name: str

        @property
        def twice(self) -> str:
            """The name, twice."""
            return self.name * 2

    @maker.dataclass(frozen=True, slots=True)
    class Many:
        """Has fields of every sort."""

        first: str
        second: float = 1.5
        third: Mapping[str, int] = maker.field(default_factory=dict)
        hidden: tuple[str, ...] = maker.field(default=(), repr=False)
        aside: Callable[[], None] | None = maker.field(default=None, compare=False)

    return Nothing, One, Many


STANDARD, OWN = classes(dataclasses), classes(frozen)

# What is done with (Nothing, One, Many); the outcome, or the kind of error, is the same for both makers.
DEEDS: dict[str, Callable[[Any, Any, Any], object]] = {
    "no fields": lambda nothing, one, many: (repr(nothing()), nothing() == nothing(), len({nothing(), nothing()})),
    "a method": lambda nothing, one, many: one("a").twice,
    "by position": lambda nothing, one, many: repr(many("a", 2, {"b": 1}, ("c",))),
    "by name": lambda nothing, one, many: repr(many(second=3.0, first="a")),
    "defaults": lambda nothing, one, many: (many("a").second, many("a").third, many("a").hidden, many("a").aside),
    "a default of its own": lambda nothing, one, many: many("a").third is many("a").third,
    "equal": lambda nothing, one, many: (one("a") == one("a"), one("a") != one("b"), many("a") == many("a", 2)),
    "equal to another class": lambda nothing, one, many: (one("a") == many("a"), one("a") == "a", one("a") == ("a",)),
    "equal but for what is not compared": lambda nothing, one, many: many("a", aside=print) == many("a"),
    "as keys": lambda nothing, one, many: len({one("a"), one("a"), one("b")}),
    "as a key with a mapping": lambda nothing, one, many: hash(many("a")),
    "too few values": lambda nothing, one, many: many(),
    "too many values": lambda nothing, one, many: one("a", "b"),
    "an unknown field": lambda nothing, one, many: one("a", other=1),
    "changed": lambda nothing, one, many: setattr(one("a"), "name", "b"),
    "taken away from": lambda nothing, one, many: delattr(one("a"), "name"),
    "its attributes": lambda nothing, one, many: hasattr(one("a"), "__dict__"),
    "copied": lambda nothing, one, many: (copy.copy(many("a")) == many("a"), copy.deepcopy(many("a")) == many("a")),
    "replaced": lambda nothing, one, many: repr(dataclasses.replace(many("a", hidden=("b",)), second=4)),
    "replaced wrongly": lambda nothing, one, many: dataclasses.replace(one("a"), other=4),
    "as a dictionary": lambda nothing, one, many: dataclasses.asdict(many("a", third={"b": 1})),
    "its fields": lambda nothing, one, many: [(each.name, each.type, each.repr) for each in dataclasses.fields(many)],
    "what it matches": lambda nothing, one, many: (nothing.__match_args__, many.__match_args__),
    "a dataclass": lambda nothing, one, many: [dataclasses.is_dataclass(each) for each in (one, one("a"))],
    "what it is": lambda nothing, one, many: (one.__doc__, one.__qualname__, one.__module__),
}


def outcome(deed: Callable[[Any, Any, Any], object], made: tuple[type, type, type]) -> object:
    """What comes of a deed: a value, or the kind of error."""
    try:
        return deed(*made)
    except (TypeError, AttributeError) as error:
        return type(error)


@pytest.mark.parametrize("name", DEEDS)
def test_a_class_acts_as_one_of_the_standard_library(name: str) -> None:
    assert outcome(DEEDS[name], OWN) == outcome(DEEDS[name], STANDARD)


def test_replace_gives_the_same_with_other_values() -> None:
    _, one, many = OWN
    assert frozen.replace(many("a", 2, hidden=("b",)), second=3) == many("a", 3, hidden=("b",))
    with pytest.raises(TypeError):
        frozen.replace(one("a"), other=1)


@frozen.dataclass(frozen=True, slots=True)
class Known:
    """A class that pickle finds."""

    name: str
    number: int = 1


def test_objects_go_to_other_processes() -> None:
    assert pickle.loads(pickle.dumps(Known("a", 2))) == Known("a", 2)


@frozen.dataclass(frozen=True, slots=True, eq=False)
class Same:
    """A class whose objects are equal to themselves alone."""

    name: str


def test_without_comparison_an_object_equals_itself_alone() -> None:
    first, second = Same("a"), Same("a")
    assert first == first
    assert first != second
    assert len({first, second}) == 2


@pytest.mark.parametrize("maker", [dataclasses, frozen])
def test_a_field_without_a_default_follows_none_that_has_one(maker: Any) -> None:
    with pytest.raises(TypeError):

        @maker.dataclass(frozen=True, slots=True)
        class Wrong:
            first: int = 1
            second: int
