"""Quantities as Kubernetes writes them."""

import re

from archadvisor.intake.part import Part

_QUANTITY = re.compile(
    r"([0-9]{1,18}(?:\.[0-9]{0,18})?|\.[0-9]{1,18})(?:([numkMGTPE]|[KMGTPE]i)|[eE]([+-]?[0-9]{1,2}))?"
)
_FACTORS: dict[str | None, float] = {
    None: 1.0,
    **{unit: 1000.0**-power for power, unit in enumerate("mun", 1)},
    **{unit: 1000.0**power for power, unit in enumerate("kMGTPE", 1)},
    **{f"{unit}i": 1024.0**power for power, unit in enumerate("KMGTPE", 1)},
}
MIB = 2.0**20


def quantity(part: Part) -> float | None:
    """What `500m`, `2Gi` or `1e3` comes to; None where there is no quantity."""
    found = _QUANTITY.fullmatch(part.words.strip())
    return float(found[1]) * _FACTORS[found[2]] * 10.0 ** int(found[3] or 0) if found else None


def in_mib(part: Part) -> str | None:
    """An amount of memory as a workload file writes it."""
    amount = quantity(part)
    return f"{amount / MIB:.10g} MiB" if amount else None
