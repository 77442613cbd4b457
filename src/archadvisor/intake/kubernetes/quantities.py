"""Quantities as Kubernetes writes them."""

import re

from archadvisor.intake.part import Part

_QUANTITY = re.compile(r"([0-9]{1,18}(?:\.[0-9]{1,18})?)(m|k|Ki|M|Mi|G|Gi|T|Ti|e[0-9]{1,2})?")
_FACTORS: dict[str | None, float] = {
    None: 1.0,
    "m": 0.001,
    **{unit: 1000.0**power for power, unit in enumerate("kMGT", 1)},
    **{f"{unit}i": 1024.0**power for power, unit in enumerate("KMGT", 1)},
}
MIB = 2.0**20


def quantity(part: Part) -> float | None:
    """What `500m`, `2Gi` or `1e3` comes to; None where there is no quantity."""
    found = _QUANTITY.fullmatch(part.words.strip())
    if found is None:
        return None
    unit = found[2]
    return float(found[1]) * (10.0 ** int(unit[1:]) if unit and unit[0] == "e" else _FACTORS[unit])


def in_mib(part: Part) -> str | None:
    """An amount of memory as a workload file writes it."""
    amount = quantity(part)
    return f"{amount / MIB:.10g} MiB" if amount else None
