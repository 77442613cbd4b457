"""What would change an answer, and why there is none, as lines for a terminal."""

from collections.abc import Iterator, Mapping

from archadvisor.model.advice import Conflict, Outcome, Tipping, Way
from archadvisor.model.workload import short_name
from archadvisor.rendering.changes import fact_in_words, in_words, threshold_in_words

MOST_TIPPING = 3
"""How many of the facts that would tip an answer are told; JSON has all."""

Titles = Mapping[tuple[str, str], str]
"""What options are called, by decision and option."""


def tipping_in_words(outcome: Outcome, titles: Titles) -> str:
    """The stated facts that would tip an answer, the nearest first: `cpu at more than 32 vCPU: Amazon EC2`."""
    found = outcome.sensitivity or ()
    told = [_tipping(tipping, outcome, titles) for tipping in found[:MOST_TIPPING]]
    more = [f"and {len(found) - MOST_TIPPING} more"] if len(found) > MOST_TIPPING else []
    return "; ".join([*told, *more]) or "no single stated fact would change it"


def _tipping(tipping: Tipping, outcome: Outcome, titles: Titles) -> str:
    option = titles.get((outcome.decision, tipping.option or ""), "no answer")
    change = tipping.change
    own = outcome.subject is not None and change.subject == outcome.subject
    path = change.path.removeprefix(f"{outcome.subject}.") if own else change.path
    value = threshold_in_words(change)
    return f"{path} {value if value.startswith('at ') else f'at {value}'}: {option}"


def conflict_in_words(outcome: Outcome, conflict: Conflict, titles: Titles) -> Iterator[str]:
    """The facts that cannot all hold, then what dropping each leads to."""
    facts = [fact_in_words(dropped.fact) for dropped in conflict.facts]
    name = short_name(outcome.subject or "") or "the workload"
    cannot = "this cannot hold" if len(facts) == 1 else f"these {len(facts)} cannot all hold"
    yield f"{name}: {cannot}: {'; '.join(facts)}"
    for dropped in conflict.facts:
        if not dropped.ways:
            yield f"{dropped.fact.fact}: no other value of it alone leaves an answer"
        for way in dropped.ways:
            yield way_in_words(outcome, way, titles)
    for way in conflict.others:
        yield way_in_words(outcome, way, titles)


def way_in_words(outcome: Outcome, way: Way, titles: Titles) -> str:
    """Changes, and the plan they lead to."""
    plan = [titles.get((outcome.decision, way.option), way.option)]
    plan += [titles.get(pair, pair[1]) for pair in way.companions]
    return f"{' and '.join(in_words(change) for change in way.changes)}: then {', '.join(plan)}"
