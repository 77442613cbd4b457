"""What the rules of packs do in a set of workloads."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Exercise:
    """Rules by what they did in some workloads."""

    decided: tuple[str, ...]
    """Without the rule an option, or a finding, would be another."""
    spoke: tuple[str, ...]
    """The rule spoke and changed no answer."""
    silent: tuple[str, ...]
