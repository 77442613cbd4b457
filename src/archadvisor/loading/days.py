"""The days between which a rule speaks."""

from collections.abc import Iterator

from archadvisor.loading.node import Mapping, text_at
from archadvisor.model.diagnostic import Diagnostic


def strange_days(file: str, rule: Mapping) -> Iterator[Diagnostic]:
    """What is wrong with the days of a rule: a last one before the first."""
    since, until = text_at(rule, "since"), text_at(rule, "until")
    if since is not None and until is not None and since > until:
        message = "a rule speaks on no day if its `since` comes after its `until`"
        yield Diagnostic(file, message, rule.items["until"][1].place)
