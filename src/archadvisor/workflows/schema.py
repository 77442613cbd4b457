"""The published JSON Schemas."""

import json
import os

from archadvisor.loading.home import home

NAMES = ("workload", "pack", "advice", "what-if", "why-not", "catalog", "baseline", "configuration", "lock")


def schema_text(name: str) -> str:
    """A schema as published with this version."""
    with open(os.path.join(home("schema"), f"{name}.schema.json"), encoding="utf-8") as file:
        return file.read()


def generated_schema(name: str) -> str:
    """A schema as the shapes give it now."""
    from archadvisor.loading.shapes.published import SCHEMAS

    return json.dumps(SCHEMAS[name](), indent=2, ensure_ascii=False) + "\n"
