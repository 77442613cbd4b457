"""The JSON Schemas published from the shapes: what editors, readers of a file and other tools go by."""

from collections.abc import Callable

from pydantic import BaseModel

from archadvisor.loading.shapes import advice, answers, baseline, catalog, configuration, lock, pack, workload

Schema = dict[str, object]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema_of(shape: type[BaseModel], title: str) -> Schema:
    """The JSON Schema of a shape: no generated titles, and no keys beyond the patterns that name them."""
    return {"$schema": _DIALECT, "title": title, **_tidied(shape.model_json_schema())}


def _tidied(schema: Schema) -> Schema:
    tidy = {
        key: _tidied_value(key, value) for key, value in schema.items() if key != "title" or isinstance(value, dict)
    }
    if "patternProperties" in tidy:
        tidy["additionalProperties"] = False
    return tidy


def _tidied_value(key: str, value: object) -> object:
    if isinstance(value, dict) and key not in ("default", "const"):
        return _tidied(value)
    if isinstance(value, list):
        return [_tidied(item) if isinstance(item, dict) else item for item in value]
    return value


SCHEMAS: dict[str, Callable[[], Schema]] = {
    "workload": lambda: schema_of(workload.Workload, "archadvisor workload, version 1"),
    "pack": lambda: schema_of(pack.PackFile, "A file of an archadvisor rule pack"),
    "advice": lambda: schema_of(advice.Report, "archadvisor advice, version 1"),
    "what-if": lambda: schema_of(answers.WhatIf, "archadvisor what-if, version 1"),
    "why-not": lambda: schema_of(answers.WhyNot, "archadvisor why-not, version 1"),
    "catalog": lambda: schema_of(catalog.CatalogFile, "A table of archadvisor's catalog of AWS facts"),
    "baseline": lambda: schema_of(baseline.Baseline, "archadvisor baseline, version 1"),
    "configuration": lambda: schema_of(configuration.Configuration, "archadvisor configuration"),
    "lock": lambda: schema_of(lock.Lock, "archadvisor lock, version 1"),
}
