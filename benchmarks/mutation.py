"""Prints how many small wrong versions of the built-in rules the tests tell from the right ones, and which they do not.

Run with `make mutation`. What tells is each rule's own examples, the points that come out in them
(`tests/golden/outcomes.txt`), and the samples and scenarios.
"""

from pathlib import Path

from archadvisor import load_packs
from archadvisor.workflows.mutation import mutated

ROOT = Path(__file__).resolve().parent.parent
STORIES = sorted(map(str, [*ROOT.glob("samples/*/workload.yaml"), *ROOT.glob("tests/scenarios/*/workload.yaml")]))


def main() -> None:
    """Prints the survivors and the score."""
    tried = mutated(load_packs(), (), STORIES)
    for rule, what in tried.survivors:
        print(f"{rule}: {what}")
    print(f"{tried.mutants} mutants, {len(tried.survivors)} survive: {tried.score:.1%} are told apart (goal: 95 %)")


if __name__ == "__main__":
    main()
