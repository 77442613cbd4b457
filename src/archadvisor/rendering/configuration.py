"""The settings that count for a file, as text and as JSON (the versioned shape `config/1`)."""

import json
from collections.abc import Iterator, Sequence

from archadvisor.model.configuration import Choice, Configuration, Origin, Override
from archadvisor.rendering.json import Json
from archadvisor.rendering.paint import Paper, printable

_DEFAULT_FAIL_ON = "error"


def settings_text(path: str, found: Configuration, choice: Choice, overrides: Sequence[Override], paper: Paper) -> str:
    """A line a setting: its name, its value, and in grey where that comes from."""
    lines = [paper.paint(f"settings for {printable(path)}", "bold")]
    for name, value in _settings(found, choice):
        where = ", ".join(_where(origin) for origin in _origins(name, found, overrides)) or "default"
        lines.append(f"  {name} = {printable(value)}  {paper.paint(f'# {printable(where)}', 'dim')}")
    return "\n".join(lines) + "\n"


def settings_json(path: str, found: Configuration, choice: Choice, overrides: Sequence[Override]) -> str:
    """The same as JSON text."""
    document: Json = {
        "schema": "config/1",
        "path": path,
        "settings": {
            "packs": list(found.packs),
            "select": list(choice.select),
            "ignore": list(choice.ignore),
            "severity": dict(choice.severity),
            "fail-on": found.fail_on or _DEFAULT_FAIL_ON,
        },
        "origins": {
            name: [{"file": origin.file, "line": origin.place.line if origin.place else None} for origin in origins]
            for name, _ in _settings(found, choice)
            if (origins := _origins(name, found, overrides))
        },
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _settings(found: Configuration, choice: Choice) -> Iterator[tuple[str, str]]:
    yield "packs", _listed(found.packs)
    yield "select", _listed(choice.select)
    yield "ignore", _listed(choice.ignore)
    severity = ", ".join(f'"{rule}" = "{value}"' for rule, value in choice.severity)
    yield "severity", f"{{{severity}}}"
    yield "fail-on", f'"{found.fail_on or _DEFAULT_FAIL_ON}"'


def _listed(words: tuple[str, ...]) -> str:
    return json.dumps(list(words), ensure_ascii=False)


def _origins(name: str, found: Configuration, overrides: Sequence[Override]) -> tuple[Origin, ...]:
    """Where a setting is written, overrides of this file included."""
    says = {
        "select": [override.origin for override in overrides if override.select is not None],
        "ignore": [override.origin for override in overrides if override.ignore],
        "severity": [override.origin for override in overrides if override.severity],
    }
    return (*found.origins.get(name, ()), *says.get(name, ()))


def _where(origin: Origin) -> str:
    return f"{origin.file}:{origin.place.line}" if origin.place else origin.file
