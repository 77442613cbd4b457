"""What is measured is what people write: usable workloads of one length that differ."""

from random import Random

from archadvisor.engine.program import Program
from archadvisor.workflows.reading import reading_of
from benchmarks.workloads import LINES, workload


def made(seed: int, count: int) -> list[str]:
    random = Random(seed)
    return [workload(random, number) for number in range(count)]


def test_the_same_seed_gives_the_same_files() -> None:
    assert made(7, 5) == made(7, 5)
    assert made(7, 5) != made(8, 5)


def test_made_up_workloads_have_one_length_and_can_all_be_used(built_in: Program) -> None:
    for text in made(1, 200):
        reading = reading_of("made.workload.yaml", built_in.rulebook, text.encode())
        assert reading.diagnostics == ()
        assert len(reading.lines) == LINES
