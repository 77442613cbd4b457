"""A rulebook and catalog as JSON data and back, so that packs are read and checked only when they change."""

from typing import Any

from archadvisor.model import catalog, condition, repair, rule
from archadvisor.model.catalog import Catalog
from archadvisor.model.rule import Rulebook

_CLASSES: dict[str, type] = {
    cls.__name__: cls
    for cls in (
        condition.AllOf,
        condition.AnyOf,
        condition.Not,
        condition.Is,
        condition.Compare,
        condition.Has,
        condition.Empty,
        condition.Known,
        condition.Over,
        rule.Requires,
        rule.RulesOut,
        rule.Favors,
        rule.Flags,
        repair.SetFacts,
        repair.ReplaceWords,
        repair.SetDecision,
        repair.ReferenceSecret,
        repair.Repair,
        rule.Rule,
        rule.Option,
        rule.Decision,
        rule.DeclaredConflict,
        rule.Source,
        rule.PackName,
        rule.Rulebook,
        catalog.Row,
        catalog.Tie,
        catalog.Table,
    )
}
_NESTED = (list, dict)


def compiled(rulebook: Rulebook, tables: Catalog) -> object:
    """JSON data that `restored` turns back."""
    return [_packed(rulebook), _packed(tables)]


def restored(data: Any) -> tuple[Rulebook, Catalog] | None:
    """The rulebook and catalog in compiled data; None where it is no such data."""
    try:
        rulebook, tables = (_unpacked(part) for part in data)
    except (KeyError, TypeError, ValueError, IndexError):
        return None
    return (rulebook, tables) if isinstance(rulebook, Rulebook) and isinstance(tables, dict) else None


def _packed(value: Any) -> Any:
    """Lists say what they are in their first item; all else is itself."""
    name = type(value).__name__
    if name in _CLASSES:
        return [name, *(_packed(getattr(value, field)) for field in value.__match_args__)]
    if isinstance(value, (tuple, list)):
        return ["()" if isinstance(value, tuple) else "[]", *(_packed(item) for item in value)]
    if isinstance(value, dict):
        return {key: _packed(item) for key, item in value.items()}
    return value


def _unpacked(value: Any) -> Any:
    if type(value) is dict:
        return {key: _unpacked(item) if type(item) in _NESTED else item for key, item in value.items()}
    if type(value) is not list:
        return value
    kind, *items = value
    items = [_unpacked(item) if type(item) in _NESTED else item for item in items]
    if kind == "()":
        return tuple(items)
    return items if kind == "[]" else _CLASSES[kind](*items)
