"""Changes of facts in words, and as settings that `what-if` takes."""

import re

from archadvisor.model.advice import Evidence
from archadvisor.model.change import Change
from archadvisor.model.condition import SIGNS
from archadvisor.model.fact import Value
from archadvisor.model.quantity import worded

_BARE = re.compile(r"[A-Za-z_/][A-Za-z0-9_./-]*")
_OTHER_TYPES = ("true", "false", "null", "unknown")


def in_words(change: Change) -> str:
    """A change as it is told: `services.web.gpus: 0 (assumed), to 1 (more than 0)`."""
    before = worded(change.before, change.unit) + (" (assumed)" if change.origin == "assumed" else "")
    return f"{change.path}: {before}, to {target_in_words(change)}"


def target_in_words(change: Change) -> str:
    """The value a change leads to, and the threshold it passes, if it does."""
    return worded(change.after, change.unit) + (f" ({threshold_in_words(change)})" if change.past else "")


def threshold_in_words(change: Change) -> str:
    """What the value must be for the change to tell: `more than 16 vCPU`, else the value itself."""
    if change.past is None:
        return worded(change.after, change.unit)
    comparison, bound = change.past
    return f"{SIGNS[comparison]} {worded(bound, change.unit)}"


def fact_in_words(fact: Evidence) -> str:
    """A fact with where it is written: `team.hosts is never (line 5)`."""
    value = "****" if fact.redacted else worded(fact.value, fact.unit)
    return f"{fact.fact} is {value} ({fact.place.in_words if fact.place else fact.origin})"


def setting_of(change: Change) -> str:
    """The change as an argument of `what-if`: `services.web.gpus=1`."""
    return f"{change.path}={_written(change.after, change.unit)}"


def _written(value: Value, unit: str | None) -> str:
    """A value as it is written in a workload file."""
    match value:
        case bool():
            return "true" if value else "false"
        case tuple():
            return f"[{', '.join(_written(word, None) for word in value)}]"
        case str():
            plain = _BARE.fullmatch(value) is not None and value not in _OTHER_TYPES
            return value if plain else f'"{value}"'
        case _:
            return worded(value, unit)
