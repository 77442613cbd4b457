"""Facts that no workload file takes are found, however many there are."""

import time

from archadvisor.model.intake import Inferred
from archadvisor.model.place import START
from archadvisor.workflows.fitting import misfits

SERVICES = 300
BARE = "\n".join(
    [
        *("version: 1", "name: shop", "regions: []", "services:"),
        *(f"  s{number}: {{endpoints: {{web: {{}}}}}}" for number in range(SERVICES)),
    ]
)


def fact(path: str, written: str) -> Inferred:
    return Inferred(path, written, "compose.yaml", START, "key")


FITTING = [
    fact(f"services.s{number}.{path}", written)
    for number in range(SERVICES)
    for path, written in (("cpu", "0.5"), ("memory", "512 MiB"), ("endpoints.web.visibility", "public"))
]


def test_facts_that_fit_are_left_alone() -> None:
    assert misfits(BARE, FITTING) == {}


def test_each_fact_that_does_not_fit_is_found_with_what_is_said_of_it() -> None:
    wrong = [
        fact("services.s1.kind", "wob"),
        fact("services.s2.replicas.min", "some"),
        fact("services.gone.cpu", "1"),
        fact("services.s3.arch", "[unclosed"),
        fact("services.s4.cpu.units", "512"),
        fact("services.s5.colours.first", "red"),
    ]
    found = misfits(BARE, [*FITTING, *wrong])
    assert sorted(found) == sorted(each.path for each in wrong)
    assert "wob" in found["services.s1.kind"]
    assert found["services.gone.cpu"] == "there is no `gone` in `services`"


def test_hundreds_of_facts_that_do_not_fit_are_found_soon() -> None:
    wrong = [fact(f"services.s{number}.gpus", "many") for number in range(SERVICES)]
    start = time.process_time()
    assert len(misfits(BARE, [*FITTING, *wrong])) == SERVICES
    assert time.process_time() - start < 2
