"""Services that are alike are weighed once, and come out as if each were weighed by itself."""

import pytest

from archadvisor import load_workload
from archadvisor.analysis.changes import changed, changes
from archadvisor.analysis.reads import reading
from archadvisor.analysis.trials import Winners, target_of, winners
from archadvisor.analysis.twins import Twins
from archadvisor.engine.advise import advise
from archadvisor.engine.program import Program
from archadvisor.model.change import Change

ALIKE = {"kind": "web", "cpu": 1, "memory": "2 GiB", "endpoints": {"home": {"through": "alb", "visibility": "public"}}}
# Services -> how many of them are weighed for the others.
FLEETS = [
    ({"a": ALIKE, "b": ALIKE, "c": ALIKE}, 1),
    ({"a": ALIKE, "b": ALIKE, "c": {"kind": "worker", "gpus": 1}}, 2),
    ({"a": ALIKE, "b": ALIKE, "c": {"kind": "web", "calls": {"a": {"tls": "server"}}}}, 3),
]


@pytest.mark.parametrize(("services", "weighed"), FLEETS)
def test_what_is_taken_from_a_twin_is_what_would_come_out(
    built_in: Program, services: dict[str, object], weighed: int
) -> None:
    workload = load_workload({"version": 1, "name": "fleet", "services": services})
    root = built_in.scope_of(workload)
    targets = [target_of(outcome) for outcome in advise(workload, built_in).decisions]
    tried: list[Change] = []

    def deciding(change: Change) -> Winners:
        tried.append(change)
        return winners(changed(workload, [change]), built_in, {})

    twins = Twins(workload, {}, deciding)
    every = changes(built_in, root, reading(built_in, root, targets).marks)
    for change in every:
        assert twins.winners(change) == winners(changed(workload, [change]), built_in, {})
    assert len({change.subject.split(".")[1] for change in tried if change.subject}) == weighed
    assert len(every) > 50
