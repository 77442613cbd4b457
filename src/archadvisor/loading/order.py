"""The order in which decisions are made."""

from collections.abc import Iterable, Sequence

from archadvisor.model.rule import Decision


def ordered(decisions: Iterable[Decision], shown: Sequence[str]) -> tuple[tuple[Decision, ...], Decision | None]:
    """Decisions, each after those it builds on, else as they are `shown`; and one that comes after itself, if any."""
    waiting = sorted(decisions, key=lambda each: (shown.index(each.id) if each.id in shown else len(shown), each.id))
    names = {decision.id for decision in waiting}
    found: list[Decision] = []
    while waiting:
        done = {decision.id for decision in found}
        ready = next((each for each in waiting if set(each.after) & names <= done), None)
        if ready is None:
            return tuple(found), waiting[0]
        waiting.remove(ready)
        found.append(ready)
    return tuple(found), None
