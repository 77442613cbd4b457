"""What the scripts of all engines share: the services of workload files as facts, and rules over them."""

from collections.abc import Iterator
from itertools import islice, product
from pathlib import Path
from typing import Any

import yaml

RULES = 150
KINDS = ("web", "worker", "batch", "scheduled", "function")
TRAFFICS = ("steady", "daily", "spiky", "idle")
BOUNDS = (8, 16, 24, 32, 40, 48, 56, 64)


def rules() -> list[tuple[str, str, int]]:
    """Each a kind, a traffic, and a bound that replicas exceed."""
    return list(islice(product(KINDS, TRAFFICS, BOUNDS), RULES))


def services(folder: str) -> Iterator[tuple[Path, str, dict[str, str | int]]]:
    """Each service of each file of a folder, with the facts that rules read."""
    for file in sorted(Path(folder).rglob("*.yaml")):
        document: dict[str, Any] = yaml.load(file.read_bytes(), yaml.CSafeLoader)
        for name, service in document["services"].items():
            traffic, most = service.get("traffic", "unknown"), service["replicas"]["max"]
            yield file, name, {"kind": service["kind"], "traffic": traffic, "max": most}
