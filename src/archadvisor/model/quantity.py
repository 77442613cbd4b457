"""Quantities as people write them, read into one unit each."""

import re
from functools import lru_cache

SECONDS_OF_A_DAY = 86400.0
MOST = 10**9
"""The largest quantity that may be written as a bare number; as of counts."""
_NUMBER = r"[0-9]{1,18}(?:\.[0-9]{1,18})?"

# Unit -> spelling -> how many of the unit one of it is. `GB` is read as GiB, as AWS writes it.
_GIB = {
    "GiB": 1.0,
    "Gi": 1.0,
    "GB": 1.0,
    "G": 1.0,
    "MiB": 2.0**-10,
    "Mi": 2.0**-10,
    "MB": 2.0**-10,
    "M": 2.0**-10,
    "KiB": 2.0**-20,
    "Ki": 2.0**-20,
    "KB": 2.0**-20,
    "B": 2.0**-30,
    "TiB": 2.0**10,
    "Ti": 2.0**10,
    "TB": 2.0**10,
}
UNITS: dict[str, dict[str, float]] = {
    "vCPU": {"": 1.0, "vCPU": 1.0, "vCPUs": 1.0, "m": 0.001},
    "GiB": _GIB,
    "KiB": {spelling: size * 2.0**20 for spelling, size in _GIB.items()},
    "s": {
        "s": 1.0,
        "sec": 1.0,
        "min": 60.0,
        "h": 3600.0,
        "d": SECONDS_OF_A_DAY,
        "w": 604800.0,
    },
}
EXAMPLES = {
    "vCPU": "`0.5`, `2 vCPU` or `500m`",
    "GiB": "`512 MiB` or `2 GiB`",
    "KiB": "`4 KiB` or `200 KiB`",
    "s": "`90 s`, `20 min`, `12 h` or `30 d`",
}


def pattern(unit: str) -> str:
    """A regular expression (the dialect JSON Schema and Python share) for a quantity in `unit`."""
    spellings = sorted(filter(None, UNITS[unit]), key=lambda spelling: (-len(spelling), spelling))
    optional = "?" if "" in UNITS[unit] else ""
    return f"^{_NUMBER} ?(?:{'|'.join(spellings)}){optional}$"


@lru_cache(maxsize=4096)
def quantity(written: str | float, unit: str) -> float | None:
    """`written` in `unit`, or None where it is no such quantity; a bare number needs a unit that allows it."""
    if isinstance(written, (int, float)):
        return float(written) if "" in UNITS[unit] and written <= MOST else None
    number = re.match(_NUMBER, written)
    if number is None:
        return None
    factor = UNITS[unit].get(written[number.end() :].removeprefix(" "))
    return None if factor is None else float(number.group()) * factor


def worded(value: object, unit: str | None = None) -> str:
    """A fact's value as a person reads it: `512 MiB`, `20 min`, `s3, sqs`, `yes`."""
    match value:
        case None:
            return "unknown"
        case bool():
            return "yes" if value else "no"
        case tuple():
            return ", ".join(str(item) for item in value) or "none"
        case int() | float():
            return _measured(float(value), unit)
    return str(value)


def written(value: object, unit: str | None = None) -> str:
    """A fact's value as a workload file has it: `512 MiB`, `0.5`, `true`."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)) and "" in UNITS.get(unit or "", {}):
        return f"{value:g}"
    return worded(value, unit)


def _measured(value: float, unit: str | None) -> str:
    match unit:
        case "GiB" | "KiB":
            return _size(value if unit == "GiB" else value * 2.0**-20)
        case "s":
            name, length = next(((n, s) for n, s in _PERIODS if value >= s and value % s == 0), ("s", 1.0))
            return f"{value / length:g} {name}"
        case "vCPU":
            return f"{value:g} vCPU"
    return f"{value:.10g}"


_PERIODS = (("d", SECONDS_OF_A_DAY), ("h", 3600.0), ("min", 60.0))


def _size(gib: float) -> str:
    for name, size in (("GiB", 1.0), ("MiB", 2.0**-10), ("KiB", 2.0**-20)):
        if gib >= size:
            return f"{gib / size:.6g} {name}"
    return f"{gib * 2.0**30:g} B"
