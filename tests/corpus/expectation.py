"""What a careful reader finds in a real file, and where the importer differs."""

import re
from collections.abc import Iterator

import yaml
from pydantic import BaseModel, ConfigDict, Field

from archadvisor.model.quantity import quantity
from tests.corpus.files import Found, Refused

_UNITS = {"memory": "GiB", "disk": "GiB", "shared_memory": "GiB", "drain": "s", "cpu": "vCPU"}

Value = str | int | float | list[str]


class Secret(BaseModel):
    """A secret in plain text: its name and its line, never its value."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    key: str
    line: int


class Expected(BaseModel):
    """What is expected of one file; `*` in a path stands for one name."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    about: str
    refused: str | None = None
    """Words that the message must have; then nothing else is expected."""
    services: list[str] | None = None
    """All services by name."""
    count: int | None = None
    """How many, where the file gives no name that is beyond doubt."""
    endpoints: dict[str, int] = Field(default_factory=dict)
    """How many endpoints a service has."""
    decisions: dict[str, str | dict[str, str]] = Field(default_factory=dict)
    facts: dict[str, Value] = Field(default_factory=dict)
    """A path to its value as a workload file has it; lists in any order."""
    includes: dict[str, list[str]] = Field(default_factory=dict)
    """A path to what its list must hold, among others."""
    unknown: list[str] = Field(default_factory=list)
    """Paths that must not be stated."""
    secrets: list[Secret] = Field(default_factory=list)
    no_secrets: list[str] = Field(default_factory=list)
    """Keys that look as if they held one."""


def differences(expected: Expected, got: Found | Refused) -> list[str]:
    """Each difference in a line: the path, what is expected, what there is."""
    if isinstance(got, Refused):
        wanted = "an import" if expected.refused is None else f"`{expected.refused}`"
        is_met = expected.refused is not None and expected.refused in got.message
        return [] if is_met else [f"expected {wanted}, got `{got.message}`"]
    if expected.refused is not None:
        return [f"expected a refusal with `{expected.refused}`, got {len(got['services'])} services"]
    return [*_of_services(expected, got), *_of_facts(expected, got), *_of_secrets(expected, got)]


def _of_services(expected: Expected, got: Found) -> Iterator[str]:
    names = [service["name"] for service in got["services"]]
    if expected.services is not None and sorted(names) != sorted(expected.services):
        yield f"services: expected {sorted(expected.services)}, got {sorted(names)}"
    if expected.count is not None and len(names) != expected.count:
        yield f"services: expected {expected.count} of them, got {sorted(names)}"
    ports = {service["name"]: service["endpoints"] for service in got["services"]}
    for name, count in expected.endpoints.items():
        if len(ports.get(name, ())) != count:
            yield f"services.{name}.endpoints: expected {count} of them, got {ports.get(name, [])}"


def _of_facts(expected: Expected, got: Found) -> Iterator[str]:
    stated = {fact["path"]: fact["value"] for fact in got["facts"]}
    for path, value in {**expected.facts, **_decisions(expected)}.items():
        values = _at(path, stated)
        if not any(_is_same(path, value, found) for found in values):
            yield f"{path}: expected {value}, got {', '.join(values) or 'nothing'}"
    for path, items in expected.includes.items():
        values = _at(path, stated)
        if not any(set(items) <= set(_list(found)) for found in values):
            yield f"{path}: expected {items} among others, got {', '.join(values) or 'nothing'}"
    for path in expected.unknown:
        if values := [found for found in _at(path, stated) if found != "unknown"]:
            yield f"{path}: expected nothing, got {', '.join(values)}"


def _of_secrets(expected: Expected, got: Found) -> Iterator[str]:
    found = {(leak["key"], leak["line"]) for leak in got["plain_text_secrets"]}
    for secret in expected.secrets:
        if (secret.key, secret.line) not in found:
            lines = sorted(line for key, line in found if key == secret.key)
            yield f"secret {secret.key}: expected in line {secret.line}, got {lines or 'none'}"
    for key in sorted({key for key, _ in found} & set(expected.no_secrets)):
        yield f"secret {key}: expected none, got {sorted(line for name, line in found if name == key)}"


def _decisions(expected: Expected) -> dict[str, str]:
    found: dict[str, str] = {}
    for decision, option in expected.decisions.items():
        options = {"": option} if isinstance(option, str) else {f".{name}": one for name, one in option.items()}
        found |= {f"decisions.{decision}{name}": one for name, one in options.items()}
    return found


def _at(path: str, stated: dict[str, str]) -> list[str]:
    pattern = re.compile(re.escape(path).replace(r"\*", "[^.]+"))
    return [value for found, value in stated.items() if pattern.fullmatch(found)]


def _is_same(path: str, expected: Value, written: str) -> bool:
    if isinstance(expected, list):
        return sorted(expected) == sorted(_list(written))
    unit = _UNITS.get(path.rpartition(".")[2])
    if unit is None or (wanted := quantity(expected, unit)) is None:
        return str(expected) == str(yaml.safe_load(written))
    found = quantity(written, unit)
    return found is not None and abs(found - wanted) <= 0.01 * wanted


def _list(written: str) -> list[str]:
    found = yaml.safe_load(written)
    return [str(item) for item in found] if isinstance(found, list) else []
