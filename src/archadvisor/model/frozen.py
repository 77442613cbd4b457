"""`dataclass`, `field` and `replace` as in `dataclasses`, as far as they are needed here, and quicker to start.

The standard library compiles six methods for every frozen class, which is two thirds of the time a check takes to start
(`docs/decisions/0040-start-up.md`). Here all but `__init__` is shared, and that is made with the first object, of what
classes of as many fields share. To `dataclasses` itself, to type checkers and to readers these are dataclasses like any
other.
"""

from collections.abc import Callable
from functools import cache
from operator import attrgetter
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Any, NoReturn

_NONE: Any = object()
_NOT_COPIED = frozenset({"__dict__", "__weakref__", "__annotate__", "__annotate_func__", "__annotations_cache__"})
_put = object.__setattr__


class _Field:
    """What is said of a field besides its name and type."""

    __slots__ = ("compare", "default", "default_factory", "repr")

    def __init__(
        self, *, default: Any = _NONE, default_factory: Any = _NONE, repr: bool = True, compare: bool = True
    ) -> None:
        self.default, self.default_factory, self.repr, self.compare = default, default_factory, repr, compare

    @property
    def is_optional(self) -> bool:
        """Whether an object can be made without saying what is in the field."""
        return self.default is not _NONE or self.default_factory is not _NONE

    @property
    def said(self) -> dict[str, Any]:
        """The same for `dataclasses.field`."""
        return {name: value for name in self.__slots__ if (value := getattr(self, name)) is not _NONE}


class _Fields:
    """The fields of a class as `dataclasses` describes them, made when it first asks for them."""

    def __get__(self, instance: object, owner: Any) -> object:
        from dataclasses import field, make_dataclass

        fields = [(name, owner.__annotations__[name], field(**said.said)) for name, said in owner.__frozen__.items()]
        twin: Any = make_dataclass(owner.__name__, fields)
        owner.__dataclass_fields__ = twin.__dataclass_fields__
        return owner.__dataclass_fields__


def _dataclass(*, frozen: bool, slots: bool, eq: bool = True) -> Callable[[type], type]:
    assert frozen
    assert slots
    return lambda cls: _made(cls, eq)


def _made(cls: type, eq: bool) -> type:
    """A class with the same body, and slots for its fields."""
    body = {name: value for name, value in cls.__dict__.items() if name not in _NOT_COPIED}
    names = tuple(cls.__annotations__)
    said = {name: _field(body.pop(name, _NONE)) for name in names}
    optional = [each.is_optional for each in said.values()]
    if optional != sorted(optional):
        raise TypeError(f"in `{cls.__qualname__}`, a field without a default follows one that has one")
    methods = _SHARED | _comparing([name for name in names if said[name].compare]) if eq else _SHARED
    made = {
        "__qualname__": cls.__qualname__,
        "__annotations__": cls.__annotations__,
        "__slots__": names,
        "__match_args__": names,
        "__frozen__": said,
        "__dataclass_fields__": _Fields(),
    }
    return type(cls)(cls.__name__, cls.__bases__, methods | body | made)


def _field(default: Any) -> _Field:
    return default if isinstance(default, _Field) else _Field(default=default)


def _first_init(self: Any, *values: object, **named: object) -> None:
    """Makes the first object of a class, and with it what makes the others."""
    cls = type(self)
    cls.__init__ = _init(cls.__frozen__)
    cls.__init__(self, *values, **named)


def _init(fields: dict[str, _Field]) -> Any:
    """An `__init__` with a parameter for each field: that of another class of as many fields, under other names."""
    names = {f"f{place}": name for place, name in enumerate(fields)}
    likeness = _likeness(tuple(said.default_factory is not _NONE for said in fields.values()))
    code = likeness.replace(
        co_varnames=tuple(names.get(name, name) for name in likeness.co_varnames),
        co_consts=tuple(names.get(const, const) for const in likeness.co_consts),
    )
    new = {f"_new_f{place}": said.default_factory for place, said in enumerate(fields.values())}
    defaults = tuple(said.default for said in fields.values() if said.is_optional)
    return FunctionType(code, {"_put": _put, "_NONE": _NONE, **new}, "__init__", defaults)


@cache
def _likeness(made_anew: tuple[bool, ...]) -> CodeType:
    """What puts so many values into fields `f0`, `f1`, ..., of which some are made anew for each object."""
    names = [f"f{place}" for place in range(len(made_anew))]
    values = [f"_new_{n}() if {n} is _NONE else {n}" if anew else n for n, anew in zip(names, made_anew, strict=True)]
    body = [f"  _put(self, {name!r}, {value})" for name, value in zip(names, values, strict=True)]
    scope: dict[str, Any] = {}
    exec("\n".join([f"def __init__({', '.join(['self', *names])}):", *(body or ["  pass"])]), scope)
    code: CodeType = scope["__init__"].__code__
    return code


def _comparing(names: list[str]) -> dict[str, Any]:
    """What compares objects of a class by some of its fields."""
    values = attrgetter(*names) if names else lambda _: ()

    def __eq__(self: object, other: object) -> bool:
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    def __hash__(self: object) -> int:
        return hash(values(self))

    return {"__eq__": __eq__, "__hash__": __hash__}


def _repr(self: Any) -> str:
    shown = (f"{name}={getattr(self, name)!r}" for name, said in self.__frozen__.items() if said.repr)
    return f"{type(self).__qualname__}({', '.join(shown)})"


def _refused(self: object, name: str, value: object = None) -> NoReturn:
    from dataclasses import FrozenInstanceError

    raise FrozenInstanceError(f"cannot change field {name!r}")


def _state(self: Any) -> list[object]:
    return [getattr(self, name) for name in self.__slots__]


def _set_state(self: Any, state: list[object]) -> None:
    for name, value in zip(self.__slots__, state, strict=True):
        _put(self, name, value)


def _replace(value: Any, /, **changes: object) -> Any:
    """The same object with other values in some fields."""
    return value.__class__(**{name: getattr(value, name) for name in value.__slots__} | changes)


_SHARED: dict[str, Any] = {
    "__init__": _first_init,
    "__repr__": _repr,
    "__setattr__": _refused,
    "__delattr__": _refused,
    "__getstate__": _state,
    "__setstate__": _set_state,
}

if TYPE_CHECKING:
    from dataclasses import dataclass, field, replace
else:
    dataclass, field, replace = _dataclass, _Field, _replace

__all__ = ["dataclass", "field", "replace"]
