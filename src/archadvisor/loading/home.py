"""Where archadvisor's own data lies: inside the package in a wheel, beside `src` in a checkout."""

import json
import os
from collections.abc import Iterator
from functools import cache
from typing import Any

_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
_CHECKOUT = os.path.dirname(os.path.dirname(_PACKAGE))


def home(folder: str) -> str:
    """The path of one of the folders `rules`, `catalog` and `schema`, or of `compiled`, which only a wheel has."""
    carried = os.path.join(_PACKAGE, "data", folder)
    return carried if os.path.isdir(carried) else os.path.join(_CHECKOUT, folder)


def stamp() -> str:
    """What changes when archadvisor's own code does."""
    found = [(entry.path, entry.stat().st_mtime_ns) for entry in _code(_PACKAGE)]
    return repr(sorted(found))


def _code(folder: str) -> Iterator[os.DirEntry[str]]:
    for entry in os.scandir(folder):
        if entry.is_dir(follow_symlinks=False):
            yield from _code(entry.path)
        elif entry.name.endswith(".py"):
            yield entry


@cache
def third_party(name: str) -> dict[str, Any]:
    """A JSON Schema of somebody else, as they publish it."""
    with open(os.path.join(home("schema"), "third_party", f"{name}.json"), encoding="utf-8") as file:
        schema: dict[str, Any] = json.load(file)
    return schema


def published(name: str) -> dict[str, Any]:
    """One of the JSON Schemas, as published."""
    with open(os.path.join(home("schema"), f"{name}.schema.json"), encoding="utf-8") as file:
        schema: dict[str, Any] = json.load(file)
    return schema
